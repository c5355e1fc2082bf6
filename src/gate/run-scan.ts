import type { Report, Skipped } from "../report/report.js";
import type { ShardPart } from "../report/shard-part.js";
import { VERSION } from "../report/version.js";
import type { Severity } from "../rules/rule.js";
import { blotted } from "../scan/blot.js";
import { type Engine, engineAt } from "../scan/engine.js";
import type { Finding } from "../scan/finding.js";
import type { Located } from "../scan/located.js";
import { openFile } from "../scan/scan-text.js";
import type { SourceItem } from "../sources/source.js";
import { freedTrees } from "../units/native-parser.js";
import type { Marker } from "../units/unit.js";
import { allNotices, noticeParts, type SeenAllow } from "./allow-notices.js";
import { compare, numbered } from "./assemble.js";
import { heapKeeper } from "./bounded-heap.js";
import { decide } from "./decide.js";
import { withoutNewAllows } from "./new-allows.js";
import { type FileScan, scanSourceFile } from "./scan-source-file.js";

/** A file that was found clean before its turn. */
export type CleanItem = Extract<SourceItem, { kind: "clean" }>;

/** Takes what files give in place of the report, where many are versions of one file, and says in the end what to tell. */
export type Collector = {
  /** Told what each item gave, once, in any order. */
  readonly collect: (item: Exclude<SourceItem, CleanItem>, scan: FileScan) => void;
  /** Told of each in which there is nothing to tell of. */
  readonly clean: (item: CleanItem) => void;
  /** Asked once, after the last item. Throws `SourceError`. */
  readonly total: (outOfTime: OutOfTime) => Promise<
    Report["scanned"] & {
      readonly located: readonly Located[];
      readonly markers: ReadonlySet<Marker>;
    }
  >;
};

/** Why nothing more is read, once the run's time limit has run out; null before. */
export type OutOfTime = () => string | null;

/** One run over one source: what to read, and what to hold it against. */
export type ScanRun = {
  readonly engine: Engine;
  readonly mode: Report["mode"];
  readonly items: AsyncIterable<SourceItem>;
  /** The end of the sentence `Nothing to look at: …`. */
  readonly nothing: string;
  /** Overrides the settings' `scan.fail_on`. */
  readonly failOn?: Severity;
  readonly allowIncomplete?: boolean;
  /** Whether the items are all that there is, so that an allow which matches nothing can be told. */
  readonly seesAll?: boolean;
  /** Told every finding as it is found, before allows that are new are refused. */
  readonly onLocated?: (located: Located) => void;
  readonly collector?: Collector;
  /** Set where this machine reads only its part of what there is: makes what its report adds for the merge. */
  readonly shard?: (facts: ShardFacts) => ShardPart;
  /** Set for tests: the clock, in milliseconds since 1970. */
  readonly now?: () => number;
};

/** What of a run only its own machine knows, and a merge has to. */
export type ShardFacts = Omit<ShardPart, "index" | "of" | "run">;

