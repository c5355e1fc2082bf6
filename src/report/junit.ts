import type { Finding } from "../scan/finding.js";
import { adviceOf } from "./advice.js";
import { heldTo, standing } from "./blocking.js";
import { settingsWords } from "./own-settings.js";
import type { Report } from "./report.js";
import { findingsToTell, type Selection } from "./selection.js";
import { coverageWords, verdictWords } from "./text-summary.js";
import { visible, wellFormed } from "./visible.js";
import { standingWords, wireWords } from "./words.js";

/** One `testcase`: what it is called, and what came of it. */
type TestCase = {
  readonly classname: string;
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly outcome: "passed" | "failure" | "error" | "skipped";
  readonly message: string;
  readonly text: string;
};

/**
 * The report as JUnit's XML, which every CI shows: the run itself is a test, so that there always is one; each finding
 * that blocks is one that fails, each other one is skipped and says why; what could not be read is an error.
 */
export function renderJUnit(report: Report, options: Selection): string {
  const cases = [
    runCase(report),
    ...findingsToTell(report, options).map((finding) => findingCase(finding, report)),
    ...unreadCases(report),
  ];
  const count = (outcome: TestCase["outcome"]): number =>
    cases.filter((one) => one.outcome === outcome).length;
  const started = Date.parse(report.started_at);
  const totals = {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: Number.isFinite(report.duration_ms) ? (report.duration_ms / 1000).toFixed(3) : "0.000",
  };
  const suite = {
    name: report.category ?? `${report.tool.name} ${report.mode}`,
    ...totals,
    ...(Number.isNaN(started) ? {} : { timestamp: new Date(started).toISOString().slice(0, 19) }),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: report.tool.name, ...totals })}>`,
    `  <testsuite${attributes(suite)}>`,
    "    <properties>",
    ...propertiesOf(report).map(([name, value]) => `      <property${attributes({ name, value })}/>`),
    "    </properties>",
    ...cases.flatMap(caseLines),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

/** Whether the run did what it was asked to: findings are tests of their own. */
function runCase(report: Report): TestCase {
  const { verdict, scanned, reasons } = report;
  const isEmpty = scanned.files === 0 && scanned.pushes === 0;
  const outcome = verdict === "incomplete" ? "error" : verdict === "allow" && isEmpty ? "skipped" : "passed";
  return {
    classname: report.tool.name,
    name: "everything that was asked for was read",
    outcome,
    message: outcome === "skipped" ? reasons.join(" ") : verdictWords(report),
    text: coverageWords(report),
  };
}

function findingCase(finding: Finding, report: Report): TestCase {
  const { rule, path, start, title, preview, severity, fingerprint, rotate, allowed } = finding;
  const how = standing(finding, report);
  const { words, block } = adviceOf(finding);
  const settings = settingsWords(finding);
  const place = `${path}:${start.line}:${start.column}`;
  const reason = allowed === null ? "" : `: ${allowed}`;
  return {
    classname: path,
    name: `${rule} at ${place}`,
    file: path,
    line: start.line,
    outcome: how === "blocks" ? "failure" : "skipped",
    message: `${severity}, ${standingWords(how, heldTo(finding, report).fail_on)}${reason}: ${title} ${preview}`,
    text: [
      place,
      `Live Sync: ${wireWords(finding)}`,
      `fingerprint: ${fingerprint}`,
      settings === null ? "" : `settings: ${settings}`,
      rotate ?? "",
      words,
      block ?? "",
    ]
      .filter((part) => part !== "")
      .join("\n"),
  };
}

function unreadCases(report: Report): readonly TestCase[] {
  // Whoever gave --allow-incomplete does not want to fail by it.
  const outcome = report.verdict === "allow" ? "skipped" : "error";
  return report.scanned.skipped
    .filter(({ incomplete }) => incomplete)
    .map(({ path, reason }) => ({
      classname: path,
      name: `${path} is read`,
      file: path,
      outcome,
      message: reason,
      text: "",
    }));
}

function propertiesOf(report: Report): readonly (readonly [string, string | number])[] {
  const { files, units, bytes, commits, pushes, skipped } = report.scanned;
  return Object.entries({
    version: report.tool.version,
    rules: report.tool.rules,
    mode: report.mode,
    verdict: report.verdict,
    fail_on: report.fail_on,
    files,
    units,
    bytes,
    commits,
    pushes,
    skipped: skipped.length,
  });
}

function caseLines({ classname, name, file, line, outcome, message, text }: TestCase): readonly string[] {
  const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
  const open = `    <testcase${attributes({ classname, name, ...place, time: "0" })}`;
  if (outcome === "passed") return [`${open}/>`];
  const told = {
    message,
    ...(outcome === "failure" ? { type: "secret" } : {}),
    ...(outcome === "error" ? { type: "not read" } : {}),
  };
  return [
    `${open}>`,
    text === "" || outcome === "skipped"
      ? `      <${outcome}${attributes(told)}/>`
      : `      <${outcome}${attributes(told)}>${escapedLines(text)}</${outcome}>`,
    "    </testcase>",
  ];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

/** XML knows no way to write most control characters, so they are written out as they are in every other report. */
function escaped(text: string): string {
  return visible(wellFormed(text)).replace(
    /[&<>"\ufffe\uffff]/g,
    (character) => ENTITIES[character] ?? "\ufffd",
  );
}

function escapedLines(text: string): string {
  return text.split(/\r?\n/).map(escaped).join("\n");
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
