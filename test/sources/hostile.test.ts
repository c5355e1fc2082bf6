import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pathFiles } from "../../src/sources/paths.js";
import type { PushedRef } from "../../src/sources/push-lines.js";
import { pushedFiles } from "../../src/sources/pushed.js";
import type { Repository } from "../../src/sources/repository.js";
import type { SourceItem } from "../../src/sources/source.js";
import { stagedFiles } from "../../src/sources/staged.js";
import { treeFiles } from "../../src/sources/tree.js";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { historyFiles } from "./history-files.js";
import { opened, told } from "./items.js";

const modes: Record<string, (repository: Repository) => AsyncIterable<SourceItem>> = {
  staged: (repository) => stagedFiles(repository),
  tree: (repository) => treeFiles(repository),
  paths: (repository) => pathFiles(["."], repository.root, repository),
  pushed: (repository) => pushedFiles(repository, [headOf(repository)], null),
  history: historyFiles,
};

/** What of `a.env` each mode reads. */
const content: Record<string, string> = {
  staged: "A=2\n",
  tree: "A=3, and longer\n",
  paths: "A=3, and longer\n",
  pushed: "A=1\n",
  history: "A=1\n",
};

function headOf(repository: Repository): PushedRef {
  const localOid = execFileSync("git", ["rev-parse", "HEAD"], {
    cwd: repository.root,
    encoding: "utf8",
  }).trim();
  return { localRef: "refs/heads/main", localOid, remoteRef: "refs/heads/main", remoteOid: null };
}

describe.skipIf(process.platform === "win32")("a repository whose own settings name programs", () => {
  let repo: TestRepository;
  let outside: string;
  beforeEach(async () => {
    repo = await makeRepository();
    outside = temporaryFolder();
  });
  afterEach(() => {
    repo.remove();
    rmSync(outside, { recursive: true, force: true });
  });

  const canary = () => join(outside, "canary");

  /** Staged, changed and untracked files; then settings that run a program wherever git lets them. */
  function arm(): void {
    repo.write(".gitattributes", "* filter=evil diff=evil merge=evil text=auto\n");
    repo.write("a.env", "A=1\n");
    repo.add(".");
    repo.commit();
    repo.write("a.env", "A=2\n");
    repo.add("a.env");
    repo.write("a.env", "A=3, and longer\n");
    repo.write("untracked.txt", "u\n");
    const program = repo.write(".git/evil.sh", `#!/bin/sh\ndate >> '${canary()}'\ncat\n`);
    chmodSync(program, 0o755);
    for (const hook of ["post-index-change", "reference-transaction", "pre-commit"]) {
      chmodSync(repo.write(`.git/evil/${hook}`, `#!/bin/sh\ndate >> '${canary()}'\n`), 0o755);
    }
    const settings = [
      ["core.fsmonitor", program],
      ["core.hooksPath", join(repo.root, ".git/evil")],
      ["core.pager", program],
      ["pager.diff-index", "true"],
      ["pager.ls-files", program],
      ["core.editor", program],
      ["core.sshCommand", program],
      ["core.askPass", program],
      ["core.gitProxy", program],
      ["core.alternateRefsCommand", program],
      ["credential.helper", `!${program}`],
      ["diff.external", program],
      ["diff.evil.command", program],
      ["diff.evil.textconv", program],
      ["diff.noprefix", "true"],
      ["filter.evil.clean", program],
      ["filter.evil.smudge", program],
      ["filter.evil.process", program],
      ["filter.evil.required", "true"],
      ["merge.evil.driver", program],
      ["gpg.program", program],
      ["log.showSignature", "true"],
      ["interactive.diffFilter", program],
      ["alias.diff-index", `!${program}`],
      ["color.ui", "always"],
      ["core.quotePath", "true"],
      ["diff.relative", "true"],
    ];
    for (const [name = "", value = ""] of settings) repo.git("config", name, value);
    rmSync(canary(), { force: true });
  }

  it("does run them when git is asked plainly, so this test can fail", () => {
    arm();
    try {
      repo.git("status");
    } catch {
      // Whether git minds what the program answers depends on how fresh its index is; that it ran is what counts.
    }
    expect(existsSync(canary())).toBe(true);
  });

  it.each(Object.keys(modes))(
    "runs none of them in %s mode, and reads the content that is there",
    async (mode) => {
      arm();
      const repository = await opened(repo.root);
      const items = await told(modes[mode]?.(repository) ?? treeFiles(repository));
      expect(items.find(({ path }) => path === "a.env")).toMatchObject({ text: content[mode] });
      expect(existsSync(canary())).toBe(false);
    },
  );

  it.each(Object.keys(modes))(
    "writes nothing into git's folder in %s mode, and takes no lock",
    async (mode) => {
      arm();
      const state = () => {
        const gitDir = join(repo.root, ".git");
        return readdirSync(gitDir, { recursive: true, encoding: "utf8" })
          .sort()
          .map((name) => [name, statSync(join(gitDir, name)).mtimeMs]);
      };
      const before = state();
      const index = readFileSync(join(repo.root, ".git/index"));
      repo.write(".git/index.lock", "");
      const repository = await opened(repo.root);
      expect((await told(modes[mode]?.(repository) ?? treeFiles(repository))).length).toBeGreaterThan(0);
      rmSync(join(repo.root, ".git/index.lock"));
      expect(state()).toEqual(before);
      expect(readFileSync(join(repo.root, ".git/index"))).toEqual(index);
    },
  );

  it("reads the real object where a replacement is set up", async () => {
    repo.write("a", "harmless\n");
    repo.add("a");
    const harmless = repo.git("rev-parse", ":a");
    repo.write("a", "the real one\n");
    repo.add("a");
    repo.git("replace", repo.git("rev-parse", ":a"), harmless);
    expect(await told(stagedFiles(await opened(repo.root)))).toMatchObject([{ text: "the real one\n" }]);
  });

  it("downloads nothing in a partial clone: the object is named as missing", async () => {
    repo.write("a", "first\n");
    repo.write("b", "b\n");
    repo.add(".");
    repo.commit();
    repo.git("config", "uploadpack.allowFilter", "true");
    const clone = join(outside, "clone");
    const options = ["--quiet", "--no-checkout", "--filter=blob:none"];
    repo.git("clone", ...options, `file://${repo.root}`, clone);
    const within = (...args: string[]) => repo.gitWith({ cwd: clone }, ...args);
    const program = repo.write("evil.sh", `#!/bin/sh\ndate >> '${canary()}'\nexit 1\n`);
    chmodSync(program, 0o755);
    within("config", "remote.origin.uploadpack", program);
    within("config", "remote.origin.url", `ext::${program}`);
    within("config", "protocol.ext.allow", "always");
    within("read-tree", "--empty");
    within("update-index", "--add", "--cacheinfo", `100755,${repo.git("rev-parse", "HEAD:a")},a`);
    within("update-index", "--add", "--cacheinfo", `100755,${repo.git("rev-parse", "HEAD:b")},c`);
    expect(() => within("cat-file", "blob", ":a")).toThrow();
    expect(existsSync(canary()), "plain git runs the program").toBe(true);
    rmSync(canary());
    const items = await told(stagedFiles(await opened(clone)));
    expect(items).toMatchObject([
      { path: "a", incomplete: true },
      { path: "c", incomplete: true },
    ]);
    expect(existsSync(canary())).toBe(false);
  });
});
