import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { looseBlob, looseFolder } from "../../src/sources/loose-blob.js";
import { makeRepository, type TestRepository } from "../repository.js";

let repo: TestRepository;
let folder: string;
beforeEach(async () => {
  repo = await makeRepository();
  folder = looseFolder({ gitDir: join(repo.root, ".git"), environment: {} }) ?? "";
});
afterEach(() => repo.remove());

function stored(content: string | Uint8Array): string {
  return repo.gitWith({ input: content }, "hash-object", "-w", "--stdin");
}

/** Puts other bytes where git keeps the object `id`. */
function replace(id: string, bytes: (before: Buffer) => Uint8Array): void {
  const file = join(folder, id.slice(0, 2), id.slice(2));
  chmodSync(file, 0o600);
  writeFileSync(file, bytes(readFileSync(file)));
}

describe("a blob that was added lately", () => {
  it.each([
    ["text", Buffer.from("a line\n")],
    ["nothing", Buffer.alloc(0)],
    ["bytes", Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7) & 0xff))],
    ["zeros", Buffer.alloc(3)],
  ])("is read as git reads it: %s", (_, content) => {
    expect(looseBlob(folder, stored(content))).toEqual(content);
  });

  it("is left to git where it is packed, gone, no blob, or large", () => {
    const id = stored("packed\n");
    repo.write("packed", "packed\n");
    repo.add(".");
    const commit = repo.commit();
    expect(looseBlob(folder, commit)).toBeNull();
    repo.git("gc", "-q");
    repo.git("prune-packed");
    expect(looseBlob(folder, id)).toBeNull();
    expect(looseBlob(folder, "1".repeat(40))).toBeNull();
    expect(looseBlob(folder, "../../HEAD")).toBeNull();
    expect(looseBlob(folder, stored(Buffer.alloc(2 << 20)))).toBeNull();
  });

  const damages: Readonly<Record<string, (before: Buffer) => Uint8Array>> = {
    "its end is missing": (before) => before.subarray(0, -2),
    "something stands behind it": (before) => Buffer.concat([before, Buffer.from("x")]),
    "its checksum is wrong": (before) => before.with(before.length - 1, (before.at(-1) ?? 0) ^ 1),
    "it is empty": () => Buffer.alloc(0),
    "it tells another length": () => deflateSync("blob 3\0four"),
    "it tells its length in another form": () => deflateSync("blob 04\0four"),
    "it tells no length": () => deflateSync("four"),
    "it is of another kind": () => deflateSync("tree 4\0four"),
  };
  it.each(Object.entries(damages))("is left to git where %s", (_, damage) => {
    const id = stored("four");
    replace(id, damage);
    expect(looseBlob(folder, id)).toBeNull();
  });

  it("is left to git where objects are elsewhere, too", () => {
    const gitDir = join(repo.root, ".git");
    for (const name of ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH"])
      expect(looseFolder({ gitDir, environment: { [name]: folder } })).toBeNull();
    expect(looseFolder({ gitDir: join(gitDir, "refs"), environment: {} })).toBeNull();
  });
});
