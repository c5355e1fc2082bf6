import type { Evidence } from "./evidence.js";

type Day = Evidence["days"][number];

/** Days, weeks or months: what a chart has one column for. */
export type Periods = {
  readonly words: "day" | "week" | "month";
  readonly columns: readonly (Day & { readonly label: string })[];
};

/** So many columns can be told apart. */
const MOST_DAYS = 62;
const MOST_WEEKS = 62;

/** The days, put together where there are too many to draw. */
export function periodsOf(days: readonly Day[]): Periods {
  if (days.length <= MOST_DAYS)
    return { words: "day", columns: days.map((day) => ({ ...day, label: day.day.slice(5) })) };
  if (days.length / 7 <= MOST_WEEKS)
    return { words: "week", columns: together(days, (_, index) => String(Math.floor(index / 7))) };
  return { words: "month", columns: together(days, ({ day }) => day.slice(0, 7)) };
}

function together(days: readonly Day[], keyOf: (day: Day, index: number) => string): Periods["columns"] {
  const groups = new Map<string, Day[]>();
  for (const [index, day] of days.entries()) {
    const key = keyOf(day, index);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [day]);
    else group.push(day);
  }
  return [...groups].map(([key, group]) => {
    const sum = (of: Exclude<keyof Day, "day">): number => group.reduce((total, day) => total + day[of], 0);
    const first = group[0]?.day ?? "";
    return {
      day: first,
      label: /^\d{4}-\d{2}$/.test(key) ? key : first,
      sent: sum("sent"),
      cleared: sum("cleared"),
      failed: sum("failed"),
      blocked: sum("blocked"),
      withheld: sum("withheld"),
      redactions: sum("redactions"),
    };
  });
}