/** Reads every item of the source and reports. Throws `SourceError` if the source fails as a whole. */
export async function runScan(run: ScanRun): Promise<Report> {
  const { engine } = run;
  const now = run.now ?? Date.now;
  const started = now();
  const { seconds } = engine.settings.limits;
  const deadline = seconds === 0 ? Number.POSITIVE_INFINITY : started + seconds * 1000;
  const outOfTime: OutOfTime = () =>
    now() > deadline ? `the run's time limit of ${seconds} s ran out (scan.limits.seconds)` : null;
  const located: Located[] = [];
  const skipped: Skipped[] = [];
  const markers = new Set<Marker>();
  const commits = new Set<string>();
  const allows: SeenAllow[] = [];
  const scanned = { files: 0, units: 0, bytes: 0 };

  // Versions of one file come one behind the other.
  let at: string | null = null;
  let under = engine;
  const keepHeap = heapKeeper();

  for await (const item of run.items) {
    keepHeap(item.kind === "file" ? item.file.size : item.kind === "clean" ? item.bytes : 0);
    // A file in which there is nothing to tell of may stand under settings that are broken.
    const path = pathOf(item);
    if (path !== at) {
      const found = engineAt(engine, path);
      under = found instanceof Promise ? await found : found;
      at = path;
    }
    if (item.kind === "clean") {
      if (run.collector !== undefined) {
        run.collector.clean(item);
        continue;
      }
      scanned.files++;
      scanned.bytes += item.bytes;
      scanned.units += item.units;
      continue;
    }
    const unread = reasonNotRead(item, outOfTime());
    if (unread !== null) {
      // The name of what is not read is told, so it is looked at like any other.
      const { path, pathSecrets, inPath } = openFile(under, pathOf(item), "git");
      const told = { path, reason: blotted(unread.reason, pathSecrets), incomplete: unread.incomplete };
      if (run.collector !== undefined) {
        run.collector.collect(item, { ...NOT_READ, located: inPath, skipped: [told] });
        continue;
      }
      skipped.push(told);
      for (const found of inPath) located.push(found);
      continue;
    }
    if (item.kind === "skipped") continue;
    const result = await scanSourceFile(engine, item.file);
    await freedTrees();
    if (run.collector !== undefined) {
      run.collector.collect(item, result);
      continue;
    }
    if (item.file.commit !== undefined) commits.add(item.file.commit);
    scanned.files += result.read ? 1 : 0;
    scanned.units += result.units;
    scanned.bytes += result.bytes;
    for (const found of result.located) located.push(found);
    skipped.push(...result.skipped);
    for (const marker of result.markers) markers.add(marker);
    for (const allow of result.allows) allows.push(allow);
  }
  const sum = await run.collector?.total(outOfTime);
  for (const found of sum?.located ?? []) located.push(found);
  for (const one of sum?.skipped ?? []) skipped.push(one);
  for (const marker of sum?.markers ?? []) markers.add(marker);
  const { files, units, bytes, cached, pushes } = sum ?? { ...scanned, cached: 0, pushes: 0 };

  for (const found of located) run.onLocated?.(found);
  const settled = await withoutNewAllows(engine, located);
  const { findings: told, values } = numbered(settled.located);
  const findings = heldTo(told, run.failOn);
  skipped.sort((a, b) => compare(a.path, b.path) || compare(a.reason, b.reason));
  const bar = {
    mode: run.mode,
    fail_on: run.failOn ?? engine.settings.failOn,
    git_blocks_on: engine.settings.gitBlocksOn,
    findings,
  };
  const parts = await noticeParts(engine, located, allows, run.seesAll === true);
  const facts: ShardFacts = {
    commits: sum?.commits ?? commits.size,
    nothing: run.nothing,
    allow_incomplete: run.allowIncomplete ?? false,
    refused_allows: settled.refused,
    values,
    markers: [...markers].sort(),
    notices: parts,
  };
  const shard = run.shard?.(facts);
  const { verdict, reasons } = decide({
    ...bar,
    read: files + pushes,
    skipped,
    allowIncomplete: facts.allow_incomplete,
    refusedAllows: settled.refused,
    nothing: shard === undefined ? run.nothing : `nothing falls to shard ${shard.index} of ${shard.of}`,
  });
  return {
    schema: "aura-scan/report/1",
    tool: { name: "aura-scan", version: VERSION, rules: engine.ruleSet.rules.length },
    started_at: new Date(started).toISOString(),
    duration_ms: now() - started,
    scanned: { files, cached, units, bytes, commits: facts.commits, pushes, skipped },
    ...bar,
    rule_files: engine.ruleSet.files,
    notices: [
      ...(shard === undefined
        ? []
        : [
            `this is shard ${shard.index} of ${shard.of}: aura-scan report merges the reports of all of them`,
          ]),
      ...allNotices(markers, parts, skipped),
    ],
    category: null,
    verdict,
    reasons,
    ...(shard === undefined ? {} : { shard }),
  };
}

/** Whoever asks for another `fail_on` than the settings' asks for it everywhere. */
function heldTo(findings: readonly Finding[], failOn: Severity | undefined): readonly Finding[] {
  if (failOn === undefined || findings.every(({ bar }) => bar === null)) return findings;
  return findings.map((finding) =>
    finding.bar === null ? finding : { ...finding, bar: { ...finding.bar, fail_on: failOn } },
  );
}

const NOT_READ: FileScan = {
  read: false,
  bytes: 0,
  units: 0,
  located: [],
  skipped: [],
  markers: new Set(),
  allows: [],
};

function pathOf(item: SourceItem): string {
  return item.kind === "file" ? item.file.path : item.path;
}

function reasonNotRead(
  item: Exclude<SourceItem, { kind: "clean" }>,
  late: string | null,
): { readonly reason: string; readonly incomplete: boolean } | null {
  if (item.kind === "skipped") return item;
  return late === null ? null : { reason: `not read: ${late}`, incomplete: true };
}
