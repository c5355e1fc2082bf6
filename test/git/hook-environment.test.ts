import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BIN, environment, NODE } from "../e2e/aura-scan.js";
import { repositoryAt, temporaryFolder } from "../repository.js";
import { found, makeState, type State, secret } from "./state.js";

const HOOK = `#!/bin/sh\nexec '${NODE}' '${BIN}' --staged --quiet\n`;

/** The variables themselves are held by test/sources/staged and repository.test.ts; here git commits, with the real hook. */
describe("git commit through the hook", () => {
  let state: State;
  let outside: string;
  beforeEach(async () => {
    outside = temporaryFolder();
    state = await makeState();
    state.commitFiles({ "a.py": "a\n", "b.py": "b\n" });
    chmodSync(state.write(".git/hooks/pre-commit", HOOK), 0o755);
  });
  afterEach(() => {
    state.remove();
    rmSync(outside, { recursive: true, force: true });
  });

  /** What git said where the hook stopped it; null where it let the commit through. */
  function commit(
    words: readonly string[],
    options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
  ): string | null {
    try {
      state.gitWith({ ...options, env: { ...environment(), ...options.env } }, ...words);
      return null;
    } catch (error) {
      return (error as { stderr?: string }).stderr ?? "";
    }
  }
  const message = ["-m", "x"];

  it("-a looks at what it adds by itself", () => {
    state.write("a.py", secret());
    expect(commit(["commit", ...message])).not.toContain("a.py:1");
    expect(commit(["commit", "-a", ...message])).toContain("a.py:1");
    state.write("a.py", "fine\n");
    expect(commit(["commit", "-a", ...message])).toBeNull();
  });

  it("-p looks at the parts that were chosen, and at no others", () => {
    const lines = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    state.commitFiles({ "a.py": lines });
    state.write("a.py", `${secret()}${lines}end\n`);
    expect(commit(["commit", "-p", ...message], { input: "n\ny\n" })).toBeNull();
    expect(state.git("show", "--format=", "HEAD")).toContain("+end");
    expect(commit(["commit", "-p", ...message], { input: "y\n" })).toContain("a.py:1");
  });

  it("PATH looks at that path alone; --include at it and at what is staged", () => {
    state.stage({ "b.py": secret() });
    state.write("a.py", "changed\n");
    expect(commit(["commit", ...message, "a.py"])).toBeNull();
    state.write("a.py", "again\n");
    expect(commit(["commit", "--include", ...message, "a.py"])).toContain("b.py:1");
    expect(commit(["commit", "--only", ...message, "b.py"])).toContain("b.py:1");
  });

  it("--amend looks at what it changes, and lets a secret be taken out", () => {
    state.stage({ "b.py": secret() });
    expect(commit(["commit", "--amend", ...message])).toContain("b.py:1");
    state.git("commit", "--quiet", "--amend", "--no-verify", ...message);
    state.stage({ "b.py": "fine\n" });
    expect(commit(["commit", "--amend", ...message])).toBeNull();
  });

  it.each([
    ["--fixup", ["commit", "--fixup", "HEAD"]],
    ["--squash", ["commit", "--squash", "HEAD", "--no-edit"]],
    ["an editor", ["commit"]],
    ["--dry-run left out", ["commit", "--allow-empty", "--signoff", ...message]],
  ])("looks at what is staged with %s", (_what, words) => {
    state.stage({ "b.py": secret() });
    expect(commit(words, { env: { GIT_EDITOR: "true" } })).toContain("b.py:1");
  });

  it("that ends a merge looks at the merge's own, and a rebase at what it stops for", async () => {
    state.git("checkout", "--quiet", "-b", "topic");
    state.commitFiles({ "a.py": "theirs\n", "theirs.py": secret("theirs") });
    state.git("checkout", "--quiet", "main");
    state.commitFiles({ "a.py": "ours\n" });
    expect(commit(["merge", "topic"])).not.toBeNull();
    state.stage({ "a.py": secret("both") });
    const stopped = commit(["merge", "--continue"], { env: { GIT_EDITOR: "true" } });
    expect(stopped).toContain("a.py:1");
    expect(stopped).not.toContain("theirs.py");
    state.stage({ "a.py": "both\n" });
    expect(commit(["merge", "--continue"], { env: { GIT_EDITOR: "true" } })).toBeNull();

    state.git("checkout", "--quiet", "-b", "late", "HEAD^1");
    state.commitFiles({ "a.py": "late\n" });
    expect(commit(["rebase", "main"])).not.toBeNull();
    state.stage({ "a.py": secret("late") });
    expect(commit(["commit", ...message])).toContain("a.py:1");
    // git asks no hook when a rebase goes on by itself: the push does.
    expect(commit(["rebase", "--continue"], { env: { GIT_EDITOR: "true" } })).toBeNull();
    expect(found(await state.scan("--range", "main..late"))).toEqual(["a.py:1"]);
  });

  it("is the same from a subfolder, from elsewhere with -C, and with --git-dir and --work-tree", () => {
    state.stage({ "in/new.py": secret() });
    const tree = join(outside, "tree");
    mkdirSync(tree);
    const there = [`--git-dir=${state.root}/.git`, `--work-tree=${tree}`];
    expect(commit(["commit", ...message], { cwd: join(state.root, "in") })).toContain("in/new.py:1");
    expect(commit(["-C", state.root, "commit", ...message], { cwd: outside })).toContain("in/new.py:1");
    expect(commit([...there, "commit", ...message], { cwd: outside })).toContain("in/new.py:1");
    writeFileSync(join(tree, "far.py"), secret("far"));
    state.gitWith({ cwd: outside }, ...there, "add", "--all");
    expect(commit([...there, "commit", ...message], { cwd: outside })).toContain("far.py:1");
  });

  it.each([
    ["an index of its own", { GIT_INDEX_FILE: ".git/other" }],
    ["a namespace", { GIT_NAMESPACE: "x" }],
    ["literal pathspecs", { GIT_LITERAL_PATHSPECS: "1" }],
    ["traces", { GIT_TRACE: "1", GIT_TRACE2: "1" }],
    ["settings", { GIT_CONFIG_PARAMETERS: "'diff.noprefix=true' 'core.quotepath=true'" }],
    ["another language", { LC_ALL: "de_DE.UTF-8", LANGUAGE: "de" }],
    ["a diff program", { GIT_EXTERNAL_DIFF: "false", GIT_DIFF_OPTS: "-u0", GIT_PAGER: "false" }],
    ["replace refs elsewhere", { GIT_REPLACE_REF_BASE: "refs/heads/" }],
  ])("is the same under %s", (_what, env) => {
    state.write("b.py", secret());
    state.gitWith({ env }, "read-tree", "HEAD");
    state.gitWith({ env }, "add", "b.py");
    expect(commit(["commit", ...message], { env })).toContain("b.py:1");
    expect(commit(["commit", ...message, "--allow-empty", "a.py"], { env })).toBeNull();
  });

  it("in a linked worktree and in a submodule looks at that one's index", async () => {
    const tree = join(outside, "tree");
    state.git("worktree", "add", "--quiet", tree);
    state.stage({ "main.py": secret("main") });
    repositoryAt(tree).write("linked.py", secret("linked"));
    state.gitWith({ cwd: tree }, "add", "linked.py");
    const said = commit(["commit", ...message], { cwd: tree });
    expect(said).toContain("linked.py:1");
    expect(said).not.toContain("main.py");

    const inner = await makeState();
    inner.commitFiles({ "in.py": "in\n" });
    state.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "sub");
    inner.remove();
    const hooks = repositoryAt(join(state.root, ".git/modules/sub/hooks"));
    chmodSync(hooks.write("pre-commit", HOOK), 0o755);
    const sub = join(state.root, "sub");
    writeFileSync(join(sub, "in.py"), secret("in"));
    const inside = commit(["commit", "-a", ...message], { cwd: sub });
    expect(inside).toContain("in.py:1");
    expect(inside).not.toContain("main.py");
  });

  it("in git's own hook for merges looks at all that the merge brings", () => {
    chmodSync(state.write(".git/hooks/pre-merge-commit", HOOK), 0o755);
    state.git("checkout", "--quiet", "-b", "topic");
    state.commitFiles({ "theirs.py": secret("theirs") });
    state.git("checkout", "--quiet", "main");
    state.commitFiles({ "a.py": "ours\n" });
    expect(commit(["merge", "--no-edit", "topic"])).toContain("theirs.py:1");
  });
});
