import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusalReason, replaceFile } from "../../src/files/replace-file.js";
import { temporaryFolder } from "../repository.js";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("replaceFile", () => {
  it("puts another file in the place of the old one, which whoever reads it keeps whole", () => {
    const path = join(folder, "hook");
    writeFileSync(path, "old");
    const before = statSync(path).ino;
    replaceFile(path, Buffer.from("new"), 0o755);
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(statSync(path).ino).not.toBe(before);
    expect(readdirSync(folder)).toEqual(["hook"]);
  });

  it("gives the mode asked for, whatever the umask", () => {
    const umask = process.umask(0o077);
    try {
      replaceFile(join(folder, "hook"), Buffer.from(""), 0o755);
    } finally {
      process.umask(umask);
    }
    expect(statSync(join(folder, "hook")).mode & 0o777).toBe(0o755);
  });

  it("that fails leaves nothing beside", () => {
    mkdirSync(join(folder, "hook/in"), { recursive: true });
    expect(() => replaceFile(join(folder, "hook"), Buffer.from("new"), 0o755)).toThrow();
    expect(readdirSync(folder)).toEqual(["hook"]);
  });
});

describe("refusalReason", () => {
  it("throws on what the operating system did not say", () => {
    const bug = new TypeError("a bug of ours");
    expect(() => refusalReason(bug)).toThrow(bug);
  });

  it("gives a code that it has no words for", () => {
    expect(refusalReason(Object.assign(new Error("no"), { code: "EXDEV" }))).toBe("EXDEV");
  });
});
