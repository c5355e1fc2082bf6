import { spawnSync } from "node:child_process";
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { githubToken } from "../secrets.js";
import { auraScan, environment, reportOf } from "./aura-scan.js";

const LEAK = `const token = "${githubToken()}";\n`;
const REFS = ["refs/notes/aura", "refs/notes/aura-intent", "refs/heads/aura/checkpoints"];

/** What Aura appends to the hook: it reads no standard input, asks no hook, and lets git go on. */
const AURA = `
# --- AURA SEMANTIC ENGINE ---
for ref in ${REFS.join(" ")}; do
  git rev-parse --quiet --verify "$ref" >/dev/null && git push --quiet --no-verify "$1" "$ref:$ref"
done
:
# -----------------------------
`;

let repository: TestRepository;
let remote: string;

beforeEach(async () => {
  repository = await makeRepository();
  remote = temporaryFolder();
  repository.git("init", "-q", "--bare", remote);
  repository.git("remote", "add", "origin", remote);
  repository.write("src/a.ts", "export const a = 1;\n");
  repository.git("add", ".");
  repository.commit();
  expect((await auraScan(repository.root, ["init"])).code).toBe(0);
  appendFileSync(join(repository.root, ".git/hooks/pre-push"), AURA);
});
afterEach(() => {
  repository.remove();
  rmSync(remote, { recursive: true, force: true });
});

/** Puts a text where Aura keeps its own, as it does: no hook is asked. */
function keep(ref: string, text: string): void {
  if (ref.startsWith("refs/notes/")) {
    repository.gitWith({ input: text }, "notes", `--ref=${ref}`, "add", "--force", "--file=-", "HEAD");
    return;
  }
  const blob = repository.gitWith({ input: text }, "hash-object", "-w", "--stdin");
  const tree = repository.gitWith({ input: `100644 blob ${blob}\tcheckpoint.json\n` }, "mktree");
  repository.git("update-ref", ref, repository.git("commit-tree", "-m", "a checkpoint", tree));
}

function push(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync("git", ["push", "-q", "origin", ...words], {
    cwd: repository.root,
    env: environment(),
    encoding: "utf8",
  });
  return { passed: status === 0, said: stdout + stderr };
}
const there = (): readonly string[] =>
  repository.gitWith({ cwd: remote }, "for-each-ref", "--format=%(refname)").split("\n");

describe("what Aura pushes by itself, asking no hook, is looked at before anything is pushed", () => {
  it.each(REFS)("%s", (ref) => {
    keep(ref, LEAK);
    const refused = push("main");
    expect(refused.passed).toBe(false);
    expect(refused.said).toContain("github-personal-access-token");
    expect(refused.said.replace(/\s+/g, " ")).toContain(`these were looked at too: ${ref}.`);
    expect(refused.said).not.toContain(githubToken());
    expect(there()).toEqual([""]);
    // The note or checkpoint is made anew without it.
    repository.git("update-ref", "-d", ref);
    keep(ref, "const token = process.env.TOKEN;\n");
    expect(push("main").passed).toBe(true);
    expect([...there()].sort()).toEqual(["refs/heads/main", ref].sort());
  });

  it("also where git itself has nothing to push, or only takes something away", () => {
    expect(push("main", "main:other").passed).toBe(true);
    keep("refs/notes/aura", LEAK);
    expect(push("main").passed).toBe(false);
    expect(push(":other").passed).toBe(false);
    expect(there()).toContain("refs/heads/other");
  });

  it("once, where git names it too; and no other notes, which Aura does not push", async () => {
    keep("refs/notes/aura", "words\n");
    keep("refs/notes/review", LEAK);
    const id = repository.git("rev-parse", "refs/notes/aura");
    const input = `refs/notes/aura ${id} refs/notes/aura ${"0".repeat(40)}\n`;
    const report = await reportOf(repository.root, ["pre-push", "origin"], { input });
    expect(report).toMatchObject({ verdict: "allow", scanned: { files: 1, commits: 1 } });
  });
});
