import type { Column } from "./charts.js";

/** What was counted on a day (`2026-05-01`, UTC), a value for each series of a chart. */
export type Day = { readonly day: string; readonly values: readonly number[] };

/** Days, weeks, months or years: what a chart has one column for. */
export type Periods = {
  readonly words: "day" | "week" | "month" | "year";
  readonly columns: readonly Column[];
};

/** So many columns can be told apart. */
const MOST_DAYS = 62;
const MOST_WEEKS = 62;
const MOST_MONTHS = 120;

const DAY = 86_400_000;

/** The days from the first to the last, those without a count too, put together where there are too many to draw. */
export function periodsOf(days: readonly Day[]): Periods {
  const times = days.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  const first = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
  const last = times.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  if (days.length === 0) return { words: "day", columns: [] };
  const count = Math.round((last - first) / DAY) + 1;
  if (count <= MOST_DAYS) {
    const labels = Array.from({ length: count }, (_, at) => dayAt(first, at).slice(5));
    return { words: "day", columns: summed(days, labels, ({ day }) => day.slice(5)) };
  }
  if (count / 7 <= MOST_WEEKS) {
    const labels = Array.from({ length: Math.ceil(count / 7) }, (_, at) => dayAt(first, at * 7));
    const weekOf = (time: number): string => dayAt(first, Math.floor((time - first) / DAY / 7) * 7);
    return { words: "week", columns: summed(days, labels, (_, at) => weekOf(times[at] ?? first)) };
  }
  const months = monthsBetween(first, last);
  if (months.length <= MOST_MONTHS)
    return { words: "month", columns: summed(days, months, ({ day }) => day.slice(0, 7)) };
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  return { words: "year", columns: summed(days, years, ({ day }) => day.slice(0, 4)) };
}

function dayAt(first: number, at: number): string {
  return new Date(first + at * DAY).toISOString().slice(0, 10);
}

function monthsBetween(first: number, last: number): readonly string[] {
  const numberOf = (time: number): number => {
    const date = new Date(time);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  return Array.from({ length: numberOf(last) - numberOf(first) + 1 }, (_, at) => {
    const month = numberOf(first) + at;
    return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

/** A column for each label, with the sums of the days that belong to it. */
function summed(
  days: readonly Day[],
  labels: readonly string[],
  labelOf: (day: Day, at: number) => string,
): readonly Column[] {
  const sums = new Map(labels.map((label) => [label, (days[0]?.values ?? []).map(() => 0)]));
  for (const [at, day] of days.entries()) {
    const sum = sums.get(labelOf(day, at));
    for (const [index, value] of day.values.entries())
      if (sum !== undefined) sum[index] = (sum[index] ?? 0) + value;
  }
  return [...sums].map(([label, values]) => ({ label, values }));
}
