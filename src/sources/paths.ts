import { existsSync, lstatSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { inTurn, type LookAhead, noLook, type Turn } from "./ahead.js";
import { folderFiles } from "./folder.js";
import { type Listed, listedFiles, realFolders } from "./listing.js";
import { namedFile } from "./named-file.js";
import { byPath } from "./path-name.js";
import { isProblem, orProblem } from "./problem.js";
import { isInside, type Repository, repositoryOf } from "./repository.js";
import { SourceError, type SourceItem } from "./source.js";
import { listedTurn, treeFiles } from "./tree.js";

/** A path that somebody named: absolute, real, and what stands there. */
type Named = { readonly given: string; readonly absolute: string; readonly isFolder: boolean };

/** A file that somebody asked for by name must be there. */
const GONE = { reason: "vanished while the scan ran", incomplete: true };

/**
 * The files and folders that somebody named, relative to the folder `from`.
 *
 * A file is read even if git ignores it; a folder in a repository stands for its tracked files and those that are not
 * ignored, any other folder, and one that is ignored as a whole, for all its files. Reported paths are relative to `repository`, as `treeFiles` gives them,
 * or to `from` where there is none. Every path comes once. Throws SourceError, of kind "usage" for a path that does
 * not exist or lies outside of `repository`.
 */
export async function* pathFiles(
  paths: readonly string[],
  from: string,
  repository: Repository | null,
  look: LookAhead = noLook,
): AsyncGenerator<SourceItem> {
  const named = paths.map((path) => namedPath(from, path));
  yield* repository === null
    ? looseFiles(named, realpathSync.native(from), look)
    : filesOf(repository, named, look);
}

function namedPath(from: string, given: string): Named {
  const absolute = resolve(from, given);
  const stat = orProblem(() => lstatSync(absolute));
  if (isProblem(stat)) {
    const why = stat.code === "ENOENT" || stat.code === "ENOTDIR" ? "it does not exist" : stat.reason;
    throw new SourceError("usage", `${given} cannot be read: ${why}.`);
  }
  // A link to a folder is entered, for it was named; a link to a file keeps its own name in reports.
  const target = orProblem(() => statSync(absolute));
  const isFolder = !isProblem(target) && target.isDirectory();
  const isLink = stat.isSymbolicLink() && !isFolder;
  const real = isLink
    ? join(realpathSync.native(dirname(absolute)), basename(absolute))
    : realpathSync.native(absolute);
  return { given, absolute: real, isFolder };
}

async function* filesOf(
  repository: Repository,
  named: readonly Named[],
  look: LookAhead,
): AsyncGenerator<SourceItem> {
  for (const each of named) refuseOutside(repository, each);
  const folders = named
    .filter((each) => each.isFolder)
    .map((each) => slashed(repository.root, each.absolute));
  const isReal = realFolders(repository.root);
  const found = new Map<string, Listed>();
  if (folders.length > 0) {
    const under = folders.includes("") ? [] : folders;
    for (const listed of await listedFiles(repository, under)) found.set(listed.path, listed);
  }
  const byName = new Map<string, Named>();
  for (const each of named) if (!each.isFolder) byName.set(slashed(repository.root, each.absolute), each);
  const all = [...found.values(), ...[...byName.keys()].filter((path) => !found.has(path)).map(asListed)];
  const turns = all.sort(byPath).map((listed): Turn => {
    const file = byName.get(listed.path);
    if (file === undefined) return listedTurn(repository, listed, isReal(listed.bytes));
    const bytes = Buffer.from(file.absolute);
    return {
      place: null,
      items: () => namedFile({ bytes, path: listed.path, ifGone: GONE }, repository.root),
    };
  });
  yield* inTurn(turns, look);
  // git lists nothing in a folder that it ignores: whoever names such a folder still wants it read.
  const listedPaths = [...found.keys()];
  for (const folder of folders) {
    const isListed = folder === "" || listedPaths.some((path) => path.startsWith(`${folder}/`));
    if (!isListed) yield* folderFiles(join(repository.root, folder), `${folder}/`, look);
  }
}

function asListed(path: string): Listed {
  return { bytes: Buffer.from(path), path, state: "untracked" };
}

function refuseOutside(repository: Repository, named: Named): void {
  const { root } = repository;
  if (!isInside(root, named.absolute)) {
    throw new SourceError(
      "usage",
      `${named.given} lies outside of the repository ${root}. Run aura-scan there.`,
    );
  }
  for (let folder = named.absolute; named.isFolder && folder !== root; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) {
      throw new SourceError(
        "usage",
        `${named.given} belongs to a repository of its own (${folder}). Run aura-scan there.`,
      );
    }
  }
}

async function* looseFiles(
  named: readonly Named[],
  from: string,
  look: LookAhead,
): AsyncGenerator<SourceItem> {
  const told = new Set<string>();
  const sorted = named.map((each) => ({ ...each, path: slashed(from, each.absolute) })).sort(byPath);
  for (const each of sorted) {
    for await (const item of looseItems(each, from, look)) {
      const path = item.kind === "file" ? item.file.path : item.path;
      if (!told.has(path)) yield item;
      told.add(path);
    }
  }
}

async function* looseItems(
  named: Named & { readonly path: string },
  from: string,
  look: LookAhead,
): AsyncGenerator<SourceItem> {
  const { absolute, path } = named;
  if (!named.isFolder) {
    yield* namedFile({ bytes: Buffer.from(absolute), path, ifGone: GONE }, null);
    return;
  }
  const repository = await repositoryOf(absolute);
  if (repository === null || repository.isBare) {
    yield* folderFiles(absolute, path === "" ? "" : `${path}/`, look);
    return;
  }
  const below = slashed(repository.root, absolute);
  const prefix = slashed(from, repository.root);
  if (prefix === "") {
    yield* treeFiles(repository, below === "" ? [] : [below], look);
    return;
  }
  const lookBelow: LookAhead = (places) =>
    look(places.map((place) => ({ ...place, path: `${prefix}/${place.path}` })));
  for await (const item of treeFiles(repository, below === "" ? [] : [below], lookBelow)) {
    yield moved(item, `${prefix}/`);
  }
}

function moved(item: SourceItem, prefix: string): SourceItem {
  if (item.kind !== "file") return { ...item, path: prefix + item.path };
  return { kind: "file", file: { ...item.file, path: prefix + item.file.path } };
}

/** The way from one absolute path to another, with forward slashes. */
function slashed(from: string, to: string): string {
  return relative(from, to).split(sep).join("/");
}
