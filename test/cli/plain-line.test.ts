import { describe, expect, it } from "vitest";
import type { Command } from "../../src/cli/command.js";
import { COMMANDS } from "../../src/cli/commands.js";
import { HOOK_COMMANDS } from "../../src/cli/hook-commands.js";
import { parseArguments } from "../../src/cli/parse-arguments.js";
import { plainWork } from "../../src/cli/plain-line.js";
import type { Terminal } from "../../src/cli/terminal.js";

const terminal: Terminal = {
  cwd: "/",
  stdin: (async function* () {})(),
  out: () => undefined,
  err: () => undefined,
  onceNobodyReads: () => () => undefined,
  color: false,
  live: false,
  width: 80,
};

/** The same commands, that note who was called with what. */
function noting(commands: readonly Command[], calls: unknown[]): readonly Command[] {
  return commands.map((command) => ({
    ...command,
    async run(options: object) {
      const given = options as Record<string, unknown>;
      const names = ["staged", "stdin", "paths", "quiet", "verbose", "allowIncomplete", "report"];
      const told = [...names, "failOn", "allowsFrom", "stdinPath", "remote", "url"];
      calls.push([command.usage, Object.fromEntries(told.map((name) => [name, given[name]]))]);
      return 0;
    },
  }));
}

async function byYargs(words: readonly string[]): Promise<unknown> {
  const calls: unknown[] = [];
  const work = await parseArguments(words, noting(COMMANDS, calls), terminal);
  await work?.();
  return calls[0];
}

async function plainly(words: readonly string[]): Promise<unknown> {
  const calls: unknown[] = [];
  await plainWork(words, noting(HOOK_COMMANDS, calls), terminal)?.();
  return calls[0];
}

describe("a plain line", () => {
  it.each([
    "",
    "--staged",
    "--staged --quiet",
    "-q --staged",
    "--staged -v --allow-incomplete",
    "--staged --report json",
    "--staged --report json=out.json --fail-on high",
    "--staged --allows-from origin/main",
    "pre-push",
    "pre-push origin",
    "pre-push origin git@example.org:a/b.git",
    "pre-push origin https://example.org/a --quiet",
    "pre-push --report sarif --verbose 7 8",
  ])("means what yargs takes it for: %s", async (line) => {
    const words = line.split(" ").filter((word) => word !== "");
    expect(await plainly(words)).toEqual(await byYargs(words));
  });

  it.each([
    "--help",
    "--version",
    "-h",
    "-",
    "--",
    "--staged --",
    "src",
    "--staged src",
    "--stagd",
    "--staged --staged",
    "--staged=true",
    "--no-staged",
    "-qv",
    "--report",
    "--report --staged",
    "--report=json",
    "--report json --report text",
    "--fail-on all",
    "--fail-on high --fail-on low",
    "pre-push a b c",
    "preflight",
    "rules list",
    "baseline",
    "init",
  ])("is none, and left to yargs: %s", async (line) => {
    expect(plainWork(line.split(" "), HOOK_COMMANDS, terminal)).toBeNull();
  });

  it("is none for a command that asks yargs for more than options and words", () => {
    const command: Command = {
      usage: "$0",
      about: "",
      options: (argv) => argv.option("a", { type: "boolean" }).conflicts("a", "b"),
      run: async () => 0,
    };
    expect(plainWork(["--a"], [command], terminal)).toBeNull();
  });
});
