import { randomBytes } from "node:crypto";
import { cacheFolder } from "../../cache/cache-folder.js";
import { emptyHistory, readHistoryCache } from "../../cache/history-cache.js";
import { scanDigest } from "../../cache/scan-digest.js";
import type { Skipped } from "../../report/report.js";
import { VERSION } from "../../report/version.js";
import type { Engine } from "../../scan/engine.js";
import type { Located } from "../../scan/located.js";
import { treeEntries } from "../../sources/commit-changes.js";
import { blobFiles } from "../../sources/history-blobs.js";
import { historyTips } from "../../sources/history-tips.js";
import { missingFromPartial } from "../../sources/not-fetched.js";
import type { Repository } from "../../sources/repository.js";
import type { SourceItem } from "../../sources/source.js";
import { readListed } from "../listed-settings.js";
import type { CleanItem, Collector, ScanRun } from "../run-scan.js";
import type { FileScan } from "../scan-source-file.js";
import type { Brought } from "./brought.js";
import {
  addVersion,
  atHead,
  broughtInWindow,
  type Groups,
  type Held,
  locatedOf,
  type Told,
} from "./findings.js";
import type { Given, Read } from "./given.js";
import { keepWhatIsKnown } from "./keep.js";
import { heldIn, numberedFindings } from "./numbers.js";
import { type HistoryPlan, historyPlan, SUBMODULE, type Window } from "./plan.js";
import { inOrder, sumOf } from "./sum.js";
import { versionLook } from "./version-look.js";

/**
 * A run over the repository's whole history, or over the commits of a window: every content once, however many
 * commits hold it, and nothing again that an earlier run with the same rules and settings read (`useCache`). A window
 * can be narrowed to what `branches` (ids of commits) reach. A run that does not take every path must not use the cache,
 * for it would tell later runs that all was read.
 */
export async function historyRun(
  engine: Engine,
  repository: Repository,
  window: Window,
  useCache: boolean,
  takes: (path: string) => boolean = () => true,
  branches: readonly string[] | null = null,
): Promise<Pick<ScanRun, "mode" | "items" | "nothing"> & { readonly collector: Collector }> {
  const folder = useCache ? cacheFolder(repository.root, repository.gitDir) : null;
  const [all] = await Promise.all([
    historyTips(repository),
    folder === null ? [] : readListed(repository.root, engine),
  ]);
  const tips = branches === null ? all : { ...all, commits: branches, others: [] };
  const digest = scanDigest(engine.settings, engine.ruleSet, VERSION, await engine.below.digests());
  const cache = folder === null ? emptyHistory(randomBytes(32)) : readHistoryCache(folder, digest);
  const plan = await historyPlan(repository, tips, window, cache, takes);
  return {
    mode: "since",
    items: itemsOf(engine, repository, plan, takes(SHALLOW) ? tips.cut : []),
    nothing:
      tips.commits.length === 0
        ? "the repository has no commit yet"
        : window === null
          ? "no commit holds a file"
          : "no commit of that time brought new content",
    collector: collectorOf(engine, repository, { window, cache, plan, keep: folder && { folder, digest } }),
  };
}

/** git's list of the commits at which a shallow clone ends. */
const SHALLOW = ".git/shallow";

async function* itemsOf(
  engine: Engine,
  repository: Repository,
  plan: HistoryPlan,
  cut: readonly string[],
): AsyncGenerator<SourceItem> {
  if (cut.length > 0) {
    const reason = "a shallow clone: what came before its oldest commits is not here (git fetch --unshallow)";
    yield { kind: "skipped", path: SHALLOW, reason, incomplete: true };
  }
  for (const path of plan.submodules)
    yield { kind: "skipped", path, reason: SUBMODULE, incomplete: false, blob: SUBMODULE };
  for (const { blob, path } of plan.missing) {
    yield { kind: "skipped", path, reason: missingFromPartial(blob), incomplete: true, blob };
  }
  yield* blobFiles(repository, plan.queue.byPath(), versionLook(engine));
}

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

  function clean({ blob = "", path, bytes, units }: CleanItem): void {
    const pair = pairs.find(blob, path);
    if (pair < 0) return;
    reads.set(pair, null);
    pairs.know(pair, { read: true, bytes, units, local: false, public: false });
  }
  function collect(item: Exclude<SourceItem, CleanItem>, scan: FileScan): void {
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
    const shown = scan.skipped[0]?.path ?? path;
    reads.set(pair, isPlain ? null : { blob, path, shown, fingerprints, skips });
    // What is missing may come back; a submodule is known for what it is.
    if (item.kind === "skipped" && item.incomplete) return;
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
    clean,
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
        located: [...loose, ...located].sort(byFingerprint),
        skipped: inOrder([...unread, ...sum.skipped]),
        commits: plan.commits,
        pushes: 0,
      };
    },
  };
}

/** An order that does not tell how the history was read, for findings that a report would have at one place. */
function byFingerprint({ finding: a }: Located, { finding: b }: Located): number {
  return a.fingerprint < b.fingerprint ? -1 : a.fingerprint > b.fingerprint ? 1 : 0;
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
