import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, makeRepository, type TestRepository, temporaryFolder } from "../repository.js";

const HOOKS = fileURLToPath(new URL("../../hooks/", import.meta.url));
const NAMES = ["pre-commit", "pre-push"] as const;
type Name = (typeof NAMES)[number];

/** The shells of this machine: `sh` is dash on Debian, bash on a Mac and in Git for Windows. */
const SHELLS = ["sh", "dash", "bash", "ksh"].filter((shell) => spawnSync(shell, ["-c", ":"]).status === 0);

/** Where a program of this machine stands. */
const placeOf = (program: string): string =>
  execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();

const source = (name: Name): string => readFileSync(join(HOOKS, name), "utf8");

describe.each(NAMES)("hooks/%s", (name) => {
  it("is a first line and one block that can be put in and taken out, with LF only", () => {
    expect(source(name)).toMatch(/^#!\/bin\/sh\n# >>> aura-scan >>>\n[^\r]*\n# <<< aura-scan <<<\n$/);
    expect(source(name).match(/(?:>>>|<<<) aura-scan/g)).toHaveLength(2);
  });

  it.each(SHELLS)("is understood by %s", (shell) => {
    expect(spawnSync(shell, ["-n", join(HOOKS, name)], { encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  it("names all that it defines aura_scan_…", () => {
    const names = [...source(name).matchAll(/^\s*(?:for |read -r )?([A-Za-z_]\w*)(?:\(\)|=| in )/gm)].map(
      ([, word]) => word,
    );
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((word) => word !== "PATH" && word?.startsWith("aura_scan_") !== true)).toEqual([]);
  });
});

describe("both hooks", () => {
  it("look for node and for the scanner in the same words", () => {
    const finding = (name: Name): string =>
      /^ {2}aura_scan_stop\(\) \{$.*?its path'\n {2}fi$/ms.exec(source(name))?.[0] ?? name;
    expect(finding("pre-commit")).toBe(finding("pre-push"));
  });
});

describe.each(
  SHELLS.flatMap((shell) => [[shell], [shell, "-e"], [shell, "-eu"]]).map((words) => words.join(" ")),
)("run by %s", (words) => {
  const [shell = "sh", ...flags] = words.split(" ");
  let folder = "";
  let tools = "";
  let top = "";
  let log = "";

  beforeEach(() => {
    folder = join(temporaryFolder(), "with a space");
    top = join(folder, "the repository");
    tools = join(folder, "tools");
    log = join(folder, "log");
    for (const path of [top, tools]) mkdirSync(path, { recursive: true });
    for (const tool of ["sh", "cat", "ls", "sed", "sort", "git", "wc"])
      symlinkSync(placeOf(tool), join(tools, tool));
    execFileSync("git", ["init", "--quiet", top], { env: cleanEnvironment() });
  });
  afterEach(() => rmSync(dirname(folder), { recursive: true, force: true }));

  const program = (path: string, script: string): string => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  };
  /** A scanner that notes who it is, its arguments and its standard input, and ends as told. */
  const scanner = (path: string, who: string): string =>
    program(path, `{ printf '%s:' '${who}' "$@"; cat; } >>'${log}'\nexit "\${FAKE_EXIT:-0}"`);
  const node = (bin: string): string =>
    program(join(bin, "node"), `printf 'node:' >>'${log}'\n[ $# -eq 0 ] || exec sh "$@"`);
  const logged = (): string => (existsSync(log) ? readFileSync(log, "utf8") : "");

  const run = (
    hook: string,
    options: {
      readonly env?: NodeJS.ProcessEnv;
      readonly input?: string;
      readonly args?: readonly string[];
    } = {},
  ) => {
    const { status, stderr, stdout } = spawnSync(placeOf(shell), [...flags, hook, ...(options.args ?? [])], {
      cwd: top,
      env: { PATH: tools, HOME: join(folder, "home"), ...options.env },
      input: options.input ?? "",
      encoding: "utf8",
    });
    return { status, stderr, stdout };
  };
  const hook = (name: Name): string => join(HOOKS, name);
  /** The hook with a team's own code below. */
  const hookWith = (name: Name, code: string): string => {
    const path = join(folder, `own ${name}`);
    copyFileSync(hook(name), path);
    appendFileSync(path, `${code}\n`);
    return path;
  };
  const PUSH = {
    args: ["origin", "git@host:a b.git"],
    input: "refs/heads/a$(x)`y`\\z 1 refs/heads/b 2\nrefs/heads/c 3 refs/heads/d 4\n",
  };

  it("keeps from Node the certificates that it would read before it starts, and gives them back to what follows", () => {
    const told = program(join(folder, "told"), `printf '%s' "\${NODE_EXTRA_CA_CERTS-none}" >>'${log}'`);
    const hook = join(folder, "hook");
    writeFileSync(hook, `${source("pre-commit")}printf ' %s' "$NODE_EXTRA_CA_CERTS" >>'${log}'\n`);
    const env = { AURA_SCAN_BIN: told, NODE_EXTRA_CA_CERTS: "/some.pem" };
    node(tools);
    expect(run(hook, { env })).toMatchObject({ status: 0, stderr: "" });
    expect(logged()).toBe("none /some.pem");
  });

  it("pre-commit looks at what is staged", () => {
    node(tools);
    scanner(join(tools, "aura-scan"), "path");
    expect(run(hook("pre-commit"))).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(logged()).toBe("path:--staged:");
  });

  it("pre-commit looks at the files that a hook manager names, and at what is staged", () => {
    node(tools);
    scanner(join(tools, "aura-scan"), "path");
    expect(run(hook("pre-commit"), { args: ["a b.ts", "-c"] })).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(logged()).toBe("path:--files:--:a b.ts:-c:");
  });

  it("pre-push hands on what git told it", () => {
    node(tools);
    scanner(join(tools, "aura-scan"), "path");
    expect(run(hook("pre-push"), PUSH)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(logged()).toBe(`path:pre-push:origin:git@host:a b.git:${PUSH.input}`);
  });

  it("pre-push with nothing to push hands on nothing", () => {
    node(tools);
    scanner(join(tools, "aura-scan"), "path");
    const own = hookWith("pre-push", "wc -c");
    expect(run(own, { args: ["origin", "url"] }).stdout.trim()).toBe("0");
    expect(logged()).toBe("path:pre-push:origin:url:");
  });

  it.each([1, 2, 3, 127])(
    "the scanner's exit code %i is the hook's, and the code below is not reached",
    (code) => {
      node(tools);
      scanner(join(tools, "aura-scan"), "path");
      for (const name of NAMES) {
        const own = hookWith(name, "echo reached");
        expect(run(own, { env: { FAKE_EXIT: String(code) }, input: "a\n" })).toEqual({
          status: code,
          stdout: "",
          stderr: "",
        });
      }
    },
  );

  it("the code below finds the arguments, standard input, PATH and variables as git gave them", () => {
    node(join(folder, "home/.volta/bin"));
    scanner(join(tools, "aura-scan"), "path");
    const code = 'printf "%s|" "$#" "$@" "$PATH"; cat; set | sed -n "s/^\\(aura_scan[^=]*\\).*/\\1/p"';
    expect(run(hookWith("pre-push", code), PUSH).stdout).toBe(
      `2|origin|git@host:a b.git|${tools}|${PUSH.input}`,
    );
    expect(run(hookWith("pre-commit", code), { input: "typed" }).stdout).toBe(`0|${tools}|typed`);
  });

  it("ten thousand refs reach the scanner and the code below", () => {
    node(tools);
    scanner(join(tools, "aura-scan"), "path");
    const input = Array.from({ length: 10_000 }, (_, at) => `refs/heads/${at} 1 refs/heads/${at} 2\n`).join(
      "",
    );
    expect(run(hookWith("pre-push", "cat"), { input })).toEqual({ status: 0, stdout: input, stderr: "" });
    expect(logged()).toBe(`path:pre-push:${input}`);
  });

  it("the scanner is AURA_SCAN_BIN, else the repository's own, else the one on PATH, else npx's", () => {
    node(tools);
    program(join(tools, "npx"), `[ "$3" = --version ] || { printf 'npx:'; printf '%s:' "$@"; } >>'${log}'`);
    const who = (env: NodeJS.ProcessEnv = {}): string => {
      rmSync(log, { force: true });
      expect(run(hook("pre-commit"), { env })).toEqual({ status: 0, stdout: "", stderr: "" });
      return logged();
    };
    expect(who()).toBe("npx:--no-install:aura-scan:--staged:");
    scanner(join(tools, "aura-scan"), "path");
    expect(who()).toBe("path:--staged:");
    scanner(join(top, "node_modules/.bin/aura-scan"), "own");
    expect(who()).toBe("own:--staged:");
    expect(who({ AURA_SCAN_BIN: "" })).toBe("own:--staged:");
    const told = scanner(join(folder, "a scanner"), "told");
    expect(who({ AURA_SCAN_BIN: told })).toBe("told:--staged:");
    const script = scanner(join(folder, "scanner.js"), "script");
    chmodSync(script, 0o644);
    expect(who({ AURA_SCAN_BIN: script })).toBe("node:script:--staged:");
  });

  it("a missing scanner blocks, and says so in one line", () => {
    node(tools);
    program(join(tools, "npx"), "echo 'npm ERR! not found' >&2; exit 1");
    for (const name of NAMES) {
      expect(run(hook(name))).toEqual({
        status: 3,
        stdout: "",
        stderr:
          "aura-scan: the scanner was not found, so nothing was looked at: run npm install, or set AURA_SCAN_BIN to its path\n",
      });
      expect(run(hook(name), { env: { AURA_SCAN_BIN: "/no where" } })).toEqual({
        status: 3,
        stdout: "",
        stderr:
          "aura-scan: AURA_SCAN_BIN names no program (/no where), so nothing was looked at: mend it or unset it\n",
      });
    }
  });

  it.each([
    ["nvm's newest version", "home/.nvm/versions/node/v20.10.0/bin", {}],
    ["nvm's newest version in NVM_DIR", "my nvm/versions/node/v22.1.0/bin", { NVM_DIR: "my nvm" }],
    ["Volta's", "home/.volta/bin", {}],
    ["fnm's default", "home/.local/share/fnm/aliases/default/bin", {}],
    ["fnm's older default", "home/.fnm/aliases/default/bin", {}],
    ["fnm's default on a Mac", "home/Library/Application Support/fnm/aliases/default/bin", {}],
    ["fnm's newest version", "home/.local/share/fnm/node-versions/v20.20.2/installation/bin", {}],
    ["asdf's", "home/.asdf/shims", {}],
    ["mise's", "home/.local/share/mise/shims", {}],
  ])("node is found where git's client does not look: %s", (_, bin, env) => {
    node(join(folder, bin));
    // An older one beside it, and a newer one that is not there any more.
    if (bin.includes("versions")) {
      const below = bin.slice(bin.search(/\/v\d/)).replace(/^\/v[^/]*/, "");
      const versions = bin.slice(0, bin.search(/\/v\d/));
      program(join(folder, versions, `v9.9.9${below}`, "node"), `printf 'old:' >>'${log}'`);
      mkdirSync(join(folder, versions, `v99.0.0${below}`), { recursive: true });
    }
    const script = scanner(join(folder, "scanner.js"), "script");
    const places = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, join(folder, value)]));
    expect(run(hook("pre-commit"), { env: { AURA_SCAN_BIN: script, ...places } })).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(logged()).toBe("node:script:--staged:");
  });

  // Where these folders hold a node, it is found, as it should be.
  const installed = ["/usr/local/bin/node", "/opt/homebrew/bin/node"].some((path) => existsSync(path));
  it("a missing node blocks, and says so in one line", () => {
    scanner(join(tools, "aura-scan"), "path");
    for (const name of NAMES) {
      const { status, stderr } = run(hook(name));
      if (installed) expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      else
        expect({ status, stderr }).toEqual({
          status: 3,
          stderr:
            "aura-scan: node was not found, so nothing was looked at: install Node.js, or put its folder on the PATH of your git client\n",
        });
    }
  });
});

describe("in a real repository", () => {
  let repository: TestRepository;
  let bin = "";
  beforeEach(async () => {
    repository = await makeRepository();
    bin = temporaryFolder();
  });
  afterEach(() => {
    repository.remove();
    rmSync(bin, { recursive: true, force: true });
  });

  const install = (name: Name, code: string): void => {
    const path = repository.write(`.git/hooks/${name}`, source(name) + code);
    chmodSync(path, 0o755);
  };
  const fake = (script: string): NodeJS.ProcessEnv => {
    const path = join(bin, "aura-scan");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return { PATH: `${bin}${delimiter}${process.env["PATH"]}` };
  };

  it("git commit is stopped or let through, and a team's own hook still runs", () => {
    install("pre-commit", "echo ran >own\n");
    repository.write("a", "1");
    repository.add("a");
    expect(() => repository.gitWith({ env: fake("exit 1") }, "commit", "-qm", "a")).toThrow();
    expect(existsSync(join(repository.root, "own"))).toBe(false);
    repository.gitWith({ env: fake("exit 0") }, "commit", "-qm", "a");
    expect(existsSync(join(repository.root, "own"))).toBe(true);
  });

  it("git push is stopped or let through, and a team's own hook still reads the refs", () => {
    install("pre-push", 'while read -r local rest; do echo "$local" >>own; done\n');
    const commit = repository.commit();
    const remote = temporaryFolder();
    execFileSync("git", ["init", "-q", "--bare", remote], { env: cleanEnvironment() });
    const push = ["push", "-q", remote, "main:one", "main:two"] as const;
    expect(() => repository.gitWith({ env: fake("cat >/dev/null; exit 1") }, ...push)).toThrow();
    repository.gitWith({ env: fake('cat >refs; printf "%s\\n" "$@" >args') }, ...push);
    const read = (name: string): string => readFileSync(join(repository.root, name), "utf8");
    const zero = "0".repeat(40);
    expect(read("refs")).toBe(
      `refs/heads/main ${commit} refs/heads/one ${zero}\nrefs/heads/main ${commit} refs/heads/two ${zero}\n`,
    );
    expect(read("args")).toBe(`pre-push\n${remote}\n${remote}\n`);
    expect(read("own")).toBe("refs/heads/main\nrefs/heads/main\n");
    rmSync(remote, { recursive: true, force: true });
  });
});
