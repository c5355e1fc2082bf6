import { symlinkSync, unlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foundIn, makeState, type State, secret } from "./state.js";

/** Every way to look at the commits that HEAD reaches and `base` does not, with the base that it needs. */
const MODES: readonly (readonly [string, (state: State, base: string) => ReturnType<State["scan"]>])[] = [
  ["--range", (state, base) => state.scan("--range", `${base}..HEAD`)],
  ["pre-push", (state, base) => state.prePush(state.git("rev-parse", "HEAD"), base)],
  ["--all", (state) => state.scan("--all")],
  ["--branch", (state) => state.scan("--branch", "main")],
  ["--since", (state) => state.scan("--since", "1d")],
];

describe.each(MODES)("commits looked at by %s", (mode, look) => {
  let state: State;
  let base: string;
  beforeEach(async () => {
    state = await makeState();
    base = state.commitFiles({ "shared.py": "one\ntwo\nthree\n" });
  });
  afterEach(() => state.remove());

  /** Commits on a branch of their own, and goes back to main. */
  function side(name: string, files: Parameters<State["commitFiles"]>[0]): string {
    state.git("checkout", "--quiet", "-b", name, base);
    const commit = state.commitFiles(files);
    state.git("checkout", "--quiet", "main");
    return commit;
  }
  const merge = (...words: readonly string[]) => state.git("merge", "--quiet", "--no-ff", ...words);

  it("are blamed for what a merge joins, and the merge for what it adds itself", async () => {
    const theirs = side("topic", { "topic.py": secret("theirs"), "shared.py": "one\ntwo\nthree\nfour\n" });
    const ours = state.commitFiles({ "shared.py": `${secret("ours")}one\ntwo\nthree\n` });
    merge("--no-commit", "topic");
    const merged = state.commitFiles({
      "evil.py": secret("evil"),
      "topic.py": `${secret("theirs")}${secret("in")}`,
    });
    expect(foundIn(await look(state, base), theirs, ours, merged)).toEqual([
      "evil.py:1 by 2",
      "shared.py:1 by 1",
      "topic.py:1 by 0",
      "topic.py:2 by 2",
    ]);
  });

  it("include the side that a merge with --strategy=ours threw away", async () => {
    const lost = side("lost", { "lost.py": secret() });
    merge("--strategy=ours", "-m", "thrown away", "lost");
    expect(foundIn(await look(state, base), lost)).toEqual(["lost.py:1 by 0"]);
  });

  it("include an octopus merge of three", async () => {
    const [a, b] = [side("a", { "a.py": secret("a") }), side("b", { "b.py": secret("b") })];
    state.commitFiles({ "c.py": "c\n" });
    merge("--no-commit", "a", "b");
    const octopus = state.commitFiles({ "d.py": secret("d") });
    expect(state.git("rev-list", "--parents", "-1", octopus).split(" ")).toHaveLength(4);
    expect(foundIn(await look(state, base), a, b, octopus)).toEqual([
      "a.py:1 by 0",
      "b.py:1 by 1",
      "d.py:1 by 2",
    ]);
  });

  it("tell a renamed file and a copy at their new paths", async () => {
    const first = state.commitFiles({ "old.py": secret() });
    state.git("mv", "old.py", "new.py");
    const renamed = state.commitFiles({ "copy.py": secret() });
    expect(foundIn(await look(state, base), first, renamed)).toEqual([
      "copy.py:1 by 1",
      "new.py:1 by 1",
      "old.py:1 by 0",
    ]);
  });

  it("tell a secret that one adds and the next takes away, and that a revert brings back, by the first", async () => {
    const added = state.commitFiles({ "pay.py": secret() });
    const removed = state.commitFiles({ "pay.py": null });
    state.git("revert", "--no-edit", removed);
    expect(foundIn(await look(state, base), added)).toEqual(["pay.py:1 by 0"]);
  });

  it("tell what came by cherry-pick", async () => {
    side("topic", { "pay.py": secret() });
    state.commitFiles({ "shared.py": "other\n" });
    state.git("cherry-pick", "topic");
    const picked = state.git("rev-parse", "HEAD");
    state.git("branch", "--quiet", "-D", "topic");
    const report = await look(state, base);
    expect(report.findings.map(({ path }) => path)).toEqual(["pay.py"]);
    if (mode !== "--all" && mode !== "--since") expect(foundIn(report, picked)).toEqual(["pay.py:1 by 0"]);
  });

  it("tell a link by its target's name, and a file that becomes a link or stops being one", async () => {
    const target = secret().slice(7, -2);
    symlinkSync(`/nowhere/${target}`, `${state.root}/link`);
    state.add("link");
    const linked = state.commit();
    unlinkSync(`${state.root}/link`);
    const filed = state.commitFiles({ link: secret("b") });
    expect(foundIn(await look(state, base), linked, filed)).toEqual(["link:1 by 1", "link:1 by 0"]);
  });

  it("tell a file whose place a folder takes, and a folder whose place a file takes", async () => {
    const folder = state.commitFiles({ "shared.py": null, "shared.py/in.py": secret("in") });
    const file = state.commitFiles({ "shared.py/in.py": null, "shared.py": secret("on") });
    expect(foundIn(await look(state, base), folder, file)).toEqual([
      "shared.py:1 by 1",
      "shared.py/in.py:1 by 0",
    ]);
  });
});
