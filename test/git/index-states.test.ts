import { chmodSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { found, makeState, passedOver, type State, secret, unread } from "./state.js";

/** What test/sources/staged.test.ts does not hold yet. */
describe("what is staged", () => {
  let state: State;
  beforeEach(async () => {
    state = await makeState();
    state.commitFiles({ "a.py": "a\n", "b.py": "b\n" });
  });
  afterEach(() => state.remove());

  const staged = () => state.scan("--staged");
  const nothing = { verdict: "allow", reasons: ["Nothing to look at: no new content is staged"] };

  it("of a file that is staged in part is the index's part", async () => {
    state.write("a.py", `${secret("staged")}a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n`);
    state.add("a.py");
    state.write("a.py", `${secret("staged")}a\n1\n2\n3\n4\n5\n6\n7\n8\n9\n${secret("not staged")}`);
    expect(found(await staged())).toEqual(["a.py:1"]);
    expect(found(await state.scan())).toEqual(["a.py:1", "a.py:12"]);
  });

  it("of a file that is only intended to be added is nothing", async () => {
    state.write("new.py", secret());
    state.git("add", "--intent-to-add", "new.py");
    expect(await staged()).toMatchObject(nothing);
    expect(found(await state.scan())).toEqual(["new.py:1"]);
  });

  it("of a file that was intended to be added and then was is all of it, before the first commit too", async () => {
    const fresh = await makeState();
    fresh.write("new.py", secret());
    fresh.git("add", "--intent-to-add", "new.py");
    expect(await fresh.scan("--staged")).toMatchObject(nothing);
    fresh.git("add", "new.py");
    expect(found(await fresh.scan("--staged"))).toEqual(["new.py:1"]);
    fresh.remove();
  });

  it("of a file that was taken out of the index alone is nothing, though it lies there", async () => {
    state.commitFiles({ "a.py": secret() });
    state.git("rm", "--quiet", "--cached", "a.py");
    expect(await staged()).toMatchObject(nothing);
  });

  it("of a mode alone is nothing that is new", async () => {
    state.commitFiles({ "a.py": secret() });
    chmodSync(join(state.root, "a.py"), 0o755);
    state.add("a.py");
    expect(await staged()).toMatchObject({ verdict: "allow", findings: [] });
  });

  it("of a file that becomes a link, and of a link that becomes a file, is what it is now", async () => {
    symlinkSync("nowhere", join(state.root, "link"));
    state.add("link");
    state.commit();
    unlinkSync(join(state.root, "link"));
    writeFileSync(join(state.root, "link"), secret("file"));
    unlinkSync(join(state.root, "a.py"));
    symlinkSync(`/etc/${secret("link").slice(7, -2)}`, join(state.root, "a.py"));
    state.add("link", "a.py");
    expect(found(await staged())).toEqual(["a.py:1", "link:1"]);
    expect(found(await state.scan())).toEqual(["a.py:1", "link:1"]);
  });

  it("never looks where a link leads", async () => {
    const outside = join(state.root, ".git", "outside.py");
    writeFileSync(outside, secret());
    symlinkSync(outside, join(state.root, "link"));
    symlinkSync(".git", join(state.root, "folder"));
    state.add("link", "folder");
    expect(await staged()).toMatchObject({ verdict: "allow", scanned: { files: 2 } });
    expect(await state.scan()).toMatchObject({ verdict: "allow", scanned: { files: 4 } });
  });

  it("of a folder in place of a file is what lies in it", async () => {
    state.stage({ "a.py": null, "a.py/in.py": secret("in") });
    expect(found(await staged())).toEqual(["a.py/in.py:1"]);
  });

  it("of a submodule in place of a file is its name", async () => {
    const id = state.git("rev-parse", "HEAD");
    state.git("rm", "--quiet", "--cached", "a.py");
    state.git("update-index", "--add", "--cacheinfo", `160000,${id},a.py`);
    const report = await staged();
    expect(passedOver(report)).toEqual(["a.py: submodule"]);
    expect(report.reasons).toEqual(["Nothing was read: all there was is of a kind that is skipped"]);
  });

  it.each([
    ["both changed it", "UU", [1, 2, 3]],
    ["both added it", "AA", [2, 3]],
    ["we deleted it", "DU", [1, 3]],
    ["they deleted it", "UD", [1, 2]],
    ["we alone added it", "AU", [2]],
    ["they alone added it", "UA", [3]],
    ["both deleted it", "DD", [1]],
  ])("of an unmerged file is incomplete where %s (%s)", async (_what, short, stages) => {
    const id = state.git("rev-parse", "HEAD:a.py");
    const lines = stages.map((stage) => `100644 ${id} ${stage}\ta.py\n`).join("");
    state.git("update-index", "--force-remove", "a.py");
    state.gitWith({ input: lines }, "update-index", "--index-info");
    expect(state.git("status", "--porcelain", "--untracked-files=no").slice(0, 2)).toBe(short);
    const report = await staged();
    expect(report.verdict).toBe("incomplete");
    expect(unread(report)).toEqual(["a.py: not merged yet: resolve the conflict and git add the file"]);
  });

  it.each([
    ["split", ["update-index", "--split-index"]],
    ["of version 4", ["update-index", "--index-version", "4"]],
    ["with an untracked cache", ["update-index", "--force-untracked-cache"]],
    ["that is skipped by checksum", ["config", "index.skipHash", "true"]],
    ["with many threads", ["config", "index.threads", "8"]],
  ])("is read from an index that is %s", async (_what, command) => {
    state.git(...command);
    state.stage({ "new.py": secret() });
    expect(found(await staged())).toEqual(["new.py:1"]);
  });

  it("is read from a sparse index, and what lies outside of it is passed over and said so", async () => {
    state.commitFiles({ "in/a.py": "a\n", "out/b.py": secret("out") });
    state.git("sparse-checkout", "set", "--cone", "--sparse-index", "in");
    state.stage({ "in/new.py": secret("new") });
    expect(state.git("ls-files", "--sparse")).toContain("out/\n".trim());
    expect(found(await staged())).toEqual(["in/new.py:1"]);
    expect(passedOver(await state.scan())).toEqual(["out/b.py: not checked out (sparse checkout)"]);
  });

  it("is incomplete where the index is damaged, and nothing where it is gone with its files", async () => {
    state.stage({ "new.py": secret() });
    writeFileSync(join(state.root, ".git/index"), "no index");
    expect(await state.run("--staged")).toMatchObject({ code: 3, out: "" });
    expect(await state.run()).toMatchObject({ code: 3, out: "" });
    rmSync(join(state.root, ".git/index"));
    expect(await staged()).toMatchObject(nothing);
  });

  it("is read while another git holds the index's lock", async () => {
    state.stage({ "new.py": secret() });
    state.write(".git/index.lock", "");
    expect(found(await staged())).toEqual(["new.py:1"]);
  });
});
