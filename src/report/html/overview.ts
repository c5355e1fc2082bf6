import { SEVERITIES } from "../../rules/rule.js";
import type { Finding } from "../../scan/finding.js";
import { barChart, columnChart } from "../page/charts.js";
import { periodsOf } from "../page/periods.js";
import { visible } from "../visible.js";
import { counted } from "../words.js";

/** So many bars are read; the others are one. */
const MOST_BARS = 12;

/** Two charts stand beside each other, and a phone is no wider. */
const HALF = 500;

/** Where a finding's file lies, for people. */
export type FolderOf = (finding: Finding) => string;

/** The charts: by rule, by folder, over time. */
export function chartsOf(findings: readonly Finding[], folderOf: FolderOf): string {
  return `<div class="charts">
${bars("Findings by rule", findings, ({ rule }) => rule)}
${bars("Findings by folder", findings, folderOf)}
</div>
${overTime(findings)}`;
}

/** How many each name has, the most first. */
export function tally(
  findings: readonly Finding[],
  nameOf: (finding: Finding) => string,
): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(nameOf(finding), (counts.get(nameOf(finding)) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

function bars(title: string, findings: readonly Finding[], nameOf: (finding: Finding) => string): string {
  const counts = tally(findings, nameOf);
  const told = counts.length > MOST_BARS ? counts.slice(0, MOST_BARS - 1) : counts;
  const others = counts.slice(told.length);
  const rest = others.reduce((sum, [, count]) => sum + count, 0);
  return barChart(
    title,
    [
      ...told.map(([label, value]) => ({ label: visible(label), value, name: "of-all" })),
      ...(rest === 0 ? [] : [{ label: `${others.length} others`, value: rest, name: "of-all" }]),
    ],
    HALF,
  );
}

const UNDATED =
  "When these came in is not known: only a scan of a history (--all, --since) knows the commits that brought them.";

/** Only a history's findings have the date of the commit that brought them. */
function overTime(findings: readonly Finding[]): string {
  const worstFirst = [...SEVERITIES].reverse();
  const dated = findings.flatMap(({ severity, commit_date }) =>
    commit_date === null ? [] : [{ day: commit_date.slice(0, 10), severity }],
  );
  if (dated.length === 0) return `<h3>Over time</h3>\n<p class="dim">${UNDATED}</p>`;
  const { words, columns } = periodsOf(
    dated.map(({ day, severity }) => ({ day, values: worstFirst.map((one) => (one === severity ? 1 : 0)) })),
  );
  const undated = findings.length - dated.length;
  const left = undated === 0 ? "" : ` ${counted(undated, "finding")} without a commit's date are left out.`;
  return `${columnChart(
    `Findings by ${words} of the commit that brought them`,
    worstFirst.map((severity) => ({ name: `of-${severity}`, words: severity })),
    columns,
  )}
<p class="dim">Days are in UTC.${left}</p>`;
}

/** Names folders by the first one below what all findings have in common. */
export function foldersOf(findings: readonly Finding[]): FolderOf {
  const folders = findings.map(({ path }) => path.split("/").slice(0, -1));
  const [first = []] = folders;
  let common = first.length;
  for (const folder of folders) {
    let same = 0;
    while (same < common && folder[same] === first[same]) same++;
    common = same;
  }
  return ({ path }) => {
    const parts = path.split("/");
    const below = Math.min(common + 1, parts.length - 1);
    return below === 0 ? "(top)" : `${parts.slice(0, below).join("/")}/`;
  };
}
