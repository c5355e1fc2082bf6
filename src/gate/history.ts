import { randomBytes } from "node:crypto";
import { type CacheFolder, cacheFolder } from "../cache/cache-folder.js";
import {
  emptyHistory,
  type HistoryCache,
  NOTHING_WHOLE,
  type Notable,
  readHistoryCache,
  writeHistoryCache,
} from "../cache/history-cache.js";
import { scanDigest } from "../cache/scan-digest.js";
import type { Skipped } from "../report/report.js";
import type { Engine } from "../scan/engine.js";
import type { Located } from "../scan/located.js";
import { treeEntries } from "../sources/commit-changes.js";
import { blobFiles } from "../sources/history-blobs.js";
import { historyTips } from "../sources/history-tips.js";
import type { Repository } from "../sources/repository.js";
import type { SourceItem } from "../sources/source.js";
import type { Marker } from "../units/unit.js";
import {
  addVersion,
  atHead,
  broughtInWindow,
  type Groups,
  type Held,
  locatedOf,
  type Told,
} from "./history-findings.js";
import { type Brought, type HistoryPlan, historyPlan, type Window } from "./history-plan.js";
import type { Collector, ScanRun } from "./run-scan.js";
import type { FileScan } from "./scan-source-file.js";

/**
 * A run over the repository's whole history, or over the commits of a window: every content once, however many
 * commits hold it, and nothing again that an earlier run with the same rules and settings read (`useCache`).
 */
export async function historyRun(
  engine: Engine,
  repository: Repository,
  window: Window,
  useCache: boolean,
): Promise<Pick<ScanRun, "mode" | "items" | "nothing" | "collector">> {
  const tips = await historyTips(repository);
  const folder = useCache ? cacheFolder(repository.root, repository.gitDir) : null;
  const digest = scanDigest(engine.settings, engine.ruleSet.rules);
  const cache = folder === null ? emptyHistory(randomBytes(32)) : readHistoryCache(folder, digest);
  const plan = await historyPlan(repository, tips, window, cache);
  return {
    mode: "since",
    items: itemsOf(repository, plan, tips.cut),
    nothing:
      tips.commits.length === 0
        ? "the repository has no commit yet"
        : window === null
          ? "no commit holds a file"
          : "no commit of that time brought new content",
    collector: collectorOf(engine, repository, { window, cache, plan, keep: folder && { folder, digest } }),
  };
}

async function* itemsOf(
  repository: Repository,
  plan: HistoryPlan,
  cut: readonly string[],
): AsyncGenerator<SourceItem> {
  if (cut.length > 0) {
    const reason = "a shallow clone: what came before its oldest commits is not here (git fetch --unshallow)";
    yield { kind: "skipped", path: ".git/shallow", reason, incomplete: true };
  }
  yield* blobFiles(repository, plan.queue);
}

type Given = {
  readonly window: Window;
  readonly cache: HistoryCache;
  readonly plan: HistoryPlan;
  readonly keep: { readonly folder: CacheFolder; readonly digest: string } | null;
};

/** What was found and skipped in one version that was read in this run. */
type Read = {
  readonly blob: string;
  readonly path: string;
  readonly fingerprints: readonly string[];
  readonly skips: readonly string[];
};

const NOTHING: ReadonlySet<string> = new Set();

