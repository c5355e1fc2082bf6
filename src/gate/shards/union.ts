import { blocks } from "../../report/blocking.js";
import type { Report } from "../../report/report.js";
import type { Finding } from "../../scan/finding.js";
import { compare, numbered } from "../assemble.js";
import { blockedReason, isBlockedReason } from "../decide.js";
import type { Named } from "./merge.js";
import { MergeError } from "./merge-error.js";
import { spent, summed } from "./sums.js";

/**
 * One report of several runs that have nothing to do with each other but how they judge: each finding once, what each read and
 * did not read, and the worst verdict. Throws `MergeError` where they judge by other measures, or one is there twice.
 */
export function union(named: readonly Named[]): Report {
  const reports = named.map(({ report }) => report);
  const [first] = named;
  if (first === undefined) throw new MergeError("usage", "no report was given");
  for (const other of named.slice(1)) refuseUnlike(first, other);
  refuseTwice(named);
  const { findings } = numbered(withKeys(reports));
  const bar = {
    mode: first.report.mode,
    fail_on: first.report.fail_on,
    git_blocks_on: first.report.git_blocks_on,
  };
  const isBlocked = findings.some((finding) => blocks(finding, bar));
  const isIncomplete = reports.some(({ verdict }) => verdict === "incomplete");
  return {
    schema: first.report.schema,
    tool: { ...first.report.tool, rules: Math.max(...reports.map(({ tool }) => tool.rules)) },
    ...spent(reports),
    scanned: {
      ...summed(reports),
      commits: reports.reduce((sum, { scanned }) => sum + scanned.commits, 0),
      skipped: reports
        .flatMap(({ scanned }) => scanned.skipped)
        .sort((a, b) => compare(a.path, b.path) || compare(a.reason, b.reason)),
    },
    ...bar,
    findings,
    rule_files: unique(reports.flatMap(({ rule_files }) => rule_files)),
    notices: unique(reports.flatMap(({ notices }) => notices)),
    category: reports.every(({ category }) => category === first.report.category)
      ? first.report.category
      : null,
    verdict: isBlocked ? "block" : isIncomplete ? "incomplete" : "allow",
    reasons: [
      ...(isBlocked ? [blockedReason({ ...bar, findings })] : []),
      // Whose reason it is has to be told: "one file was not read" of two runs is not one file.
      ...named.flatMap(({ name, report }) =>
        report.reasons.filter((reason) => !isBlockedReason(reason)).map((reason) => `${name}: ${reason}`),
      ),
    ],
  };
}

function refuseUnlike(first: Named, other: Named): void {
  const measures: readonly (readonly [string, (report: Report) => string])[] = [
    ["mode", ({ mode }) => mode],
    ["fail_on", ({ fail_on }) => fail_on],
    ["git_blocks_on", ({ git_blocks_on }) => git_blocks_on],
    ["version", ({ tool }) => tool.version],
  ];
  const unlike = measures.find(([, of]) => of(first.report) !== of(other.report));
  if (unlike === undefined) return;
  const [what, of] = unlike;
  throw new MergeError(
    "usage",
    `${first.name} and ${other.name} cannot become one report: ${what} is ${of(first.report)} in one and ${of(other.report)} in the other`,
  );
}

function refuseTwice(named: readonly Named[]): void {
  const seen = new Map<string, string>();
  for (const { name, report } of named) {
    const key = JSON.stringify(report);
    const known = seen.get(key);
    if (known !== undefined) throw new MergeError("usage", `${known} and ${name} are the same report`);
    seen.set(key, name);
  }
}

/**
 * Each finding once. Whether two runs found the same value is known only by a finding that both have: their numbers mean
 * nothing to each other.
 */
function withKeys(reports: readonly Report[]): Parameters<typeof numbered>[0] {
  const keys = new Map<string, string>();
  const keyOf = (key: string): string => {
    let root = key;
    for (let next = keys.get(root); next !== undefined; next = keys.get(root)) root = next;
    return root;
  };
  const known = new Map<string, string>();
  const kept: { finding: Omit<Finding, "secret">; key: string }[] = [];
  for (const [run, { findings }] of reports.entries()) {
    for (const { secret, ...finding } of findings) {
      const key = `${run}/${secret}`;
      const { path, start, end, fingerprint, commit, push } = finding;
      const identity = JSON.stringify([path, start, end, fingerprint, commit, push]);
      const before = known.get(identity);
      if (before === undefined) {
        known.set(identity, key);
        kept.push({ finding, key });
      } else if (keyOf(before) !== keyOf(key)) keys.set(keyOf(key), keyOf(before));
    }
  }
  return kept.map(({ finding, key }) => ({ finding, valueKey: keyOf(key) }));
}

function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
