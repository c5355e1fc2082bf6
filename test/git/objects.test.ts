import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { repositoryAt, temporaryFolder } from "../repository.js";
import { found, makeState, type State, secret, stateOf, unread } from "./state.js";

/** Single missing and damaged objects in other modes: test/sources/staged, pushed and test/e2e/history.test.ts. */
describe("objects", () => {
  let state: State;
  beforeEach(async () => {
    state = await makeState();
  });
  afterEach(() => state.remove());

  const HISTORY: readonly (readonly string[])[] = [["--range", "main"], ["--all"], ["--branch", "main"]];

  /** Writes an object as it is, however wrong. */
  const object = (type: string, content: Uint8Array | string): string =>
    state.gitWith({ input: content }, "hash-object", "-t", type, "-w", "--stdin", "--literally");
  const entry = (mode: string, name: string, id: string) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]);
  const commitOf = (tree: string) => state.git("commit-tree", "-m", "x", tree);

  describe("that no git would write", () => {
    it.each([
      ["an entry named ..", ["100644", ".."], "..:1"],
      ["an entry named .git", ["100644", ".git"], ".git:1"],
      ["a slash in a name", ["100644", "a/b"], "a/b:1"],
      ["the old mode 100664", ["100664", "old.py"], "old.py:1"],
      ["a line break and quotes in a name", ["100644", 'a\n"b"'], 'a\n"b":1'],
    ])("are read: %s", async (_what, [mode = "", name = ""], place) => {
      const blob = object("blob", secret());
      state.git("update-ref", "refs/heads/main", commitOf(object("tree", entry(mode, name, blob))));
      for (const words of HISTORY)
        expect(found(await state.scan(...words)), words.join(" ")).toEqual([place]);
      expect(found(await state.prePush(state.git("rev-parse", "main")))).toEqual([place]);
    });

    it("are read: the same name twice in a tree, a commit without dates, the same parent twice", async () => {
      const [one, two] = [object("blob", secret("one")), object("blob", secret("two"))];
      const tree = object(
        "tree",
        Buffer.concat([entry("100644", "a.py", one), entry("100644", "a.py", two)]),
      );
      const broken = object("commit", `tree ${tree}\nauthor nobody\n\nno dates\n`);
      const twins = object(
        "commit",
        `tree ${tree}\nparent ${broken}\nparent ${broken}\nauthor A <a@example.com> 1 +0000\ncommitter A <a@example.com> 1 +0000\n\nx\n`,
      );
      state.git("update-ref", "refs/heads/main", twins);
      for (const words of [["--range", broken], ["--branch", "main"], ["--all"]]) {
        const report = await state.scan(...words);
        expect(
          report.findings.map(({ secret: number }) => number),
          words.join(" "),
        ).toEqual([1, 2]);
      }
    });
  });

  it("that replace others, by refs/replace and by grafts, hide no commit and no content", async () => {
    const bad = state.commitFiles({ "pay.py": secret() });
    state.commitFiles({ "pay.py": "harmless\n" });
    state.git("replace", state.git("rev-parse", `${bad}:pay.py`), state.git("rev-parse", "HEAD:pay.py"));
    state.git("replace", "--graft", "HEAD");
    expect(state.git("log", "--format=%h").split("\n")).toHaveLength(1);
    for (const words of [["--range", "main~1"], ["--branch", "main"], ["--all"], ["--since", "1d"]])
      expect(found(await state.scan(...words)), words.join(" ")).toEqual(["pay.py:1"]);
    state.git("replace", "--delete", "HEAD");
    state.write(".git/info/grafts", `${state.git("rev-parse", "HEAD")}\n`);
    expect(found(await state.scan("--range", "main~1"))).toEqual(["pay.py:1"]);
    expect(found(await state.prePush(state.git("rev-parse", "HEAD")))).toEqual(["pay.py:1"]);
  });

  it("in a commit-graph, a multi-pack-index and reachability bitmaps are found", async () => {
    state.commitFiles({ "pay.py": secret() });
    state.commitFiles({ "pay.py": null });
    state.git("repack", "--quiet", "-a", "-d", "--write-bitmap-index");
    state.git("commit-graph", "write", "--reachable", "--changed-paths");
    state.git("multi-pack-index", "write");
    for (const words of [["--range", "main~1"], ["--branch", "main"], ["--all"]])
      expect(found(await state.scan(...words)), words.join(" ")).toEqual(["pay.py:1"]);
  });

  it("that are missing are named, and what is there is read", async () => {
    const commit = state.commitFiles({ "a.py": "a\n", "gone.py": "gone\n", "pay.py": secret() });
    const id = state.git("rev-parse", "HEAD:gone.py");
    rmSync(join(state.root, ".git/objects", id.slice(0, 2), id.slice(2)));
    for (const report of [await state.scan("--range", commit), await state.prePush(commit)]) {
      expect(found(report)).toEqual(["pay.py:1"]);
      expect(unread(report)).toEqual([`gone.py: object ${id} is missing`]);
    }
    expect(await state.run("--range", commit, "--allow-incomplete", "-q")).toMatchObject({ code: 1 });
  });

  it("that are missing as a tree or a commit fail the run, which never passes", async () => {
    const commit = state.commitFiles({ "in/a.py": "a\n" });
    const next = state.commitFiles({ "in/b.py": "b\n" });
    for (const name of [`${commit}:in`, commit]) {
      const id = state.git("rev-parse", name);
      rmSync(join(state.root, ".git/objects", id.slice(0, 2), id.slice(2)));
      expect(await state.run("--range", next), name).toMatchObject({ code: 3, out: "" });
      expect(await state.run("--all"), name).toMatchObject({ code: 3, out: "" });
    }
  });

  describe("that a partial clone has not got", () => {
    let folder: string;
    beforeEach(() => {
      folder = temporaryFolder();
      state.commitFiles({ "a.py": "a\n", "in/pay.py": secret() });
      state.commitFiles({ "in/pay.py": "harmless\n" });
      state.git("config", "uploadpack.allowFilter", "true");
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** A clone under this filter whose checkout brought what HEAD holds. */
    function clone(filter: string): State {
      const root = join(folder, filter.replace(":", "-"));
      state.git("clone", "--quiet", `--filter=${filter}`, `file://${state.root}`, root);
      return stateOf(repositoryAt(root));
    }
    const HELP = "git fetch --refetch --no-filter brings";

    it("are each named and never fetched, and are read once somebody fetches them", async () => {
      const partial = clone("blob:none");
      const id = state.git("rev-parse", "HEAD~1:in/pay.py");
      const head = partial.git("rev-parse", "HEAD");
      const missing = [`in/pay.py: object ${id} is missing from this partial clone (${HELP} it)`];
      for (const words of [["--range", "HEAD~1"], ["--branch", "main"], ["--all"]]) {
        const report = await partial.scan(...words);
        expect(unread(report), words.join(" ")).toEqual(missing);
        expect(report).toMatchObject({ verdict: "incomplete", findings: [] });
      }
      expect(unread(await partial.prePush(head))).toEqual(missing);
      expect(await partial.scan("--range", "HEAD~1", "--allow-incomplete")).toMatchObject({
        verdict: "allow",
      });
      expect(partial.git("rev-list", "--objects", "--missing=print", "--all")).toContain(`?${id}`);
      partial.git("fetch", "--quiet", "--refetch", "--no-filter");
      expect(found(await partial.scan("--range", "HEAD~1"))).toEqual(["in/pay.py:1"]);
      expect(unread(await partial.scan("--all"))).toEqual([]);
    });

    it("are told of in a lump where folders are among them", async () => {
      const partial = clone("tree:0");
      for (const report of [
        await partial.scan("--range", "HEAD~1"),
        await partial.prePush(partial.git("rev-parse", "HEAD")),
      ]) {
        expect(report.verdict).toBe("incomplete");
        expect(unread(report)).toEqual([
          expect.stringContaining("folders are missing from this partial clone"),
        ]);
      }
      expect(await partial.run("--all")).toMatchObject({ code: 3, err: expect.stringContaining(HELP) });
    });

    it("are never asked of a remote whose settings name a program", async () => {
      const partial = clone("blob:none");
      const note = join(folder, "ran");
      partial.git("config", "remote.origin.url", `ext::touch ${note}`);
      partial.git("config", "protocol.ext.allow", "always");
      partial.git("config", "core.sshCommand", `touch ${note}`);
      for (const words of [["--range", "HEAD~1"], ["--all"], ["--branch", "main"]])
        expect((await partial.scan(...words)).verdict).toBe("incomplete");
      expect(existsSync(note)).toBe(false);
    });
  });
});
