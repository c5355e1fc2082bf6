import { columnsOf, textColumns } from "../visible.js";
import { escaped, grouped } from "./markup.js";

/** One colour of a chart: its class in the style sheet, and what it stands for. */
export type Series = { readonly name: string; readonly words: string };

/** A place on the axis, with a value for each series. */
export type Column = { readonly label: string; readonly values: readonly number[] };

const WIDTH = 760;
const HEIGHT = 200;
const EDGE = { left: 56, right: 8, top: 12, bottom: 28 } as const;

/** Columns over time, the series on top of each other. */
export function columnChart(title: string, series: readonly Series[], columns: readonly Column[]): string {
  const sums = columns.map(({ values }) => values.reduce((sum, value) => sum + value, 0));
  const top = niceTop(Math.max(...sums, 1));
  const [plotWidth, plotHeight] = [WIDTH - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const step = plotWidth / Math.max(columns.length, 1);
  const bar = Math.min(step * 0.8, 48);
  const y = (value: number): number => EDGE.top + plotHeight * (1 - value / top);
  const grid = ticksTo(top).map(
    (tick) =>
      `<line class="grid" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/>` +
      `<text x="${EDGE.left - 6}" y="${fixed(y(tick) + 4)}" text-anchor="end">${grouped(tick)}</text>`,
  );
  const bars = columns.map(({ label, values }, index) => {
    const x = EDGE.left + step * index + (step - bar) / 2;
    let base = 0;
    const parts = values.map((value, at) => {
      const from = base;
      base += value;
      if (value === 0) return "";
      const tall = Math.max(y(from) - y(base), 1);
      return `<rect class="${series[at]?.name}" x="${fixed(x)}" y="${fixed(y(from) - tall)}" width="${fixed(bar)}" height="${fixed(tall)}"/>`;
    });
    const told = series.map(({ words }, at) => `${words} ${grouped(values[at] ?? 0)}`).join(", ");
    return `<g><title>${escaped(`${label}: ${told}`)}</title>${parts.join("")}</g>`;
  });
  // As many labels as fit beside each other.
  const every = Math.ceil(columns.length / 8);
  const labels = columns.map(({ label }, index) =>
    index % every === 0
      ? `<text x="${fixed(EDGE.left + step * (index + 0.5))}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(label)}</text>`
      : "",
  );
  const svg = svgOf(title, HEIGHT, [...grid, ...bars, ...labels]);
  return `<figure><figcaption>${escaped(title)}</figcaption>${series.length > 1 ? legend(series) : ""}${svg}</figure>`;
}

/** A bar to the right. */
export type Bar = { readonly label: string; readonly value: number; readonly name: string };

const ROW = 26;
/** Room for the longest label in the letters of a narrow screen, which are larger in the wider drawing. */
const LABEL = { half: 190, whole: 230 } as const;
const LONGEST_LABEL = 20;

/** Bars below each other, each with its name and its value; `width` in units of a letter's size, as wide as it is drawn. */
export function barChart(title: string, bars: readonly Bar[], width: number = WIDTH): string {
  const top = Math.max(...bars.map(({ value }) => value), 1);
  const labels = width < WIDTH ? LABEL.half : LABEL.whole;
  const room = width - labels - 90;
  const rows = bars.map(({ label, value, name }, index) => {
    const y = index * ROW;
    const wide = value === 0 ? 0 : Math.max((value / top) * room, 1);
    return (
      `<text x="${labels - 8}" y="${y + 17}" text-anchor="end">${escaped(cut(label))}<title>${escaped(label)}</title></text>` +
      `<rect class="${name}" x="${labels}" y="${y + 4}" width="${fixed(wide)}" height="${ROW - 8}"/>` +
      `<text x="${fixed(labels + wide + 6)}" y="${y + 17}">${grouped(value)}</text>`
    );
  });
  const svg = svgOf(title, bars.length * ROW, rows, width);
  return `<figure><figcaption>${escaped(title)}</figcaption>${svg}</figure>`;
}

function svgOf(title: string, height: number, parts: readonly string[], width: number = WIDTH): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">${parts.join("\n")}</svg>`;
}

function legend(series: readonly Series[]): string {
  const items = series.map(({ name, words }) => `<li><span class="${name}"></span>${escaped(words)}</li>`);
  return `<ul class="legend">${items.join("")}</ul>`;
}

/** The least round number from `most` on. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const rounds = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((factor) => factor * power);
  return rounds.find((round) => Number.isInteger(round) && round >= most) ?? most;
}

/** Whole numbers only: there are no half pushes. */
function ticksTo(top: number): readonly number[] {
  const parts = [5, 4, 3, 2].find((count) => Number.isInteger(top / count)) ?? 1;
  return Array.from({ length: parts + 1 }, (_, index) => (top / parts) * index);
}

/** At most so many columns, the end left out. */
function cut(label: string): string {
  let columns = 0;
  let kept = "";
  for (const character of label) {
    columns += columnsOf(character);
    if (columns > LONGEST_LABEL - 1) return textColumns(label) <= LONGEST_LABEL ? label : `${kept}…`;
    kept += character;
  }
  return label;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
