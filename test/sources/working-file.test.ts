import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { workingFile } from "../../src/sources/working-file.js";
import { temporaryFolder } from "../repository.js";

describe("a path in the working tree", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const ifGone = { reason: "gone", incomplete: false };
  const at = (name: string) => ({ bytes: Buffer.from(join(folder, name)), path: name, ifGone });

  it("that is not there is told as the caller wants it", () => {
    writeFileSync(join(folder, "file"), "");
    expect([...workingFile(at("none"))]).toEqual([{ kind: "skipped", path: "none", ...ifGone }]);
    expect([...workingFile(at("file/below"))]).toEqual([{ kind: "skipped", path: "file/below", ...ifGone }]);
  });

  it("that the system refuses is incomplete, with the reason", () => {
    const name = "x".repeat(300);
    expect([...workingFile(at(name))]).toEqual([
      { kind: "skipped", path: name, reason: "the name is too long", incomplete: true },
    ]);
  });

  it.skipIf(process.platform === "win32")("without permission is incomplete", () => {
    writeFileSync(join(folder, "closed"), "x");
    chmodSync(join(folder, "closed"), 0);
    chmodSync(folder, 0o755);
    // The tests may run as root, whom nothing is closed to.
    const user = process.geteuid?.();
    if (user === 0) process.seteuid?.(65534);
    const items = [...workingFile(at("closed"))];
    if (user === 0) process.seteuid?.(0);
    expect(items).toEqual([
      { kind: "skipped", path: "closed", reason: "no permission to read it", incomplete: true },
    ]);
  });

  it("keeps the file that it opened, though another takes its place meanwhile", async () => {
    writeFileSync(join(folder, "a"), "first");
    writeFileSync(join(folder, "b"), "second");
    const items = workingFile(at("a"));
    const item = items.next().value;
    renameSync(join(folder, "b"), join(folder, "a"));
    const parts: Uint8Array[] = [];
    if (item?.kind === "file") for await (const part of item.file.chunks()) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe("first");
    expect(items.next().done).toBe(true);
  });

  it("breaks off as incomplete where the content cannot be read", async () => {
    writeFileSync(join(folder, "a"), "text");
    const items = workingFile(at("a"));
    const item = items.next().value;
    if (item?.kind !== "file") throw new Error("no file");
    // Closing the file stands for a disk that fails: the next read is refused.
    items.return(undefined);
    const reading = async () => {
      for await (const chunk of item.file.chunks()) expect(chunk).toBeUndefined();
    };
    await expect(reading()).rejects.toMatchObject({
      kind: "incomplete",
      message: expect.stringContaining("a could not"),
    });
  });

  it("that is a folder is named so", () => {
    mkdirSync(join(folder, "d"));
    expect([...workingFile(at("d"))]).toMatchObject([{ reason: "folder", incomplete: false }]);
  });
});
