import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HOOK_NAMES } from "../../src/install/hook-text.js";
import { type Installation, installHooks } from "../../src/install/install-hooks.js";
import { OWN_PROGRAM, ownHook } from "../../src/install/own-files.js";
import { repositoryOf } from "../../src/sources/repository.js";
import { HUSKY } from "../husky.js";
import { cleanEnvironment, makeRepository, type TestRepository, temporaryFolder } from "../repository.js";

let repository: TestRepository;
let aside: string;

beforeEach(async () => {
  repository = await makeRepository();
  aside = temporaryFolder();
});
afterEach(() => {
  repository.remove();
  rmSync(aside, { recursive: true, force: true });
});

async function init(folder = repository.root): Promise<Installation> {
  const found = await repositoryOf(folder, cleanEnvironment(), folder);
  if (found === null) throw new Error(`no repository at ${folder}`);
  return installHooks(found);
}

const read = (path: string): string => readFileSync(join(repository.root, path), "latin1");
const results = (installation: Installation): readonly string[] =>
  installation.hooks.map((hook) => (hook.result === "refused" ? hook.refusal.kind : hook.result));
const paths = (installation: Installation): readonly string[] => installation.hooks.map((hook) => hook.path);
const modeOf = (path: string): number => statSync(join(repository.root, path)).mode & 0o777;
const blocksIn = (path: string): number => read(path).match(/^# >>> aura-scan >>>$/gm)?.length ?? 0;

const writeHook = (path: string, content: string, mode = 0o755): void => {
  chmodSync(repository.write(path, content), mode);
};

/** The environment in which the hooks find a scanner that notes its call in `order` and ends with `code`. */
function scannerThatEnds(code: number): NodeJS.ProcessEnv {
  const scanner = join(aside, "scanner");
  writeFileSync(scanner, `#!/bin/sh\necho aura-scan >>'${repository.root}/order'\nexit ${code}\n`);
  chmodSync(scanner, 0o755);
  return { AURA_SCAN_BIN: scanner };
}

/** Commits with git's hooks running; what ran, in its order. */
function commitAnd(code: number, cwd = repository.root): { readonly passed: boolean; readonly ran: string } {
  const order = join(repository.root, "order");
  rmSync(order, { force: true });
  const { status } = spawnSync("git", ["commit", "--allow-empty", "-qm", "a commit"], {
    cwd,
    env: { ...cleanEnvironment(), ...scannerThatEnds(code) },
  });
  return {
    passed: status === 0,
    ran: existsSync(order) ? readFileSync(order, "utf8").trim().replaceAll("\n", " ") : "",
  };
}

function setUpHusky(folder?: string): void {
  const { status } = spawnSync(process.execPath, [HUSKY, ...(folder === undefined ? [] : [folder])], {
    cwd: repository.root,
    env: cleanEnvironment(),
  });
  expect(status).toBe(0);
}

describe("in a fresh repository", () => {
  it("both hooks are written whole and executable", async () => {
    expect(results(await init())).toEqual(["created", "created"]);
    for (const name of HOOK_NAMES) {
      expect(read(`.git/hooks/${name}`)).toBe(ownHook(name));
      expect(modeOf(`.git/hooks/${name}`)).toBe(0o755);
    }
    expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
    expect(commitAnd(0)).toEqual({ passed: true, ran: "aura-scan" });
  });

  it("the second time nothing changes", async () => {
    await init();
    const before = lstatSync(join(repository.root, ".git/hooks/pre-commit"));
    const again = await init();
    expect(results(again)).toEqual(["present", "present"]);
    expect(again.note.result).toBe("present");
    expect(lstatSync(join(repository.root, ".git/hooks/pre-commit")).ino).toBe(before.ino);
  });

  it("a hook of ours that lost its mode gets it back", async () => {
    await init();
    chmodSync(join(repository.root, ".git/hooks/pre-push"), 0o644);
    expect(results(await init())).toEqual(["present", "updated"]);
    expect(modeOf(".git/hooks/pre-push")).toBe(0o755);
  });

  it("nothing is left beside the hooks", async () => {
    const before = readdirSync(join(repository.root, ".git/hooks"));
    await init();
    expect(readdirSync(join(repository.root, ".git/hooks")).sort()).toEqual(
      [...before, ...HOOK_NAMES].sort(),
    );
  });

  it("where the scanner stands is noted in the repository's own settings, once", async () => {
    repository.git("config", "--add", "aura-scan.bin", "/old");
    repository.git("config", "--add", "aura-scan.bin", "/older");
    expect((await init()).note).toEqual({
      result: "written",
      path: join(repository.root, ".git/config"),
    });
    expect(repository.git("config", "--local", "--get-all", "aura-scan.bin")).toBe(OWN_PROGRAM);
    expect(repository.git("config", "--local", "--get-all", "aura-scan.node")).toBe(process.execPath);
  });

  it("the hooks folder is made where there is none, and from any folder of the repository", async () => {
    rmSync(join(repository.root, ".git/hooks"), { recursive: true });
    repository.write("a/b/c", "");
    expect(results(await init(join(repository.root, "a/b")))).toEqual(["created", "created"]);
    expect(existsSync(join(repository.root, ".git/hooks/pre-commit"))).toBe(true);
  });
});

describe("a hook that is there", () => {
  it("and that git cannot run, for a carriage return ends its first line, is left alone and told", async () => {
    const text = "#!/bin/bash\r\necho theirs\r\n";
    writeHook(".git/hooks/pre-commit", text);
    expect(results(await init())).toEqual(["carriage-return", "created"]);
    expect(read(".git/hooks/pre-commit")).toBe(text);
    expect(commitAnd(0)).toEqual({ passed: false, ran: "" });
  });

  it("still runs, after ours, and not at all when ours blocks", async () => {
    writeHook(".git/hooks/pre-commit", "#!/bin/sh\necho theirs >>order\n");
    expect(results(await init())).toEqual(["added", "created"]);
    await init();
    expect(blocksIn(".git/hooks/pre-commit")).toBe(1);
    expect(commitAnd(0)).toEqual({ passed: true, ran: "aura-scan theirs" });
    expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
  });

  it("still runs without a shebang", async () => {
    writeHook(".git/hooks/pre-commit", "echo theirs >>order\n");
    await init();
    expect(commitAnd(0)).toEqual({ passed: true, ran: "aura-scan theirs" });
  });

  it("keeps its mode", async () => {
    writeHook(".git/hooks/pre-commit", "#!/bin/sh\ntrue\n", 0o700);
    await init();
    expect(modeOf(".git/hooks/pre-commit")).toBe(0o700);
  });

  it("is left alone when it is no shell script", async () => {
    const python = "#!/usr/bin/env python3\nprint('theirs')\n";
    writeHook(".git/hooks/pre-commit", python);
    const { hooks } = await init();
    expect(hooks[0]).toMatchObject({
      result: "refused",
      refusal: { kind: "foreign", language: "python3" },
    });
    expect(hooks[1]).toMatchObject({ result: "created" });
    expect(read(".git/hooks/pre-commit")).toBe(python);
  });

  it("is left alone when git does not run it: its code would run from then on", async () => {
    writeHook(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n", 0o644);
    expect(results(await init())).toEqual(["switched-off", "created"]);
    expect(read(".git/hooks/pre-commit")).toBe("#!/bin/sh\nexit 1\n");
    expect(modeOf(".git/hooks/pre-commit")).toBe(0o644);
  });

  it("is left alone when our block in it is broken", async () => {
    writeHook(".git/hooks/pre-push", "#!/bin/sh\n# >>> aura-scan >>>\ntrue\n");
    expect(results(await init())).toEqual(["created", "damaged"]);
  });
});

describe("a hook that is a link", () => {
  const link = (target: string, name: string): void =>
    symlinkSync(target, join(repository.root, ".git/hooks", name));

  it("stays one, and the file in the repository that it leads to gets the block", async () => {
    writeHook("tools/check.sh", "#!/bin/sh\necho theirs >>order\n");
    link("../../tools/check.sh", "pre-commit");
    expect(results(await init())).toEqual(["added", "created"]);
    expect(lstatSync(join(repository.root, ".git/hooks/pre-commit")).isSymbolicLink()).toBe(true);
    expect(blocksIn("tools/check.sh")).toBe(1);
    expect(commitAnd(0)).toEqual({ passed: true, ran: "aura-scan theirs" });
  });

  it("is not followed out of the repository", async () => {
    const outside = join(aside, "hook");
    writeFileSync(outside, "#!/bin/sh\ntrue\n", { mode: 0o755 });
    link(outside, "pre-commit");
    expect(results(await init())).toEqual(["link-outside", "created"]);
    expect(readFileSync(outside, "utf8")).toBe("#!/bin/sh\ntrue\n");
  });

  it("is left alone when other hooks lead to the same file", async () => {
    writeHook("tools/all.sh", "#!/bin/sh\ntrue\n");
    link("../../tools/all.sh", "pre-commit");
    link("../../tools/all.sh", "pre-push");
    expect(results(await init())).toEqual(["link-shared", "link-shared"]);
    expect(read("tools/all.sh")).toBe("#!/bin/sh\ntrue\n");
  });

  it("is a fault when it leads nowhere", async () => {
    link("gone", "pre-commit");
    expect(results(await init())).toEqual(["fault", "created"]);
  });
});

describe("core.hooksPath", () => {
  it.each(["tools/git hooks", "./tools/git hooks/"])(
    "inside the repository is where the hooks go: %s",
    async (folder) => {
      repository.git("config", "core.hooksPath", folder);
      const installation = await init();
      expect(results(installation)).toEqual(["created", "created"]);
      expect(installation.lacksScanner).toBe(true);
      expect(blocksIn("tools/git hooks/pre-commit")).toBe(1);
      expect(existsSync(join(repository.root, ".git/hooks/pre-commit"))).toBe(false);
      expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
    },
  );

  it("may be absolute", async () => {
    repository.git("config", "core.hooksPath", join(repository.root, "tools"));
    expect(results(await init())).toEqual(["created", "created"]);
    expect(blocksIn("tools/pre-push")).toBe(1);
  });

  it("is taken from the last setting that git reads", async () => {
    repository.git("config", "--add", "core.hooksPath", "first");
    repository.git("config", "--add", "core.hooksPath", "second");
    expect(paths(await init())).toEqual(HOOK_NAMES.map((name) => join(repository.root, "second", name)));
  });

  it.each([["outside", () => aside]])("%s is not touched", async (_, value) => {
    repository.git("config", "core.hooksPath", value());
    expect(results(await init())).toEqual(["outside", "outside"]);
    expect(readdirSync(aside)).toEqual([]);
    expect(existsSync(join(repository.root, ".git/hooks/pre-commit"))).toBe(false);
  });

  it.each(["/dev/null", "file/hooks", ""])("where no hook can be (%j) is told once", async (value) => {
    repository.write("file", "");
    repository.git("config", "core.hooksPath", value);
    const { hooks, nowhere } = await init();
    expect({ hooks, nowhere }).toEqual({
      hooks: [],
      nowhere: value === "" ? resolve("/") : resolve(repository.root, value),
    });
    expect(existsSync(join(repository.root, ".git/hooks/pre-commit"))).toBe(false);
  });

  it("that looks inside and is a link to the outside is not touched", async () => {
    symlinkSync(aside, join(repository.root, "tools"));
    repository.git("config", "core.hooksPath", "tools");
    expect(results(await init())).toEqual(["outside", "outside"]);
    expect(readdirSync(aside)).toEqual([]);
  });
});

describe("with husky", () => {
  it("both of its files get the block in front, once, and they run in that order", async () => {
    setUpHusky();
    repository.write(".husky/pre-commit", "echo theirs >>order\n");
    const installation = await init();
    expect(results(installation)).toEqual(["added", "created"]);
    expect(installation.lacksScanner).toBe(true);
    await init();
    expect(blocksIn(".husky/pre-commit")).toBe(1);
    expect(blocksIn(".husky/pre-push")).toBe(1);
    expect(modeOf(".husky/pre-commit")).toBe(0o644);
    expect(read(".husky/pre-commit").endsWith("# <<< aura-scan <<<\necho theirs >>order\n")).toBe(true);
    expect(existsSync(join(repository.root, ".git/hooks/pre-commit"))).toBe(false);
    expect(commitAnd(0)).toEqual({ passed: true, ran: "aura-scan theirs" });
    expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
  });

  it("lines with CRLF keep it, and ours have none", async () => {
    setUpHusky();
    repository.write(".husky/pre-commit", "echo a\r\necho b\r\n");
    await init();
    const [ours = "", theirs] = read(".husky/pre-commit").split(/(?<=# <<< aura-scan <<<\n)/);
    expect(ours).not.toContain("\r");
    expect(theirs).toBe("echo a\r\necho b\r\n");
  });

  it("its folder may have any name", async () => {
    setUpHusky("config/hooks");
    expect(paths(await init())).toEqual(
      HOOK_NAMES.map((name) => join(repository.root, "config/hooks", name)),
    );
    expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
  });

  it("git may run its files directly, as before version 9", async () => {
    repository.git("config", "core.hooksPath", ".husky");
    writeHook(
      ".husky/pre-commit",
      '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\necho theirs >>order\n',
    );
    repository.write(".husky/_/husky.sh", "");
    expect(results(await init())).toEqual(["added", "created"]);
    expect(commitAnd(0)).toEqual({ passed: true, ran: "aura-scan theirs" });
  });

  it.each([
    ["a .husky folder", ".husky/commit-msg", "true\n"],
    ["a devDependency", "package.json", '{"devDependencies":{"husky":"^9"}}'],
    ["a dependency", "package.json", '{"dependencies":{"husky":"^9"}}'],
    ["a prepare script", "package.json", '{"scripts":{"prepare":"husky || true"}}'],
  ])("not set up in this clone (%s), commits are guarded now and when it is", async (_, path, content) => {
    repository.write(path, content);
    expect(paths(await init())).toEqual(
      [".husky", ".git/hooks"].flatMap((folder) =>
        HOOK_NAMES.map((name) => join(repository.root, folder, name)),
      ),
    );
    expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
    setUpHusky();
    expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
    expect(commitAnd(0)).toEqual({ passed: true, ran: "aura-scan" });
  });

  it.each(["", "{", "null", '{"scripts":{"prepare":"build"}}'])(
    "package.json %j asks for none",
    async (content) => {
      repository.write("package.json", content);
      await init();
      expect(existsSync(join(repository.root, ".husky"))).toBe(false);
    },
  );

  it("git that looks for husky's hooks where there are none is told of", async () => {
    setUpHusky();
    rmSync(join(repository.root, ".husky/_"), { recursive: true });
    const installation = await init();
    expect(installation.huskyMissing).toBe(join(repository.root, ".husky/_"));
    expect(results(installation)).toEqual(["created", "created"]);
    setUpHusky();
    expect((await init()).huskyMissing).toBeNull();
  });
});

describe("a linked worktree", () => {
  it("has the hooks of its repository", async () => {
    repository.commit();
    const worktree = join(aside, "a worktree");
    repository.git("worktree", "add", "-q", "-b", "side", worktree);
    expect(paths(await init(worktree))).toEqual(
      HOOK_NAMES.map((name) => join(repository.root, ".git/hooks", name)),
    );
    expect(commitAnd(1, worktree)).toEqual({ passed: false, ran: "aura-scan" });
    expect(commitAnd(1)).toEqual({ passed: false, ran: "aura-scan" });
    expect(results(await init())).toEqual(["present", "present"]);
  });

  it("with a relative core.hooksPath has hooks of its own", async () => {
    repository.commit();
    repository.git("config", "core.hooksPath", "hooks");
    const worktree = join(aside, "other");
    repository.git("worktree", "add", "-q", worktree);
    expect(paths(await init(worktree))).toEqual(HOOK_NAMES.map((name) => join(worktree, "hooks", name)));
    expect(commitAnd(1, worktree)).toEqual({ passed: false, ran: "aura-scan" });
  });
});

describe("what cannot be written", () => {
  const reasons = ({ hooks }: Installation) =>
    hooks.map((hook) =>
      hook.result === "refused" && hook.refusal.kind === "fault" ? hook.refusal.reason : hook.result,
    );

  it("is told with its reason: a file stands where the hooks folder should be", async () => {
    rmSync(join(repository.root, ".git/hooks"), { recursive: true });
    repository.write(".git/hooks", "kept");
    const reason = "a file stands where its folder should be";
    expect(reasons(await init())).toEqual([reason, reason]);
    expect(read(".git/hooks")).toBe("kept");
  });

  it("is told with its reason: a folder stands where the hook should be", async () => {
    repository.write(".git/hooks/pre-commit/a", "kept");
    expect(reasons(await init())).toEqual(["a folder stands in its place", "created"]);
    expect(read(".git/hooks/pre-commit/a")).toBe("kept");
  });

  it("the note is one of it, and the hooks are written all the same", async () => {
    mkdirSync(join(repository.root, ".git/config.lock"));
    const installation = await init();
    expect(results(installation)).toEqual(["created", "created"]);
    expect(installation.note.result).toBe("refused");
  });
});

describe("the note", () => {
  /** Runs the hook with none of npm's folders on PATH. */
  const runHook = (env: NodeJS.ProcessEnv = {}) =>
    spawnSync(join(repository.root, ".git/hooks/pre-commit"), [], {
      cwd: repository.root,
      env: { ...cleanEnvironment(), HOME: aside, PATH: "/usr/bin:/bin", ...env },
      encoding: "utf8",
    });
  const script = (path: string, words: string): string => {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${words}\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it("is how the hooks find the scanner and node where nothing else does", async () => {
    await init();
    const bin = script(join(aside, "the scanner/aura-scan.js"), "exit 9");
    const node = script(join(aside, "the node/node"), 'printf "%s|" "$@"');
    repository.git("config", "aura-scan.bin", bin);
    repository.git("config", "aura-scan.node", node);
    expect(runHook()).toMatchObject({ status: 0, stdout: `${bin}|--staged|`, stderr: "" });
  });

  it("gives way to the repository's own scanner", async () => {
    await init();
    script(join(repository.root, "node_modules/.bin/aura-scan"), "echo own");
    expect(runHook()).toMatchObject({ status: 0, stdout: "own\n" });
  });

  it("is how a git client that was started from the desktop finds node", async () => {
    await init();
    const tools = join(aside, "tools");
    script(join(tools, "aura-scan"), "command -v node");
    for (const tool of ["sh", "git", "ls", "sed", "sort"]) {
      const place = spawnSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).stdout.trim();
      symlinkSync(place, join(tools, tool));
    }
    const node = script(join(aside, "the node/node"), "");
    repository.git("config", "aura-scan.node", node);
    expect(runHook({ PATH: tools })).toMatchObject({ status: 0, stdout: `${node}\n`, stderr: "" });
  });

  it("of a scanner that is gone lets nothing through", async () => {
    await init();
    repository.git("config", "aura-scan.bin", join(aside, "gone.js"));
    repository.git("config", "aura-scan.node", join(aside, "gone"));
    expect(runHook().status).toBe(3);
  });
});
