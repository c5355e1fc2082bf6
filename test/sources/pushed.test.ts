import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePushLines } from "../../src/sources/push-lines.js";
import { pushedFiles } from "../../src/sources/pushed.js";
import { SourceError, type SourceItem } from "../../src/sources/source.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { opened, told } from "./items.js";

const ZERO = "0".repeat(40);
const UNKNOWN = "1".repeat(40);

describe("what a push brings", () => {
  let remote: TestRepository;
  let repo: TestRepository;
  beforeEach(async () => {
    remote = await makeRepository("--bare");
    repo = await makeRepository();
    repo.git("remote", "add", "origin", remote.root);
  });
  afterEach(() => {
    repo.remove();
    remote.remove();
  });

  /** Writes the files and commits them; null deletes one. */
  function commit(files: Readonly<Record<string, string | null>>): string {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) repo.git("rm", "--quiet", "--force", "--", path);
      else {
        repo.write(path, text);
        repo.git("--literal-pathspecs", "add", "--force", "--", path);
      }
    }
    return repo.commit();
  }

  const id = (revision: string) => repo.git("rev-parse", "--verify", revision);

  /** A line for the hook: `local` to a ref of the same name that stands for `there` at the remote. */
  const line = (local: string, there: string = ZERO) =>
    `refs/heads/${local} ${id(local)} refs/heads/${local} ${there}\n`;

  /** What the push of these lines brings, and by which commit. */
  async function pushed(lines: string, to: string | null = "origin", folder = repo.root) {
    const commits: (string | undefined)[] = [];
    async function* noted(items: AsyncIterable<SourceItem>) {
      for await (const item of items) {
        commits.push(item.kind === "file" ? item.file.commit : undefined);
        yield item;
      }
    }
    const all = await told(
      noted(
        pushedFiles(
          await opened(folder),
          parsePushLines(lines),
          to === null ? null : { name: to, url: null },
        ),
      ),
    );
    return all.map((item, index) => {
      const { size: _size, ...rest } = "text" in item ? item : { ...item, size: 0 };
      return commits[index] === undefined ? rest : { ...rest, commit: commits[index] };
    });
  }
  const texts = async (...given: Parameters<typeof pushed>) =>
    (await pushed(...given)).map((item) =>
      "text" in item ? `${item.path}=${item.text}` : `${item.path}!${item.skipped}`,
    );

  it("is nothing when no ref is pushed, and when refs are only deleted", async () => {
    commit({ a: "1" });
    expect(await pushed("")).toEqual([]);
    expect(await pushed(`(delete) ${ZERO} refs/heads/x ${id("main")}\n`)).toEqual([]);
  });

  it("is every content of every commit when the branch is new, the oldest first", async () => {
    const first = commit({ b: "1", a: "1" });
    const second = commit({ a: "2" });
    expect(await pushed(line("main"))).toEqual([
      { path: "a", text: "1", previous: null, commit: first },
      { path: "b", text: "1", previous: null, commit: first },
      { path: "a", text: "2", previous: "1", commit: second },
    ]);
  });

  it("is only what the remote has not: neither what its ref holds nor what its other branches do", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    const there = id("main");
    commit({ a: "2" });
    expect(await texts(line("main", there))).toEqual(["a=2"]);
    repo.git("switch", "--quiet", "-c", "topic");
    commit({ c: "3" });
    expect(await texts(line("topic"))).toEqual(["a=2", "c=3"]);
    repo.git("push", "--quiet", "origin", "main");
    expect(await texts(line("topic"))).toEqual(["c=3"]);
    repo.git("push", "--quiet", "origin", "topic");
    repo.git("branch", "same");
    expect(await texts(line("same"))).toEqual([]);
  });

  it("is found in a commit though the next one takes it away", async () => {
    commit({ keep: "k" });
    const added = commit({ "a.env": "SECRET" });
    commit({ "a.env": null });
    expect(await pushed(line("main"))).toContainEqual({
      path: "a.env",
      text: "SECRET",
      previous: null,
      commit: added,
    });
  });

  it("is each content once for a path, by its oldest commit, and again at another path", async () => {
    const first = commit({ a: "same" });
    commit({ a: "other" });
    commit({ a: "same" });
    const renamed = commit({ a: null, b: "same" });
    const all = await pushed(line("main"));
    expect(all.filter((item) => "text" in item && item.text === "same")).toEqual([
      { path: "a", text: "same", previous: null, commit: first },
      { path: "b", text: "same", previous: null, commit: renamed },
    ]);
    expect(all).toHaveLength(3);
  });

  it("is the new commits of a forced push, and does not fail on a remote object that is unknown here", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    const there = id("main");
    repo.git("commit", "--quiet", "--amend", "-m", "rewritten");
    expect(await texts(line("main", there))).toEqual(["a=1"]);
    commit({ b: "2" });
    expect(await texts(line("main", UNKNOWN), "nowhere")).toEqual(["a=1", "b=2"]);
    expect(await texts(line("main", UNKNOWN))).toEqual(["a=1", "b=2"]);
  });

  it("leaves out what an unfetched remote branch does not share, by the last that is known of it", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    commit({ b: "2" });
    expect(await texts(line("main", UNKNOWN))).toEqual(["b=2"]);
  });

  it("is told for every ref, also for the second of two", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    repo.git("switch", "--quiet", "-c", "one");
    commit({ one: "1" });
    repo.git("switch", "--quiet", "-c", "two", "main");
    commit({ two: "2" });
    expect((await texts(line("one") + line("two"))).sort()).toEqual(["one=1", "two=2"]);
  });

  it("leaves out nothing but the push's own remote objects for a URL", async () => {
    const there = commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    commit({ b: "2" });
    expect(await texts(line("main"), "https://example.com/x?*")).toEqual(["a=1", "b=2"]);
    expect(await texts(line("main", there), "https://example.com/x?*")).toEqual(["b=2"]);
    expect(await texts(line("main"), null)).toEqual(["a=1", "b=2"]);
  });

  it("does not take another remote's branches for this one's", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    repo.git("remote", "add", "public", "https://example.com/public.git");
    expect(await texts(line("main"), "public")).toEqual(["a=1"]);
    repo.git("remote", "add", "orig", "https://example.com/orig.git");
    repo.git("config", "remote.orig/in.url", "https://example.com/in.git");
    repo.git("update-ref", "refs/remotes/orig/in/main", id("main"));
    expect(await texts(line("main"), "orig")).toEqual(["a=1"]);
    expect(await texts(line("main"), "orig/in")).toEqual([]);
    // The path of a repository beside this one, and no remote's name.
    repo.git("update-ref", "refs/remotes/origin/beside/main", id("main"));
    expect(await texts(line("main"), "origin/beside")).toEqual(["a=1"]);
  });

  it("is read though a remote-tracking ref is broken", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    repo.write(".git/refs/remotes/origin/broken", `${UNKNOWN}\n`);
    commit({ b: "2" });
    expect(await texts(line("main"))).toEqual(["b=2"]);
  });

  it("follows annotated tags, and tags of tags", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    repo.git("switch", "--quiet", "--detach");
    commit({ b: "2" });
    repo.git("tag", "-m", "one", "v1");
    repo.git("tag", "-m", "two", "v2", "v1");
    repo.git("switch", "--quiet", "main");
    expect(id("v2")).not.toBe(id("v2^{}"));
    expect(await texts(`refs/tags/v2 ${id("v2")} refs/tags/v2 ${ZERO}\n`)).toEqual(["b=2"]);
    expect(await texts(line("main", id("v2")))).toEqual([]);
  });

  it("is also what a tag of a lone file or of a folder holds", async () => {
    commit({ a: "1", "d/e": "2" });
    const blob = repo.gitWith({ input: "lone" }, "hash-object", "-w", "--stdin");
    repo.git("tag", "file", blob);
    repo.git("tag", "-m", "a folder", "folder", id("main^{tree}"));
    const lines = ["file", "folder"].map((tag) => `refs/tags/${tag} ${id(tag)} refs/tags/${tag} ${ZERO}\n`);
    expect(await pushed(lines.join(""))).toEqual([
      { path: "refs/tags/file", text: "lone", previous: null },
      { path: "a", text: "1", previous: null },
      { path: "d/e", text: "2", previous: null },
    ]);
    expect(await pushed(`refs/tags/file ${blob} refs/tags/file ${blob}\n`)).toEqual([]);
  });

  describe("by a merge", () => {
    /** Two branches, each with a change of its own in `a`, and main merged but not yet committed. */
    function merging(): void {
      commit({ a: "top\n\n\n\nbottom\n" });
      repo.git("switch", "--quiet", "-c", "side");
      commit({ a: "top\n\n\n\nbottom of side", s: "side" });
      repo.git("switch", "--quiet", "main");
      commit({ a: "top of main\n\n\n\nbottom\n", m: "main" });
      repo.git("push", "--quiet", "origin", "main", "side");
      repo.git("merge", "--quiet", "--no-ff", "--no-commit", "side");
    }

    it("is a joined file with the contents of both parents as what was there before", async () => {
      merging();
      const merge = repo.commit();
      expect(await pushed(line("main"))).toEqual([
        {
          path: "a",
          text: "top of main\n\n\n\nbottom of side",
          previous: "top of main\n\n\n\nbottom\ntop\n\n\n\nbottom of side",
          commit: merge,
        },
      ]);
    });

    it("keeps the parents' lines apart, whichever way they end and are encoded", async () => {
      const contents = (text: string) => Buffer.from(text, "utf16le").toString("latin1");
      merging();
      commit({ a: "both" });
      repo.git("push", "--quiet", "origin", "main");
      repo.git("switch", "--quiet", "-c", "left");
      repo.write("a", Buffer.from("left\n", "utf16le"));
      repo.write("b", "left");
      repo.add(".");
      const left = repo.commit();
      repo.git("switch", "--quiet", "-c", "right", "main");
      repo.write("a", Buffer.from("right", "utf16le"));
      repo.write("b", "right");
      repo.add(".");
      const right = repo.commit();
      repo.git("switch", "--quiet", "--detach");
      commit({ a: "merged", b: "merged" });
      const merge = repo.git("commit-tree", "-m", "merge", "-p", left, "-p", right, id("HEAD^{tree}"));
      repo.git("branch", "merge", merge);
      const all = await pushed(line("merge"));
      expect(all.filter((item) => "text" in item && item.text === "merged")).toEqual([
        { path: "a", text: "merged", previous: contents("left\nright"), commit: merge },
        { path: "b", text: "merged", previous: "left\nright", commit: merge },
      ]);
    });

    it("is what the merge itself adds, in a file of its own or in one of the parents'", async () => {
      merging();
      const merge = commit({ evil: "SECRET", s: "side SECRET" });
      const all = await pushed(line("main"));
      expect(all).toContainEqual({ path: "evil", text: "SECRET", previous: null, commit: merge });
      expect(all).toContainEqual({ path: "s", text: "side SECRET", previous: "side", commit: merge });
      expect(all).toHaveLength(3);
    });

    it("is nothing when the merge only joins, and the commits of the side that is new", async () => {
      commit({ a: "1" });
      repo.git("push", "--quiet", "origin", "main");
      repo.git("switch", "--quiet", "-c", "side");
      commit({ s: "side" });
      repo.git("switch", "--quiet", "main");
      commit({ m: "main" });
      repo.git("merge", "--quiet", "--no-ff", "--no-edit", "side");
      expect((await texts(line("main"))).sort()).toEqual(["m=main", "s=side"]);
    });

    it("of three branches is what none of them has", async () => {
      commit({ a: "1" });
      for (const name of ["x", "y"]) {
        repo.git("switch", "--quiet", "-c", name, "main");
        commit({ [name]: name });
      }
      repo.git("switch", "--quiet", "main");
      commit({ m: "m" });
      repo.git("push", "--quiet", "origin", "main", "x", "y");
      repo.git("merge", "--quiet", "--no-commit", "x", "y");
      const merge = commit({ octopus: "8", x: "other" });
      expect(id("HEAD^3")).toBe(id("y"));
      expect(await pushed(line("main"))).toEqual([
        { path: "octopus", text: "8", previous: null, commit: merge },
        { path: "x", text: "other", previous: "x", commit: merge },
      ]);
    });
  });

  it("is read whatever the attributes and the settings of diff say", async () => {
    repo.git("config", "diff.renames", "copies");
    repo.git("config", "diff.noprefix", "true");
    repo.git("config", "diff.ignoreSubmodules", "all");
    repo.git("config", "color.ui", "always");
    commit({ ".gitattributes": "* -diff binary\n", "a b\tc\nd": "1", ":weird": "2", "ü/€": "3" });
    expect((await texts(line("main"))).slice(1)).toEqual([":weird=2", "a b\tc\nd=1", "ü/€=3"]);
  });

  it("is a link's target, and a submodule by name only, once", async () => {
    const one = commit({ a: "1" });
    symlinkSync("SECRET/target", join(repo.root, "link"));
    repo.add("link");
    for (const submodule of [one, UNKNOWN]) {
      repo.git("update-index", "--add", "--cacheinfo", `160000,${submodule},sub`);
      repo.commit();
    }
    repo.git("rm", "--quiet", "--cached", "link");
    rmSync(join(repo.root, "link"));
    commit({ link: "a file now" });
    expect(
      await told(pushedFiles(await opened(repo.root), parsePushLines(line("main")), null)),
    ).toMatchObject([
      { path: "a", text: "1", previous: null },
      { path: "link", text: "SECRET/target", previous: null },
      { path: "sub", skipped: "submodule", incomplete: false },
      { path: "link", text: "a file now", previous: null },
    ]);
  });

  it("names a missing object, and what cannot be read is never passed over in silence", async () => {
    commit({ a: "1", b: "2" });
    const blob = id("HEAD:a");
    rmSync(join(repo.root, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    expect(await pushed(line("main"))).toMatchObject([
      { path: "a", skipped: expect.any(String), incomplete: true },
      { path: "b", text: "2" },
    ]);
    expect(await pushed(`main ${UNKNOWN} refs/heads/main ${ZERO}\n`)).toEqual([
      { path: "main", skipped: `object ${UNKNOWN} is missing`, incomplete: true },
    ]);
  });

  it("fails as a whole where history is missing, and says so without the remote's password", async () => {
    const first = commit({ a: "1" });
    commit({ a: "2" });
    rmSync(join(repo.root, ".git/objects", first.slice(0, 2), first.slice(2)));
    const failure = await pushed(line("main"), "https://me:password@example.com/").catch((error) => error);
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure).toMatchObject({ kind: "incomplete", message: expect.not.stringContaining("password") });
  });

  it("is all that a shallow clone's oldest commit holds, if the remote is not known to have it", async () => {
    commit({ a: "1" });
    commit({ b: "2" });
    commit({ c: "3" });
    repo.git("push", "--quiet", "origin", "main");
    const clone = await makeRepository();
    try {
      clone.git("fetch", "--quiet", "--depth=1", `file://${remote.root}`, "main");
      clone.git("reset", "--quiet", "--hard", "FETCH_HEAD");
      clone.write("d", "4");
      clone.add("d");
      const here = `refs/heads/main ${clone.commit()} refs/heads/main`;
      expect(existsSync(join(clone.root, ".git/shallow"))).toBe(true);
      expect(await texts(`${here} ${ZERO}\n`, "origin", clone.root)).toEqual(["a=1", "b=2", "c=3", "d=4"]);
      expect(await texts(`${here} ${id("main")}\n`, "origin", clone.root)).toEqual(["d=4"]);
    } finally {
      clone.remove();
    }
  });

  it("can be pushed from a bare repository", async () => {
    commit({ a: "1" });
    repo.git("push", "--quiet", "origin", "main");
    expect(await texts(line("main"), "elsewhere", remote.root)).toEqual(["a=1"]);
  });

  it("is read in more than one part when there are thousands of commits", async () => {
    const commits = Array.from({ length: 2100 }, (_, n) =>
      [
        "commit refs/heads/long",
        `committer Ada <ada@example.com> ${1_700_000_000 + n} +0000`,
        "data 1\nm",
        `M 644 inline f${n % 3}`,
        `data ${String(n).length}\n${n}\n`,
      ].join("\n"),
    );
    repo.gitWith({ input: commits.join("") }, "fast-import", "--quiet");
    const all = await texts(line("long"));
    expect(all).toHaveLength(2100);
    expect(all.slice(-2)).toEqual(["f1=2098", "f2=2099"]);
  });
});

describe("a SHA-256 repository", () => {
  it("pushes what its commits bring", async () => {
    const repo = await makeRepository("--object-format=sha256");
    try {
      repo.write("a", "1");
      repo.add("a");
      const first = repo.commit();
      repo.write("a", "2");
      repo.add("a");
      const refs = parsePushLines(`refs/heads/main ${repo.commit()} refs/heads/main ${"0".repeat(64)}\n`);
      const later = parsePushLines(`refs/heads/main ${repo.commit()} refs/heads/main ${first}\n`);
      const repository = await opened(repo.root);
      expect(await told(pushedFiles(repository, refs, null))).toEqual([
        { path: "a", text: "1", size: 1, previous: null },
        { path: "a", text: "2", size: 1, previous: "1" },
      ]);
      expect(await told(pushedFiles(repository, later, null))).toEqual([
        { path: "a", text: "2", size: 1, previous: "1" },
      ]);
    } finally {
      repo.remove();
    }
  });
});
