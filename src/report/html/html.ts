import { SEVERITIES } from "../../rules/rule.js";
import { blocks } from "../blocking.js";
import { documentOf } from "../page/document.js";
import { escaped, grouped, tableOf, timeWords } from "../page/markup.js";
import type { Report } from "../report.js";
import { coverageWords, verdictTellsCoverage, verdictWords } from "../text-summary.js";
import { counted, standingWords } from "../words.js";
import { findingItem } from "./finding-item.js";
import { chartsOf, type FolderOf, foldersOf, tally } from "./overview.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

/** A page of more rows is not read; the JSON has them all. */
const MOST_SKIPPED = 500;

/** The report as one page that needs nothing from elsewhere: to be searched, sorted, printed and kept. */
export function renderHtml(report: Report): string {
  const { findings } = report;
  const folderOf = foldersOf(findings);
  const body = `<h1>aura-scan report</h1>
<p class="dim">Mode ${report.mode}, begun ${timeWords(report.started_at)}, by aura-scan ${escaped(report.tool.version)}. No secret stands on this page.</p>
<div class="seal${{ allow: "", block: " bad", incomplete: " unsure" }[report.verdict]}" role="status"><strong>${escaped(verdictWords(report))}</strong>${verdictTellsCoverage(report) ? "" : `Looked at ${escaped(coverageWords(report))}.`}</div>
${tiles(report)}
${findings.length === 0 ? "" : `<h2>Overview</h2>\n${chartsOf(findings, folderOf)}\n`}<h2 id="list">Findings</h2>
${findings.length === 0 ? "<p>There is none.</p>" : listOf(report, folderOf)}
${skippedSection(report)}
${noticesSection(report)}`;
  return documentOf({
    title: `aura-scan: ${report.verdict}, ${counted(findings.length, "finding")}`,
    style: STYLE,
    body,
    ...(findings.length === 0 ? {} : { script: SCRIPT }),
  });
}

function tiles(report: Report): string {
  const { findings, scanned } = report;
  const blocking = findings.filter((finding) => blocks(finding, report));
  const told = findings.filter(({ allowed }) => allowed === null);
  const all: readonly (readonly [number, string])[] = [
    [blocking.length, blocking.length === 1 ? "finding blocks" : "findings block"],
    // What is allowed counts in its own tile only, as in the verdict.
    ...[...SEVERITIES]
      .reverse()
      .map((severity) => [told.filter((one) => one.severity === severity).length, severity] as const),
    [findings.length - told.length, "allowed"],
    [new Set(findings.map(({ secret }) => secret)).size, "different secrets"],
    [new Set(findings.map(({ path }) => path)).size, "files with findings"],
    [scanned.skipped.filter(({ incomplete }) => incomplete).length, "not read"],
  ];
  const items = all.map(([value, words]) => `<li><b>${grouped(value)}</b><span>${words}</span></li>`);
  return `<ul class="tiles">${items.join("")}</ul>`;
}

function listOf(report: Report, folderOf: FolderOf): string {
  const { findings } = report;
  const places = new Map<number, number>();
  for (const { secret } of findings) places.set(secret, (places.get(secret) ?? 0) + 1);
  const items = findings.map((finding) =>
    findingItem(finding, folderOf(finding), places.get(finding.secret) ?? 1, report),
  );
  return `${filters(report, folderOf)}
<p id="status" role="status" class="dim">${counted(findings.length, "finding")}.</p>
<ol id="findings" class="findings" role="list" aria-labelledby="list">
${items.join("\n")}
</ol>
<p class="more"><button type="button" id="more" hidden>Show 100 more</button> <button type="button" id="all" hidden>Show all</button></p>`;
}

const STANDINGS = ["blocks", "allowed", "below-fail-on", "low-confidence", "not-on-the-wire"] as const;

type Choice = readonly [value: string, words: string];

/** Shown by the script only, without which nothing of it works. */
function filters({ findings, fail_on }: Report, folderOf: FolderOf): string {
  const named = (nameOf: Parameters<typeof tally>[1]): readonly Choice[] => [
    ["", "all"],
    ...tally(findings, nameOf).map(([name, count]): Choice => [name, `${name} (${grouped(count)})`]),
  ];
  const severities = [...SEVERITIES].reverse().map((severity): Choice => [severity, severity]);
  const standings = STANDINGS.map((one): Choice => [one, standingWords(one, fail_on)]);
  return `<form id="filters" class="filters" role="search" aria-label="Findings" hidden>
<label class="search" for="search">Search<input id="search" type="search" autocomplete="off" spellcheck="false"></label>
${select("severity", "Severity", [["", "all"], ...severities])}
${select("standing", "Blocks", [["", "all"], ...standings])}
${select(
  "rule",
  "Rule",
  named(({ rule }) => rule),
)}
${select("folder", "Folder", named(folderOf))}
${select("order", "Order", [
  ["severity", "severity"],
  ["place", "path and line"],
  ["rule", "rule"],
  ["newest", "newest commit"],
  ["oldest", "oldest commit"],
])}
<button type="reset">Reset</button>
</form>`;
}

function select(id: string, label: string, choices: readonly Choice[]): string {
  const options = choices.map(
    ([value, words]) => `<option value="${escaped(value)}">${escaped(words)}</option>`,
  );
  return `<label for="${id}">${label}<select id="${id}">${options.join("")}</select></label>`;
}

function skippedSection({ scanned: { skipped } }: Report): string {
  if (skipped.length === 0) return "";
  const sorted = [
    ...skipped.filter((item) => item.incomplete),
    ...skipped.filter((item) => !item.incomplete),
  ];
  const rows = sorted
    .slice(0, MOST_SKIPPED)
    .map(({ path, reason, incomplete }) => [path, reason, incomplete ? "incomplete" : ""]);
  const more = skipped.length - rows.length;
  const rest = more > 0 ? `\n<p>${grouped(more)} more are in the JSON report.</p>` : "";
  return `<h2>Not read</h2>
<p>What was asked for and could not be read leaves the run incomplete; images, archives and the like do not.</p>
${tableOf(["Path", "Reason", ""], rows, [0])}${rest}`;
}

function noticesSection({ notices, rule_files }: Report): string {
  const list = notices.map((notice) => `<li>${escaped(notice)}</li>`).join("\n");
  const told = notices.length === 0 ? "" : `<h2>Notices</h2>\n<ul>\n${list}\n</ul>\n`;
  const rules = tableOf(
    ["Rules from", "Rules"],
    rule_files.map(({ file, rules: count }) => [file, count]),
    [0],
  );
  return `${told}<details class="more"><summary>Rules</summary>${rules}</details>`;
}
