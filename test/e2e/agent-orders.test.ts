import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository } from "../repository.js";
import { stripeKey } from "../secrets.js";
import { auraScan } from "./aura-scan.js";

const NAME = "##vso[task.setvariable variable=A]x.js";
/** A name whose quiet line begins with an order for GitHub. */
const OTHER = "::add-mask::x.js";
const OBEYED = /##[\w.-]*\[|^\s*::/m;

let repository: TestRepository;
beforeAll(async () => {
  repository = await makeRepository();
  mkdirSync(path.join(repository.root, ".aura"), { recursive: true });
  writeFileSync(path.join(repository.root, NAME), `/* ##[error]x */ const a = "${stripeKey()}";\n`);
  writeFileSync(path.join(repository.root, OTHER), `const a = "${stripeKey("b")}";\n`);
  await repository.git("add", "-A");
});
afterAll(() => repository.remove());

describe("no agent obeys what is printed", () => {
  it.each(["text", "json", "sarif", "csv", "markdown", "gitlab", "junit", "gitleaks", "html"])(
    "as %s on standard output",
    async (format) => {
      const run = await auraScan(repository.root, ["--staged", "--report", format]);
      expect(run.code).toBe(1);
      expect(run.out).toContain("vso");
      expect(run.out + run.err).not.toMatch(OBEYED);
    },
  );

  it.each([
    ["a quiet line", ["--staged", "--quiet"]],
    ["all that is known", ["--staged", "--verbose"]],
    ["a path that is not there", ["##vso[task.complete]"]],
    ["an option that is not there", ["--##[x]"]],
    ["a report that cannot be read", ["report", "::error::x"]],
  ])("%s", async (_name, words) => {
    const run = await auraScan(repository.root, words);
    expect(run.code).toBeGreaterThan(0);
    expect(run.out + run.err).not.toMatch(OBEYED);
  });

  it("the caret stays under its place, and a file holds the very name", async () => {
    const file = path.join(repository.root, "out.json");
    const run = await auraScan(repository.root, ["--staged", "--report", "text", "--report", `json=${file}`]);
    const lines = run.out.split("\n");
    const source = lines.findIndex((line) => line.includes("#·[error]x"));
    expect(source).toBeGreaterThan(0);
    expect(lines[source + 1]?.indexOf("^")).toBe((lines[source]?.indexOf('"') ?? 0) + 1);
    expect(
      JSON.parse(readFileSync(file, "utf8")).findings.map((one: { path: string }) => one.path),
    ).toContain(NAME);
  });
});
