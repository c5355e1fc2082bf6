import { type Repository, repositoryOf } from "../../src/sources/repository.js";
import type { SourceItem } from "../../src/sources/source.js";
import { cleanEnvironment } from "../repository.js";

/** What a source said of one path, its content read: easy to compare. */
export type Told =
  | { readonly path: string; readonly text: string; readonly size: number; readonly previous?: string | null }
  | { readonly path: string; readonly skipped: string; readonly incomplete: boolean };

/** Everything that a source hands over, read in order. */
export async function told(items: AsyncIterable<SourceItem>): Promise<Told[]> {
  const all: Told[] = [];
  for await (const item of items) {
    if (item.kind === "skipped") {
      all.push({ path: item.path, skipped: item.reason, incomplete: item.incomplete });
      continue;
    }
    if (item.kind === "clean") throw new Error(`${item.path} was looked at ahead`);
    const { path, size, chunks, previous } = item.file;
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks()) parts.push(chunk);
    const text = Buffer.concat(parts).toString("latin1");
    const before = await previous?.();
    const earlier =
      before === undefined ? {} : { previous: before && Buffer.from(before).toString("latin1") };
    all.push({ path, text, size, ...earlier });
  }
  return all;
}

/** The paths alone. */
export async function pathsOf(items: AsyncIterable<SourceItem>): Promise<string[]> {
  return (await told(items)).map(({ path }) => path);
}

/** The repository at a folder; fails the test if there is none. */
export async function opened(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<Repository> {
  const repository = await repositoryOf(folder, { ...cleanEnvironment(), ...environment });
  if (repository === null) throw new Error(`no repository at ${folder}`);
  return repository;
}
