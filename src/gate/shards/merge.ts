import type { Report, Skipped } from "../../report/report.js";
import type { NoticeParts, ShardPart, StatedTable } from "../../report/shard-part.js";
import type { Finding } from "../../scan/finding.js";
import { allNotices } from "../allow-notices.js";
import { compare, numbered } from "../assemble.js";
import { decide } from "../decide.js";
import { inOrder } from "../history/sum.js";
import { MergeError } from "./merge-error.js";
import { spent, summed } from "./sums.js";

/** A report and what its file is called. */
export type Named = { readonly name: string; readonly report: Report };

type OfShard = Report & { readonly shard: ShardPart };

/**
 * The report that one machine would have made of the run whose shards these are, but for when it began and how long it took.
 * Throws `MergeError` unless each shard of one run is there once.
 */
export function mergedShards(named: readonly Named[]): Report {
  const shards = wholeRun(named);
  const reports = shards.map(({ report }) => report);
  const [first] = reports;
  if (first === undefined) throw new MergeError("incomplete", "no report was given");
  const { findings } = numbered(
    reports.flatMap(({ findings: own, shard }) =>
      own.map((finding) => ({
        finding: unnumbered(finding),
        valueKey: shard.values[finding.secret - 1] ?? "",
      })),
    ),
  );
  const all = reports.flatMap(({ scanned }) => scanned.skipped);
  const skipped = first.mode === "since" ? inOrder(all) : [...all].sort(bySkip);
  const bar = { mode: first.mode, fail_on: first.fail_on, git_blocks_on: first.git_blocks_on, findings };
  const sums = summed(reports);
  const { verdict, reasons } = decide({
    ...bar,
    read: sums.files + sums.pushes,
    skipped,
    allowIncomplete: first.shard.allow_incomplete,
    refusedAllows: reports.reduce((sum, { shard }) => sum + shard.refused_allows, 0),
    nothing: first.shard.nothing,
  });
  const markers = new Set(reports.flatMap(({ shard }) => shard.markers));
  return {
    schema: first.schema,
    tool: first.tool,
    ...spent(reports),
    scanned: { ...sums, commits: first.shard.commits, skipped },
    ...bar,
    rule_files: first.rule_files,
    notices: allNotices(markers, joined(reports.map(({ shard }) => shard.notices)), skipped),
    category: first.category,
    verdict,
    reasons,
  };
}

function unnumbered({ secret: _number, ...finding }: Finding): Omit<Finding, "secret"> {
  return finding;
}

function bySkip(a: Skipped, b: Skipped): number {
  return compare(a.path, b.path) || compare(a.reason, b.reason);
}

/** The shards in order, if they are those of one run. */
function wholeRun(named: readonly Named[]): readonly { readonly name: string; readonly report: OfShard }[] {
  const shards = named.map(({ name, report }) => {
    const { shard } = report;
    if (shard === undefined)
      throw new MergeError("usage", `${name} is the report of no shard, and others are`);
    return { name, report: { ...report, shard } };
  });
  const byIndex = new Map<number, string>();
  const [first] = shards;
  for (const { name, report } of shards) {
    const { index, of } = report.shard;
    const known = byIndex.get(index);
    if (of !== first?.report.shard.of)
      throw new MergeError(
        "incomplete",
        `${first?.name} is a shard of ${first?.report.shard.of}, and ${name} of ${of}: they are not of one run`,
      );
    if (known !== undefined)
      throw new MergeError("incomplete", `shard ${index} of ${of} is there twice: ${known} and ${name}`);
    byIndex.set(index, name);
    const other = differing(first.report, report);
    if (other !== null)
      throw new MergeError("incomplete", `${first.name} and ${name} are not of one run: ${other}`);
  }
  const of = first?.report.shard.of ?? 0;
  const lacking = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !byIndex.has(index));
  if (lacking.length > 0) throw new MergeError("incomplete", lackingWords(lacking, of));
  return shards.sort((a, b) => a.report.shard.index - b.report.shard.index);
}

const MOST_NAMED = 20;

function lackingWords(lacking: readonly number[], of: number): string {
  const named = lacking.slice(0, MOST_NAMED).join(", ");
  const more = lacking.length > MOST_NAMED ? ` and ${lacking.length - MOST_NAMED} more` : "";
  const what = lacking.length === 1 ? "the report of shard" : "the reports of shards";
  return `${what} ${named}${more} of ${of} ${lacking.length === 1 ? "is" : "are"} missing: not everything was looked at`;
}

/** What two reports of one run would have in common and these have not; null: nothing. */
function differing(a: OfShard, b: OfShard): string | null {
  const same: readonly (readonly [string, (report: OfShard) => unknown])[] = [
    ["another version of aura-scan", ({ tool }) => tool.version],
    ["other rules", ({ tool, rule_files }) => [tool.rules, rule_files]],
    ["another mode", ({ mode }) => mode],
    ["another fail_on", ({ fail_on }) => fail_on],
    ["another git_blocks_on", ({ git_blocks_on }) => git_blocks_on],
    ["one with --allow-incomplete and one without", ({ shard }) => shard.allow_incomplete],
    [
      "the machines saw other files or commits, had other settings, or another key",
      ({ shard }) => [shard.run, shard.commits],
    ],
  ];
  const found = same.find(([, of]) => JSON.stringify(of(a)) !== JSON.stringify(of(b)));
  return found === undefined ? null : found[0];
}

/** What is told of allows when all parts are known: an allow that one shard needed is not unused. */
function joined(parts: readonly NoticeParts[]): NoticeParts {
  const unused = parts.map((part) => part.unused).filter((part) => part !== null);
  const [first] = unused;
  return {
    faults: parts.flatMap(({ faults }) => faults),
    unbound: parts.flatMap(({ unbound }) => unbound),
    settings: [...new Set(parts.flatMap(({ settings }) => settings))].sort(),
    unused:
      first === undefined || unused.length < parts.length
        ? null
        : {
            tables: joinedTables(unused.flatMap(({ tables }) => tables)),
            comments: unused.flatMap(({ comments }) => comments),
            baseline: first.baseline && {
              ...first.baseline,
              matched: unused.reduce((sum, { baseline }) => sum + (baseline?.matched ?? 0), 0),
            },
          },
  };
}

/** Each table once, in order of file and number; a shard without files below a settings file does not know its tables. */
function joinedTables(tables: readonly StatedTable[]): readonly StatedTable[] {
  const known = new Map<string, StatedTable>();
  for (const table of tables) {
    const key = `${table.number} ${table.file}`;
    known.set(key, { ...table, matched: table.matched || (known.get(key)?.matched ?? false) });
  }
  return [...known.values()].sort((a, b) => compare(a.file, b.file) || a.number - b.number);
}
