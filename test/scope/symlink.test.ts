import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leavesRepository } from "../../src/scope/symlink.js";
import { temporaryFolder } from "../repository.js";

describe("files referenced by symlinks outside the repository", () => {
  let folder = "";
  let root = "";
  beforeAll(() => {
    folder = temporaryFolder();
    root = join(folder, "repository");
    mkdirSync(join(root, "src/deep"), { recursive: true });
    mkdirSync(join(folder, "outside"));
    mkdirSync(join(folder, "repository-2"));
    writeFileSync(join(folder, "outside/key"), "");
    writeFileSync(join(folder, "repository-2/key"), "");
    writeFileSync(join(root, "src/a.rs"), "");
    symlinkSync(root, join(folder, "link-to-repository"));
    symlinkSync("src", join(root, "inside"));
    symlinkSync("a.rs", join(root, "src/b.rs"));
    symlinkSync("../outside", join(root, "out"));
    symlinkSync("../repository-2", join(root, "sibling"));
    symlinkSync("../outside/key", join(root, "key"));
    symlinkSync("out", join(root, "by-two-steps"));
    symlinkSync("../outside/new", join(root, "to-nothing"));
    symlinkSync("circle", join(root, "circle"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["src/a.rs", false],
    ["src/new.rs", false],
    ["new/folder/new.rs", false],
    ["src/a.rs/below-a-file", false],
    ["src/b.rs", false],
    ["inside/a.rs", false],
    ["inside/deep/new.rs", false],
    ["key", true],
    ["out/key", true],
    ["out/new/er", true],
    ["sibling/key", true],
    ["by-two-steps/key", true],
    ["to-nothing", true],
    ["to-nothing/x", true],
    ["circle", true],
    ["circle/x", true],
    ["../outside/key", true],
  ])("%s: %s", async (path, leaves) => {
    expect(leavesRepository(root, path)).toBe(leaves);
    expect(leavesRepository(join(folder, "link-to-repository"), path)).toBe(leaves);
  });
});