function collectorOf(engine: Engine, repository: Repository, given: Given): Collector {
  const { window, cache, plan } = given;
  const { pairs } = cache;
  const groups: Groups = new Map();
  const reads = new Map<number, Read | null>();
  /** Pairs that are to be read again in the next run: not read to the end, or with a secret in their path. */
  const unkept = new Set<number>();
  const loose: Located[] = [];
  const unread: Skipped[] = [];
  const broughtOf = (pair: number): Brought =>
    plan.brought.get(pair) ?? plan.notable.get(pair) ?? { first: null, last: null };

  function collect(item: SourceItem, scan: FileScan): void {
    const blob = item.kind === "file" ? (item.file.blob ?? "") : (item.blob ?? "");
    const path = item.kind === "file" ? item.file.path : item.path;
    const pair = pairs.find(blob, path);
    const missed = scan.skipped.filter(({ incomplete }) => incomplete);
    unread.push(...missed);
    if (pair < 0) {
      loose.push(...scan.located);
      return;
    }
    if (scan.located.length > 0)
      addVersion(groups, { pair, blob, path }, scan.located, broughtOf, window !== null);
    if (missed.length > 0 || scan.located.some(({ finding }) => finding.path !== path)) unkept.add(pair);
    const fingerprints = [...new Set(scan.located.map(({ finding }) => finding.fingerprint))];
    const skips = scan.skipped.filter(({ incomplete }) => !incomplete).map(({ reason }) => reason);
    const isPlain = fingerprints.length === 0 && skips.length === 0;
    reads.set(pair, isPlain ? null : { blob, path, fingerprints, skips });
    if (item.kind === "skipped") return;
    const { read, bytes, units, markers } = scan;
    const outcome = {
      read,
      bytes,
      units,
      local: markers.has("@aura-local"),
      public: markers.has("@aura-public"),
    };
    pairs.know(pair, outcome);
  }
  return {
    collect,
    async total() {
      const numbers = numberedFindings(cache.notable, reads);
      const held: Held = (blob, path) => heldIn(cache, reads, numbers.names, blob, path);
      const told: readonly Told[] =
        window === null
          ? [...groups.values()].map((group) => ({
              group,
              version: group.first,
              moment: broughtOf(group.first.pair).first,
            }))
          : await broughtInWindow(engine, repository, groups, plan.bringings, held);
      const isAtHead = await atHead(engine, repository, told, await headBlobs(repository, told), held);
      const located = await locatedOf(engine, repository, told, isAtHead);
      const sum = sumOf(given, reads);
      keepWhatIsKnown(given, reads, unkept, numbers.numberOf);
      return {
        ...sum,
        located: [...loose, ...located],
        skipped: inOrder([...unread, ...sum.skipped]),
        commits: plan.commits,
      };
    },
  };
}

/** What stands at each path of the commit that is checked out; null where there is none. */
async function headBlobs(
  repository: Repository,
  told: readonly Told[],
): Promise<ReadonlyMap<string, string> | null> {
  if (!repository.hasHead) return null;
  if (told.length === 0) return new Map();
  return new Map((await treeEntries(repository, "HEAD")).map(({ path, id }) => [path, id]));
}

/**
 * The cache's numbers of findings with the fingerprints that this run learnt of them, and new ones for the others. In
 * the cache itself only numbers stand, for a fingerprint holds a little of a secret's hash.
 */
function numberedFindings(
  cached: ReadonlyMap<number, Notable>,
  reads: ReadonlyMap<number, Read | null>,
): {
  readonly names: ReadonlyMap<number, string>;
  readonly numberOf: (fingerprint: string) => number;
} {
  const names = new Map<number, string>();
  const numbers = new Map<string, number>();
  let next = 0;
  for (const { findings } of cached.values())
    for (const number of findings) next = Math.max(next, number + 1);
  for (const [pair, read] of reads) {
    for (const [index, number] of (cached.get(pair)?.findings ?? []).entries()) {
      const fingerprint = read?.fingerprints[index];
      if (fingerprint === undefined) continue;
      names.set(number, fingerprint);
      if (!numbers.has(fingerprint)) numbers.set(fingerprint, number);
    }
  }
  return {
    names,
    numberOf(fingerprint) {
      const number = numbers.get(fingerprint) ?? next++;
      numbers.set(fingerprint, number);
      return number;
    },
  };
}

