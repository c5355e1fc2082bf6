import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands.js";
import { bashCompletion } from "../../src/cli/completion/bash.js";
import { fishCompletion } from "../../src/cli/completion/fish.js";
import { outlineOf } from "../../src/cli/completion/outline.js";
import { zshCompletion } from "../../src/cli/completion/zsh.js";
import { declarationOf } from "../../src/cli/declaration.js";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { auraScanHere } from "./terminal.js";

const OUTLINE = outlineOf(COMMANDS);
const SCRIPTS = {
  bash: bashCompletion(OUTLINE),
  zsh: zshCompletion(OUTLINE),
  fish: fishCompletion(OUTLINE),
};
type Shell = keyof typeof SCRIPTS;
const SHELLS = Object.keys(SCRIPTS) as readonly Shell[];
const isThere = (shell: string): boolean => spawnSync(shell, ["-c", ":"]).status === 0;

let repository: TestRepository;
let beside: string;

beforeAll(async () => {
  repository = await makeRepository();
  beside = temporaryFolder();
  repository.commit();
  // A name that a shell would run if it were careless.
  repository.git("branch", ["we$(touch$", "{IFS}ran)ird"].join(""));
  repository.write("file A.json", "");
  mkdirSync(join(repository.root, "sources"));
  for (const shell of SHELLS) writeFileSync(join(beside, shell), SCRIPTS[shell]);
});
afterAll(() => {
  repository.remove();
  rmSync(beside, { recursive: true });
});

describe("aura-scan completion", () => {
  it.each(SHELLS)("prints the script for %s", async (shell) => {
    expect(await auraScanHere(repository.root, "completion", shell)).toEqual({
      code: 0,
      out: SCRIPTS[shell],
      err: "",
    });
  });

  it("knows every option that is declared, and the choices of each", () => {
    for (const command of COMMANDS) {
      const { options } = declarationOf(command);
      const outline = OUTLINE.find(({ name }) => command.usage.startsWith(name === "" ? "$0" : name));
      expect(outline?.options.map(({ name }) => name.replace(/^no-/, ""))).toEqual(
        expect.arrayContaining([...options.keys()]),
      );
    }
    expect(OUTLINE.flatMap(({ options }) => options).filter(({ about }) => about === "")).toEqual([]);
  });

  it.each(SHELLS)("every command and option stands in the script for %s", (shell) => {
    const script = SCRIPTS[shell];
    for (const { name, options } of OUTLINE) {
      expect(script).toContain(name);
      for (const option of options) expect(script).toMatch(new RegExp(`(?:--|-l )${option.name}(?![a-z-])`));
    }
  });

  it.each(SHELLS)("the script for %s is one that the shell understands", (shell) => {
    // Where there is no zsh, bash reads what the two have in common; without fish, its one kind of line is looked at.
    const reader = isThere(shell) ? shell : shell === "zsh" ? "bash" : null;
    if (reader !== null)
      expect(spawnSync(reader, ["-n", join(beside, shell)], { encoding: "utf8" })).toMatchObject({
        status: 0,
        stderr: "",
      });
    const strange = SCRIPTS.fish
      .split("\n")
      .filter((line) => line.startsWith("complete "))
      .filter(
        (line) => !/^complete -c aura-scan(?: (?:-[a-zA-Z]+|[a-z-]+|'(?:[^'\\]|\\['\\])*'))+$/.test(line),
      );
    expect(strange).toEqual([]);
  });
});

/** What was typed, as bash cuts it into words; the last is where the cursor stands. `null`: bash completes a file. */
const IN_BASH: readonly (readonly [words: readonly string[], offered: readonly string[] | null])[] = [
  [["st"], ["status"]],
  [["src/"], null],
  [["--fa"], ["--fail-on"]],
  [["--no-c"], ["--no-cache"]],
  [
    ["--fail-on", ""],
    ["low", "medium", "high", "critical"],
  ],
  [["--fail-on", "=", "h"], ["high"]],
  [
    ["--fail-on", "="],
    ["low", "medium", "high", "critical"],
  ],
  [["--report", "js"], ["json"]],
  [["--report", "=", "js"], ["json"]],
  [["--report", "json", "=", "ou"], null],
  [["--report", "json", "=", "out", "--report", "sa"], ["sarif"]],
  [["--report", "json", "--rep"], ["--report"]],
  [["--quiet", "--qu"], []],
  [["--stdin-path", "f"], null],
  [["--since", ""], []],
  [["--allows-from", "ma"], ["main"]],
  [["--allows-from", "we"], ["we\\$\\(touch\\$\\{IFS\\}ran\\)ird"]],
  [["--", "--fa"], null],
  [
    ["rules", ""],
    ["list", "explain", "test", "import"],
  ],
  [["rules", "--out", "x.toml", "l"], ["list"]],
  [["rules", "test", ""], null],
  [["policy", "check", "--po"], ["--policy"]],
  [["audit", "--js"], ["--json"]],
  [["completion", "z"], ["zsh"]],
  [["doctor", "--j"], ["--json"]],
];

describe("in bash", () => {
  it.each(IN_BASH)("%j offers %j", (words, offered) => {
    const script = `
      source "$1"; shift
      COMP_WORDS=(aura-scan "$@") COMP_CWORD=$#
      compopt() { no_files=yes; }
      _aura_scan
      [[ -n $no_files || \${#COMPREPLY[@]} -gt 0 ]] || echo FILES
      ((\${#COMPREPLY[@]} == 0)) || printf '%s\\n' "\${COMPREPLY[@]}"
    `;
    const { stdout, stderr } = spawnSync(
      "bash",
      ["--norc", "-c", script, "bash", join(beside, "bash"), ...words],
      { cwd: repository.root, encoding: "utf8" },
    );
    expect(stderr).toBe("");
    expect(stdout.split("\n").slice(0, -1)).toEqual(offered ?? ["FILES"]);
  });

  it("a word that bash does not cut at its = is completed whole", () => {
    const script = `source "$1"; COMP_WORDBREAKS=' ' COMP_WORDS=(aura-scan --fail-on=h) COMP_CWORD=1; _aura_scan 2>&1; echo "\${COMPREPLY[@]}"`;
    const { stdout } = spawnSync("bash", ["--norc", "-c", script, "bash", join(beside, "bash")], {
      encoding: "utf8",
    });
    expect(stdout).toBe("--fail-on=high\n");
  });
});

const IN_FISH: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ["st", ["status"]],
  ["--fail-on ", ["critical", "high", "low", "medium"]],
  ["--fail-on=h", ["--fail-on=high"]],
  ["--report=js", ["--report=json"]],
  ["--report json=fi", ["json=file A.json"]],
  ["rules ", ["explain", "import", "list", "test"]],
  ["rules test ", ["file A.json", "sources/"]],
  ["policy ", ["check"]],
  ["doctor ", []],
  ["audit --js", ["--json"]],
  ["--allows-from ma", ["main"]],
];

describe.each(SHELLS.filter((shell) => shell === "fish" && isThere(shell)))("in %s", (fish) => {
  it.each(IN_FISH)("%j offers %j", (line, offered) => {
    const command = `source '${join(beside, fish)}'; complete -C 'aura-scan ${line}'`;
    const { stdout, stderr } = spawnSync(fish, ["--no-config", "-c", command], {
      cwd: repository.root,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(
      stdout
        .split("\n")
        .slice(0, -1)
        .map((said) => said.split("\t")[0]),
    ).toEqual(offered);
  });
});
