import type { Moment } from "../../cache/history-cache.js";
import type { Engine } from "../../scan/engine.js";
import type { Located } from "../../scan/located.js";
import { blobFiles } from "../../sources/history-blobs.js";
import type { Repository } from "../../sources/repository.js";
import { ofCommit, scanSourceFile } from "../scan-source-file.js";
import type { Brought } from "./brought.js";
import { earlier, later } from "./moments.js";
import type { Bringing } from "./plan.js";
import { blobQueue } from "./queue.js";

/** A content at a path. */
export type Version = { readonly pair: number; readonly blob: string; readonly path: string };

type Seen = Version & { readonly located: readonly Located[] };

/** One finding, by its fingerprint, in all the versions of its file that were read. */
export type Group = { first: Seen; last: Seen; readonly versions: Version[] };

/** The findings of many versions of the same files: each once, by what the first version and the last say of it. */
export type Groups = Map<string, Group>;

/** Adds what was found in one version. */
export function addVersion(
  groups: Groups,
  version: Version,
  located: readonly Located[],
  brought: (pair: number) => Brought,
  keepVersions: boolean,
): void {
  const byFinding = new Map<string, Located[]>();
  for (const one of located) {
    const { fingerprint } = one.finding;
    byFinding.set(fingerprint, [...(byFinding.get(fingerprint) ?? []), one]);
  }
  for (const [fingerprint, found] of byFinding) {
    const seen = { ...version, located: found };
    const group = groups.get(fingerprint);
    if (group === undefined) {
      groups.set(fingerprint, { first: seen, last: seen, versions: keepVersions ? [version] : [] });
      continue;
    }
    if (keepVersions) group.versions.push(version);
    const [first, last] = [brought(group.first.pair).first, brought(group.last.pair).last];
    if (earlier(first, brought(version.pair).first) !== first) group.first = seen;
    if (later(last, brought(version.pair).last) !== last) group.last = seen;
  }
}

/** The fingerprints of what stands in a content, or null: it has to be read to tell. */
export type Held = (blob: string, path: string) => ReadonlySet<string> | null;

/** Those that a commit brought, as they are told. */
export type Told = { readonly group: Group; readonly version: Version; readonly moment: Moment | null };

/**
 * The findings that a commit of the window brought: none of its parents held them in this file. What a version only
 * carries along is left out.
 */
export async function broughtInWindow(
  engine: Engine,
  repository: Repository,
  groups: Groups,
  bringings: ReadonlyMap<number, readonly Bringing[]>,
  held: Held,
): Promise<readonly Told[]> {
  const before = [...groups.values()].flatMap(({ versions }) =>
    versions.flatMap(({ pair, path }) =>
      (bringings.get(pair) ?? []).flatMap((one) => one.before.map((blob) => ({ blob, path }))),
    ),
  );
  const holds = await withRead(engine, repository, before, held);
  return [...groups].flatMap(([fingerprint, group]) => {
    let told: Told | null = null;
    for (const version of group.versions) {
      for (const { commit, before } of bringings.get(version.pair) ?? []) {
        if (before.some((blob) => holds(blob, version.path).has(fingerprint))) continue;
        if (told === null || earlier(told.moment, commit) !== told.moment)
          told = { group, version, moment: commit };
      }
    }
    return told === null ? [] : [told];
  });
}

/** What of these findings still stands in the commit that is checked out; null where there is none. */
export async function atHead(
  engine: Engine,
  repository: Repository,
  told: readonly Told[],
  head: ReadonlyMap<string, string> | null,
  held: Held,
): Promise<(one: Told) => boolean | null> {
  if (head === null) return () => null;
  const places = told.flatMap(({ version: { path } }) => {
    const blob = head.get(path);
    return blob === undefined ? [] : [{ blob, path }];
  });
  const holds = await withRead(engine, repository, places, held);
  return ({ version: { path }, group }) => {
    const blob = head.get(path);
    const fingerprint = group.first.located[0]?.finding.fingerprint ?? "";
    return blob !== undefined && holds(blob, path).has(fingerprint);
  };
}

/**
 * The findings as a report has them: placed where their commit put them, and allowed or not by what the newest
 * version of the file says.
 */
export async function locatedOf(
  engine: Engine,
  repository: Repository,
  told: readonly Told[],
  isAtHead: (one: Told) => boolean | null,
): Promise<readonly Located[]> {
  const lacking = told.filter(({ group, version }) => version.pair !== group.first.pair);
  const read = await readAgain(
    engine,
    repository,
    lacking.map(({ version }) => version),
  );
  return told.flatMap((one) => {
    const { group, version, moment } = one;
    const fingerprint = group.first.located[0]?.finding.fingerprint;
    const own =
      version.pair === group.first.pair
        ? group.first.located
        : (read.get(keyOf(version)) ?? []).filter(({ finding }) => finding.fingerprint === fingerprint);
    const newest = group.last.located[0];
    return (own.length > 0 ? own : group.first.located).map((found) => {
      const { allowed, allowed_by } = (newest ?? found).finding;
      const placed = moment === null ? found : ofCommit(found, moment[1]);
      return {
        ...placed,
        finding: {
          ...placed.finding,
          allowed,
          allowed_by,
          commit_date: moment === null ? null : new Date(moment[0] * 1000).toISOString(),
          at_head: isAtHead(one),
        },
        allowances: (newest ?? found).allowances,
      };
    });
  });
}

type Place = Omit<Version, "pair">;

const NONE: ReadonlySet<string> = new Set();

/** `held` for all of these places; what it does not know is read. What cannot be read holds nothing. */
async function withRead(
  engine: Engine,
  repository: Repository,
  places: readonly Place[],
  held: Held,
): Promise<(blob: string, path: string) => ReadonlySet<string>> {
  const lacking = places.filter(({ blob, path }) => held(blob, path) === null);
  const read = new Map<string, ReadonlySet<string>>();
  for (const [key, located] of await readAgain(engine, repository, lacking))
    read.set(key, new Set(located.map(({ finding }) => finding.fingerprint)));
  return (blob, path) => held(blob, path) ?? read.get(keyOf({ blob, path })) ?? NONE;
}

async function readAgain(
  engine: Engine,
  repository: Repository,
  places: readonly Place[],
): Promise<ReadonlyMap<string, readonly Located[]>> {
  const queue = blobQueue();
  const asked = new Set<string>();
  for (const place of places) {
    if (!asked.has(keyOf(place))) queue.add(place.blob, place.path);
    asked.add(keyOf(place));
  }
  const read = new Map<string, readonly Located[]>();
  for await (const item of blobFiles(repository, queue)) {
    if (item.kind !== "file") continue;
    const { located } = await scanSourceFile(engine, item.file);
    read.set(keyOf({ blob: item.file.blob ?? "", path: item.file.path }), located);
  }
  return read;
}

function keyOf({ blob, path }: Place): string {
  return `${blob} ${path}`;
}
