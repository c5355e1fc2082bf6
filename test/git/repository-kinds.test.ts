import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auraScan, BIN, NODE, reportOf } from "../e2e/aura-scan.js";
import { makeRepository, repositoryAt, temporaryFolder } from "../repository.js";
import { found, makeState, passedOver, type State, secret, stateOf, unread } from "./state.js";

const COMMITS: readonly (readonly string[])[] = [
  ["--range", "HEAD"],
  ["--branch", "main"],
  ["--all"],
  ["--since", "1d"],
];

/** What test/sources and test/e2e do not hold yet of the kinds of repositories there are. */
describe("a repository", () => {
  let state: State;
  let outside: string;
  beforeEach(async () => {
    state = await makeState();
    outside = temporaryFolder();
  });
  afterEach(() => {
    state.remove();
    rmSync(outside, { recursive: true, force: true });
  });

  const at = (root: string) => stateOf(repositoryAt(root));
  function clone(...words: readonly string[]): State {
    const root = join(outside, "clone");
    state.git("clone", "--quiet", ...words, root);
    return at(root);
  }

  it.each([[["--bare"]], [["--mirror"]]])(
    "cloned with %j is read by its commits, and has nothing else",
    async (words) => {
      state.commitFiles({ "pay.py": secret() });
      const bare = clone(...words, state.root);
      for (const words of COMMITS)
        expect(found(await bare.scan(...words)), words.join(" ")).toEqual(["pay.py:1"]);
      expect(await bare.run("--staged")).toMatchObject({ code: 2, err: expect.stringContaining("bare") });
      expect(await bare.run()).toMatchObject({ code: 2, err: expect.stringContaining("bare") });
    },
  );

  it("that is bare and may not be found by itself says how it is named, and is read so", async () => {
    state.commitFiles({ "pay.py": secret() });
    const bare = clone("--bare", state.root);
    const env = {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.bareRepository",
      GIT_CONFIG_VALUE_0: "explicit",
    };
    const run = await auraScan(bare.root, ["--range", "HEAD"], { env });
    expect(run).toMatchObject({ code: 3, err: expect.stringContaining(`GIT_DIR='${bare.root}'`) });
    const named = await reportOf(bare.root, ["--range", "HEAD"], { env: { ...env, GIT_DIR: bare.root } });
    expect(found(named)).toEqual(["pay.py:1"]);
  });

  it("that receives a push is read in pre-receive, where the new objects lie apart", async () => {
    const bare = await makeRepository("--bare");
    const hook = `#!/bin/sh\nwhile read old new ref; do '${NODE}' '${BIN}' --range "$new" --quiet || exit 1; done\n`;
    chmodSync(bare.write("hooks/pre-receive", hook), 0o755);
    state.commitFiles({ "a.py": "a\n" });
    state.git("push", "--quiet", bare.root, "main");
    state.commitFiles({ "pay.py": secret() });
    expect(() => state.git("push", "--quiet", bare.root, "main")).toThrow(/pay\.py/);
    bare.remove();
  });

  it("whose objects are another's (alternates) is read, and never passes when they are gone", async () => {
    state.commitFiles({ "pay.py": secret() });
    const shared = clone("--shared", state.root);
    shared.stage({ "mine.py": secret("mine") });
    shared.commit();
    expect(found(await shared.scan("--all"))).toEqual(["mine.py:1", "pay.py:1"]);
    expect(found(await shared.scan("--range", "HEAD"))).toEqual(["mine.py:1"]);
    renameSync(join(state.root, ".git/objects"), join(state.root, ".git/away"));
    for (const words of [["--range", "HEAD~1..HEAD"], ["--all"]])
      expect(await shared.run(...words), words.join(" ")).toMatchObject({ code: 3, out: "" });
    renameSync(join(state.root, ".git/away"), join(state.root, ".git/objects"));
  });

  it("that is shallow is read where all is there, else incomplete with what deepens it", async () => {
    for (const name of ["a", "b", "c", "d"]) state.commitFiles({ [`${name}.py`]: secret(name) });
    const [first = ""] = state.git("rev-list", "--reverse", "HEAD").split("\n");
    const shallow = clone("--depth", "3", `file://${state.root}`);
    const whole = await shallow.scan("--range", "HEAD~2..HEAD");
    expect([found(whole), unread(whole)]).toEqual([["c.py:1", "d.py:1"], []]);
    for (const words of [
      ["--range", "HEAD~2"],
      ["--branch", "main"],
    ]) {
      const report = await shallow.scan(...words);
      expect(unread(report), words.join(" ")).toEqual([expect.stringContaining("git fetch --unshallow")]);
    }
    const lost = await shallow.run("--range", `${first}..HEAD`);
    expect(lost).toMatchObject({ code: 3, err: expect.stringContaining("git fetch --unshallow") });
    shallow.git("fetch", "--quiet", "--unshallow");
    expect(found(await shallow.scan("--range", `${first}..HEAD`))).toEqual(["b.py:1", "c.py:1", "d.py:1"]);
  });

  it("in a linked worktree has commits in common, and a HEAD and an index of its own", async () => {
    state.commitFiles({ "a.py": secret("a") });
    const tree = join(outside, "tree");
    state.git("worktree", "add", "--quiet", "-b", "linked", tree);
    const linked = at(tree);
    writeFileSync(join(tree, "b.py"), secret("b"));
    linked.git("add", "b.py");
    expect(found(await linked.scan("--staged"))).toEqual(["b.py:1"]);
    linked.git("commit", "--quiet", "--no-verify", "-m", "b");
    expect(found(await linked.scan("--range", "main..HEAD"))).toEqual(["b.py:1"]);
    expect(found(await state.scan("--range", "HEAD..linked"))).toEqual(["b.py:1"]);
    expect((await state.scan("--staged")).reasons[0]).toContain("Nothing to look at");
    // A tree that was moved by hand: git does not find its way back, and that is no pass.
    renameSync(join(state.root, ".git/worktrees/tree"), join(outside, "lost"));
    expect(await linked.run("--staged")).toMatchObject({ code: 3, out: "" });
  });

  it("of a submodule is passed over and said so; inside, the submodule is a repository like any", async () => {
    const inner = await makeState();
    inner.commitFiles({ "in.py": secret("in") });
    state.commitFiles({ "a.py": "a\n" });
    state.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "sub");
    for (const words of [["--staged"], []])
      expect(passedOver(await state.scan(...words))).toEqual(["sub: submodule"]);
    state.commit();
    for (const words of COMMITS) {
      const report = await state.scan(...words);
      expect([found(report), passedOver(report)], words.join(" ")).toEqual([[], ["sub: submodule"]]);
    }
    expect(passedOver(await state.prePush(state.git("rev-parse", "HEAD")))).toEqual(["sub: submodule"]);
    expect(found(await at(join(state.root, "sub")).scan("--range", "HEAD"))).toEqual(["in.py:1"]);
    expect(await state.run("sub")).toMatchObject({
      code: 2,
      err: expect.stringContaining("Run aura-scan there"),
    });
    inner.remove();
  });

  it("of SHA-256 ids is read in every mode", async () => {
    const long = await makeState("--object-format=sha256");
    long.stage({ "pay.py": secret() });
    expect(found(await long.scan("--staged"))).toEqual(["pay.py:1"]);
    const commit = long.commit();
    expect(commit).toHaveLength(64);
    for (const words of COMMITS)
      expect(found(await long.scan(...words)), words.join(" ")).toEqual(["pay.py:1"]);
    expect(found(await long.prePush(commit))).toEqual(["pay.py:1"]);
    long.remove();
  });

  it.runIf(process.getuid?.() === 0)(
    "of another user is refused with the line that trusts it, and is read then",
    async () => {
      state.commitFiles({ "pay.py": secret() });
      const owned = (user: number) => {
        chownSync(state.root, user, user);
        for (const name of readdirSync(state.root)) chownSync(join(state.root, name), user, user);
      };
      owned(65534);
      for (const words of [["--staged"], [], ["--range", "HEAD"], ["--all"]]) {
        const run = await state.run(...words);
        expect(run, words.join(" ")).toMatchObject({
          code: 3,
          out: "",
          err: expect.stringContaining("--add safe.directory"),
        });
      }
      const env = {
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "safe.directory",
        GIT_CONFIG_VALUE_0: state.root,
      };
      expect(found(await reportOf(state.root, ["--range", "HEAD"], { env }))).toEqual(["pay.py:1"]);
      owned(0);
    },
  );

  it.skipIf(process.platform === "win32")(
    "whose paths are no UTF-8, or look like patterns, options or lines, is read alike in every mode",
    async () => {
      const names = [
        Buffer.from([0x62, 0xff, 0xfe, 0x2e, 0x70, 0x79]),
        Buffer.from("-lead.py"),
        Buffer.from(" space .py"),
        Buffer.from('new\nline "q"\t.py'),
        Buffer.from(":(top)*.py"),
        Buffer.from("e\u0301.py"),
        Buffer.from("\u00e9.py"),
      ];
      for (const [index, name] of names.entries())
        writeFileSync(Buffer.concat([Buffer.from(`${state.root}/`), name]), secret(`${index}`));
      const expected = [
        "b\\xff\\xfe.py",
        "-lead.py",
        " space .py",
        'new\nline "q"\t.py',
        ":(top)*.py",
        "e\u0301.py",
        "\u00e9.py",
      ]
        .map((name) => `${name}:1`)
        .sort();
      const all = async (...words: readonly string[]) => [...found(await state.scan(...words))].sort();
      expect(await all()).toEqual(expected);
      state.git("add", "--all");
      expect(await all("--staged")).toEqual(expected);
      const commit = state.commit();
      for (const words of COMMITS) expect(await all(...words), words.join(" ")).toEqual(expected);
      expect([...found(await state.prePush(commit))].sort()).toEqual(expected);
      expect((await state.run("--range", "HEAD")).out).not.toMatch(/new\nline|\t\.py/);
    },
  );

  it("in a folder with spaces, behind a link, or with its .git elsewhere is read", async () => {
    const root = join(outside, "a folder  with 'quotes'");
    mkdirSync(root);
    state.git("init", "--quiet", "--separate-git-dir", join(outside, "git dir"), root);
    writeFileSync(join(root, "pay.py"), secret());
    const odd = at(root);
    odd.git("add", "pay.py");
    symlinkSync(root, join(outside, "link"));
    for (const folder of [root, join(outside, "link")])
      expect(found(await reportOf(folder, ["--staged"])), folder).toEqual(["pay.py:1"]);
    odd.git("commit", "--quiet", "-m", "x");
    expect(found(await odd.scan("--range", "HEAD"))).toEqual(["pay.py:1"]);
  });

  it("before its first commit has nothing by commits, and says so", async () => {
    state.stage({ "pay.py": secret() });
    for (const words of [["--all"], ["--since", "1d"], ["--branch", "main"]])
      expect((await state.scan(...words)).reasons[0], words.join(" ")).toContain("Nothing to look at");
    expect(await state.run("--range", "HEAD")).toMatchObject({ code: 3, out: "" });
    expect(found(await state.scan("--staged"))).toEqual(["pay.py:1"]);
  });
});