function heldIn(
  { pairs, notable }: HistoryCache,
  reads: ReadonlyMap<number, Read | null>,
  names: ReadonlyMap<number, string>,
  blob: string,
  path: string,
): ReadonlySet<string> | null {
  const pair = pairs.find(blob, path);
  if (pair < 0 || pairs.outcome(pair) === null) return null;
  const read = reads.get(pair);
  if (read !== undefined) return new Set(read?.fingerprints ?? []);
  const known = notable.get(pair)?.findings ?? [];
  if (known.length === 0) return NOTHING;
  const fingerprints = known.flatMap((number) => names.get(number) ?? []);
  return fingerprints.length < known.length ? null : new Set(fingerprints);
}

/** What all the versions looked at come to, those that an earlier run read among them. */
function sumOf({ cache: { pairs, notable }, plan }: Given, reads: ReadonlyMap<number, Read | null>) {
  const sum = { files: 0, cached: 0, units: 0, bytes: 0 };
  const markers = new Set<Marker>();
  const skipped: Skipped[] = [];
  for (let pair = 0; pair < pairs.size(); pair++) {
    const outcome = plan.isTold(pair) ? pairs.outcome(pair) : null;
    if (outcome === null) continue;
    if (outcome.read) sum.files++;
    if (outcome.read && !reads.has(pair)) sum.cached++;
    sum.units += outcome.units;
    sum.bytes += outcome.bytes;
    if (outcome.local) markers.add("@aura-local");
    if (outcome.public) markers.add("@aura-public");
    const known = reads.get(pair) ?? plan.notable.get(pair) ?? notable.get(pair);
    for (const reason of known?.skips ?? [])
      skipped.push({ path: known?.path ?? "", reason, incomplete: false });
  }
  return { ...sum, markers, skipped };
}

/** Every path once for a reason, in an order that does not tell how the history was read. */
function inOrder(skipped: readonly Skipped[]): readonly Skipped[] {
  const keyOf = ({ path, reason }: Skipped): string => `${path}\0${reason}`;
  const unique = new Map(skipped.map((one) => [keyOf(one), one]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function keepWhatIsKnown(
  { window, cache, plan, keep }: Given,
  reads: ReadonlyMap<number, Read | null>,
  unkept: ReadonlySet<number>,
  numberOf: (fingerprint: string) => number,
): void {
  if (keep === null) return;
  const { pairs } = cache;
  const notable = new Map(plan.notable);
  for (const [pair, read] of reads) {
    if (read === null) continue;
    const { blob, path, skips } = read;
    const before = cache.notable.get(pair);
    const findings = read.fingerprints.map(numberOf);
    // A window knows only its own commits: what a whole run knew of the others stays.
    const ends = window !== null && before !== undefined ? before : (plan.brought.get(pair) ?? before);
    notable.set(pair, { blob, path, skips, findings, first: ends?.first ?? null, last: ends?.last ?? null });
  }
  for (const [pair, { first, last }] of window === null ? plan.brought : []) {
    const known = notable.get(pair);
    if (known !== undefined) notable.set(pair, { ...known, first, last });
  }
  let { whole } = cache;
  if (window === null) {
    const all = [...plan.brought.keys()];
    const isWhole = unkept.size === 0 && all.every((pair) => pairs.outcome(pair) !== null);
    if (isWhole) for (const pair of all) pairs.setWhole(pair, true);
    whole = isWhole ? plan.whole : plan.isGrown ? whole : NOTHING_WHOLE;
  }
  // What is not kept was not read whole.
  if ([...unkept].some((pair) => pairs.isWhole(pair))) whole = NOTHING_WHOLE;
  const isSame = JSON.stringify(whole) === JSON.stringify(cache.whole);
  if (isSame && [...reads.keys()].every((pair) => cache.notable.has(pair))) return;
  const isPruned = window === null && !plan.isGrown;
  writeHistoryCache(keep.folder, keep.digest, { pairs, notable, whole }, (pair) =>
    unkept.has(pair) ? false : !isPruned || plan.brought.has(pair),
  );
}
