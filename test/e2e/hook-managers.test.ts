import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { makeRepository, type TestRepository } from "../repository.js";
import { githubToken, stripeKey } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

const LEAK = `export const key = "${stripeKey()}";\n`;
const OTHER = `export const token = "${githubToken()}";\n`;

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
  repository.write("old/pay.ts", LEAK);
  repository.write("clean.ts", "export const a = 1;\n");
  repository.git("add", ".");
  repository.commit();
});
afterEach(() => repository.remove());

const found = async (...words: readonly string[]): Promise<readonly string[]> => {
  const { findings } = await reportOf(repository.root, words);
  return findings.map(({ path }) => path);
};

describe("aura-scan --files, for a hook manager that names files, looks at", () => {
  it("named files of which nothing is staged, whole: a run over all files, as in CI", async () => {
    expect(await found("--files", "old/pay.ts", "clean.ts")).toEqual(["old/pay.ts"]);
  });

  it("absolute paths too, as lint-staged hands them over", async () => {
    expect(await found("--files", join(repository.root, "old/pay.ts"))).toEqual(["old/pay.ts"]);
  });

  it("all that is staged, whatever is named", async () => {
    repository.write("new.ts", OTHER);
    repository.git("add", ".");
    expect(await found("--files")).toEqual(["new.ts"]);
    expect(await found("--files", "clean.ts")).toEqual(["new.ts"]);
    expect(await found("--staged", "--files", "clean.ts")).toEqual(["new.ts"]);
  });

  it("what is staged of a named file, and not what lies in the working tree", async () => {
    repository.write("clean.ts", OTHER);
    repository.git("add", ".");
    repository.write("clean.ts", "export const a = 1;\n");
    expect(await found("--files", "clean.ts")).toEqual(["clean.ts"]);
    repository.git("add", ".");
    repository.write("clean.ts", OTHER);
    expect(await found("--files", "old/pay.ts")).toEqual(["old/pay.ts"]);
  });

  it.each(["-c.ts", "init", "-", "--staged"])(
    "files behind -- whatever they are called: %s",
    async (name) => {
      repository.write(name, OTHER);
      expect(await found("--files", "--", "clean.ts", name)).toEqual([name]);
      expect(await found("--", name)).toEqual([name]);
    },
  );

  it("nothing, and says so, where nothing is staged or named", async () => {
    const run = await auraScan(repository.root, ["--files"]);
    expect(run.code).toBe(0);
    expect(run.out).toBe("Nothing to look at: no new content is staged, and no other file is named.\n");
  });

  it.each([
    [["--files", "gone.ts"], "gone.ts cannot be read: it does not exist."],
    [["--files", "-"], "leave paths, --staged and --files out"],
    [["--staged", "clean.ts"], "leave the paths out, or add --files"],
  ])("nothing where the words make no sense: %j", async (words, said) => {
    const run = await auraScan(repository.root, words);
    expect(run.code).toBe(2);
    expect(run.err).toContain(said);
  });
});

describe(".pre-commit-hooks.yaml", () => {
  const manifest = parse(
    readFileSync(fileURLToPath(new URL("../../.pre-commit-hooks.yaml", import.meta.url)), "utf8"),
  ) as readonly Readonly<Record<string, unknown>>[];

  // https://pre-commit.com/#creating-new-hooks
  const KEYS = [
    ...["id", "name", "entry", "language", "description", "types", "types_or", "stages"],
    ...["require_serial", "always_run", "pass_filenames", "minimum_pre_commit_version"],
  ];

  it("holds what pre-commit.com asks of a hook, and no key that it does not know", () => {
    for (const hook of manifest) {
      expect(hook).toMatchObject({ id: expect.any(String), name: expect.any(String), language: "node" });
      expect(Object.keys(hook).filter((key) => !KEYS.includes(key))).toEqual([]);
    }
    expect(manifest.map(({ id, stages }) => [id, stages])).toEqual([
      ["aura-scan", ["pre-commit"]],
      ["aura-scan-push", ["pre-push"]],
    ]);
  });

  it("names a command that this package brings, with words that it understands", async () => {
    const { bin } = JSON.parse(
      readFileSync(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8"),
    ) as { readonly bin: Readonly<Record<string, string>> };
    for (const { entry } of manifest) {
      const [command = "", ...words] = String(entry).split(" ");
      expect(Object.keys(bin)).toContain(command);
      expect((await auraScan(repository.root, words)).code).toBe(0);
    }
  });

  it("never has a hook that looked at nothing say that it passed", () => {
    // pre-commit then says "Skipped" itself. With no files named, always_run would make it "Passed".
    const [commit, push] = manifest;
    expect(commit).toMatchObject({ types: [], types_or: ["file", "symlink"], require_serial: true });
    expect(commit).not.toHaveProperty("always_run");
    expect(push).toMatchObject({ always_run: true, pass_filenames: false });
  });
});
