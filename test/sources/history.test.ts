import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blobFiles } from "../../src/sources/history-blobs.js";
import { historyChanges, historyCommits, isWithin } from "../../src/sources/history-commits.js";
import { historyTips } from "../../src/sources/history-tips.js";
import { momentOf } from "../../src/sources/moment.js";
import { changeReader, rawChanges } from "../../src/sources/raw-changes.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { historyFiles } from "./history-files.js";
import { opened, told } from "./items.js";

describe("a history", () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await makeRepository();
  });
  afterEach(() => repo.remove());

  function commit(files: Readonly<Record<string, string>>): string {
    for (const [path, content] of Object.entries(files)) repo.write(path, content);
    repo.git("add", "--force", ".");
    return repo.commit();
  }

  it("is every content at every path that a commit gave it", async () => {
    commit({ a: "same", b: "same" });
    commit({ a: "other", "d/c": "same" });
    const items = await told(historyFiles(await opened(repo.root)));
    expect(items.map((item) => ("text" in item ? `${item.path}=${item.text}` : item.path)).sort()).toEqual([
      "a=other",
      "a=same",
      "b=same",
      "d/c=same",
    ]);
  });

  it.each([
    ["short", 4],
    ["too long to be held", (16 << 20) + 1],
  ])("gives a content to each of its paths, one that is %s too", async (_what, length) => {
    commit({ a: "x".repeat(length) });
    const id = repo.git("rev-parse", "HEAD:a");
    const items = blobFiles(await opened(repo.root), {
      length: 2,
      idAt: (index) => [id, "1".repeat(40)][index] ?? "",
      pathsAt: (index) => [["a", "b", "c"], ["gone"]][index] ?? [],
    });
    const read = (await told(items)).map((item) => [
      item.path,
      "text" in item ? item.text.length : item.skipped,
    ]);
    expect(read.sort()).toEqual([
      ["a", length],
      ["b", length],
      ["c", length],
      ["gone", `object ${"1".repeat(40)} is missing`],
    ]);
  });

  it("has no tips before the first commit", async () => {
    const repository = await opened(repo.root);
    expect(await historyTips(repository)).toEqual({ commits: [], others: [], cut: [] });
    expect(await historyCommits(repository, [], [])).toEqual([]);
  });

  it("begins at refs of every kind, detached heads of worktrees, and all stashes", async () => {
    const first = commit({ a: "1" });
    repo.git("tag", "-a", "-m", "t", "v1");
    repo.git("tag", "-a", "-m", "t", "tree", "HEAD^{tree}");
    const second = commit({ a: "2" });
    repo.git("notes", "add", "-m", "a note");
    repo.git("worktree", "add", "--quiet", "--detach", "wt", first);
    repo.write("wt/only-here", "x");
    repo.gitWith({ cwd: `${repo.root}/wt` }, "add", "only-here");
    repo.gitWith({ cwd: `${repo.root}/wt` }, "commit", "--quiet", "--no-verify", "-m", "detached");
    const detached = repo.gitWith({ cwd: `${repo.root}/wt` }, "rev-parse", "HEAD");
    for (const text of ["3", "4"]) {
      repo.write("a", text);
      repo.git("stash", "--quiet");
    }
    const tips = await historyTips(await opened(repo.root));
    const stashes = [repo.git("rev-parse", "stash@{0}"), repo.git("rev-parse", "stash@{1}")];
    const wanted = [first, second, detached, ...stashes, repo.git("rev-parse", "refs/notes/commits")];
    expect(tips.commits).toEqual(wanted.sort());
    expect(tips.others).toEqual([
      { ref: "refs/tags/tree", object: { id: repo.git("rev-parse", `${first}^{tree}`), type: "tree" } },
    ]);
  });

  it("knows what was reached before, and that a rewritten branch no longer is", async () => {
    const first = commit({ a: "1" });
    const second = commit({ a: "2" });
    const repository = await opened(repo.root);
    expect((await historyCommits(repository, [second], [first])).map(({ id }) => id)).toEqual([second]);
    expect(await isWithin(repository, [first], [second])).toBe(true);
    expect(await isWithin(repository, [second], [first])).toBe(false);
    expect(await isWithin(repository, ["1".repeat(40)], [second])).toBe(false);
  });

  it("tells of a merge only what differs from all of its parents, with what they held", async () => {
    commit({ a: "1", b: "1" });
    repo.git("switch", "--quiet", "-c", "side");
    commit({ a: "2" });
    repo.git("switch", "--quiet", "main");
    commit({ b: "2" });
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "side");
    const merge = commit({ b: "3" });
    const repository = await opened(repo.root);
    const changes = [];
    for await (const part of historyChanges(repository, [{ id: merge, date: 0 }])) changes.push(...part);
    expect(changes).toMatchObject([{ path: "b", commit: merge, status: "MM", before: [{}, {}] }]);
  });

  it("is read alike wherever git's output is cut into parts", () => {
    const [old, id, by] = ["1", "2", "3"].map((digit) => digit.repeat(40));
    const output = Buffer.from(
      `${by}\0:100644 100644 ${old} ${id} M\0a b\0::100644 100644 100644 ${old} ${old} ${id} MM\0d/ü\0`,
    );
    const whole = rawChanges(output);
    expect(whole).toHaveLength(2);
    for (let at = 0; at <= output.length; at++) {
      const reader = changeReader();
      expect([...reader.read(output.subarray(0, at)), ...reader.read(output.subarray(at))]).toEqual(whole);
      reader.end();
    }
    const torn = changeReader();
    torn.read(output.subarray(0, -1));
    expect(() => torn.end()).toThrow("not known");
  });

  describe("a moment", () => {
    const now = Date.parse("2026-05-10T12:00:00Z");
    const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000);
    const moment = async (words: string, end: "begin" | "end" = "begin") =>
      momentOf(await opened(repo.root), "--since", words, end, now);

    it.each([
      ["7d", "2026-05-03T12:00:00Z"],
      ["36h", "2026-05-09T00:00:00Z"],
      ["2w", "2026-04-26T12:00:00Z"],
      ["90min", "2026-05-10T10:30:00Z"],
      ["2026-05-01", "2026-05-01T00:00:00"],
      ["today", "2026-05-10T00:00:00"],
      ["Yesterday", "2026-05-09T00:00:00"],
      ["2026-05-01T10:00Z", "2026-05-01T10:00:00Z"],
      ["2026-05-01 10:00:00 +0200", "2026-05-01T08:00:00Z"],
    ])("of %s is %s", async (words, iso) => {
      expect(await moment(words)).toBe(seconds(iso));
    });

    it.each([
      ["2026-05-01", "2026-05-01T23:59:59"],
      ["today", "2026-05-10T23:59:59"],
      ["yesterday", "2026-05-09T23:59:59"],
      ["1 May 2026", "2026-05-01T23:59:59"],
    ])("ends with the day that it names: %s", async (words, iso) => {
      expect(await moment(words, "end")).toBe(seconds(iso));
    });

    it.each([
      ["1 May 2026", "2026-05-01T00:00:00"],
      ["May 1st 2026", "2026-05-01T00:00:00"],
      ["1. May 2026", "2026-05-01T00:00:00"],
      ["05/01/2026", "2026-05-01T00:00:00"],
      ["2026/05/01", "2026-05-01T00:00:00"],
      ["1 May 2026 10:30", "2026-05-01T10:30:00"],
      ["noon 1 May 2026", "2026-05-01T12:00:00"],
      ["May 1st 2026 midnight", "2026-05-01T00:00:00"],
      ["tea 05/01/2026", "2026-05-01T17:00:00"],
    ])("that git would take for the present time of a day is the day's beginning: %s", async (words, iso) => {
      expect(await moment(words)).toBe(seconds(iso));
    });

    it.each(["friday", "last friday", "tues"])(
      "of a weekday is the beginning of that day: %s",
      async (words) => {
        const opening = await opened(repo.root);
        const found = new Date((await momentOf(opening, "--since", words, "begin", Date.now())) * 1000);
        expect([found.getHours(), found.getMinutes(), found.getSeconds()]).toEqual([0, 0, 0]);
        expect(found.getDay()).toBe(words === "tues" ? 2 : 5);
        expect(found.getTime()).toBeLessThan(Date.now());
      },
    );

    it.each(["2.weeks.ago", "yesterday noon", "last week", "1 month ago", "3 days ago"])(
      "of %j is what git takes it for",
      async (words) => {
        const git = Number(repo.git("rev-parse", `--since=${words}`).replace("--max-age=", ""));
        const ours = await momentOf(await opened(repo.root), "--since", words, "begin", Date.now());
        expect(Math.abs(ours - git)).toBeLessThan(60);
      },
    );

    it.each(["", "7", "7x", "soon", "2026-02-30", "2026-13-01", "HEAD~3", "yesterdy", "-1", "2027-01-01"])(
      "that nobody knows, or that is still to come, is refused: %j",
      async (words) => {
        await expect(moment(words)).rejects.toThrow(/^--since: this (is no time|time is still)/);
      },
    );
  });
});
