import { treeEntries } from "./commit-changes.js";
import { missingObjects } from "./missing-objects.js";
import { newCommits } from "./new-commits.js";
import { type PeeledObject, peeledObjects } from "./peeled-objects.js";
import type { PushedRef } from "./push-lines.js";
import { objectsThere, type PushTarget } from "./push-target.js";
import type { Change } from "./raw-changes.js";
import type { Repository } from "./repository.js";
import type { SourceItem } from "./source.js";
import { changesInParts, unseenFiles } from "./unseen-files.js";

/** A ref that is pushed, and the object that it stands for once its tags are peeled off. */
type Offer = { readonly ref: string; readonly object: PeeledObject };

/**
 * What a push brings to the remote: every content of every commit that the remote does not have, the oldest commits
 * first, each content once for every path that it stands at, though a later commit may take it away again.
 *
 * What the remote has is told by its remote-tracking refs and by the push's own lines. Where neither tells anything (a
 * URL, a new remote, a push to elsewhere than is fetched from) all that can be reached is read. Throws SourceError.
 */
export async function* pushedFiles(
  repository: Repository,
  refs: readonly PushedRef[],
  target: PushTarget | null,
): AsyncGenerator<SourceItem> {
  const local = refs.flatMap(({ localRef, localOid }) =>
    localOid === null ? [] : [{ ref: localRef, oid: localOid }],
  );
  if (local.length === 0) return;
  const there = [
    ...refs.flatMap(({ remoteOid }) => remoteOid ?? []),
    ...(await objectsThere(repository, target)),
  ];
  const objects = await peeledObjects(repository, [...new Set([...local.map(({ oid }) => oid), ...there])]);
  // What the remote has and we have not tells nothing; then more is read than need be, and nothing less.
  const known = there.flatMap((oid) => objects.get(oid) ?? []);

  const offers: Offer[] = [];
  for (const { ref, oid } of local) {
    const object = objects.get(oid);
    if (object !== undefined) offers.push({ ref, object });
    else yield { kind: "skipped", path: ref, reason: `object ${oid} is missing`, incomplete: true };
  }
  const absent = await missingObjects(
    repository,
    offers.map(({ object }) => object.id),
    commitsIn(known),
  );
  yield* unseenFiles(repository, changesOf(repository, offers, known), absent);
}

/** The changes in parts that fit in memory: first what commits bring, then what tags of files and folders do. */
async function* changesOf(
  repository: Repository,
  offers: readonly Offer[],
  known: readonly PeeledObject[],
): AsyncGenerator<readonly Change[]> {
  const commits = await newCommits(
    repository,
    commitsIn(offers.map(({ object }) => object)),
    commitsIn(known),
  );
  yield* changesInParts(repository, commits);
  const had = new Set(known.map(({ id }) => id));
  for (const { ref, object } of offers) {
    if (had.has(object.id)) continue;
    if (object.type === "tree") yield treeEntries(repository, object.id);
    // A lone file has no name but the ref's.
    if (object.type === "blob")
      yield [{ path: ref, mode: "100644", id: object.id, status: "A", commit: null, before: [] }];
  }
}

function commitsIn(objects: readonly PeeledObject[]): readonly string[] {
  return [...new Set(objects.filter(({ type }) => type === "commit").map(({ id }) => id))];
}
