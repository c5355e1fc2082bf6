import { readFile } from "node:fs/promises";
import path from "node:path";
import { openEngine } from "../gate/open-engine.js";
import { parseRules } from "../rules/load.js";
import type { Rule } from "../rules/rule.js";
import { testRule } from "../rules/test-rule.js";
import { repositoryOf } from "../sources/repository.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import type { Command } from "./parse-arguments.js";
import type { Terminal } from "./terminal.js";

type RulesOptions = {
  readonly action: "list" | "test";
  readonly file: string | undefined;
  readonly json: boolean;
};

/** `aura-scan rules list` and `aura-scan rules test [FILE]`. */
export const rulesCommand: Command<RulesOptions> = {
  usage: "rules <action> [file]",
  about: "List the rules that are active here, or test each rule on its own examples",
  options: (argv) =>
    argv
      .positional("action", { choices: ["list", "test"] as const, demandOption: true })
      .positional("file", { type: "string", describe: "A rule file to test in place of the active rules" })
      .option("json", { type: "boolean", default: false, describe: "For a program to read" }),
  async run({ action, file, json }, terminal) {
    if (action === "list" && file !== undefined) throw new UsageError("rules list takes no file");
    const rules = file === undefined ? await activeRules(terminal) : await rulesIn(file, terminal);
    return action === "list" ? list(rules, json, terminal) : test(rules, json, terminal);
  },
};

async function activeRules(terminal: Terminal): Promise<readonly Rule[]> {
  const repository = await repositoryOf(terminal.cwd);
  return (await openEngine(repository?.root ?? terminal.cwd)).ruleSet.rules;
}

async function rulesIn(file: string, terminal: Terminal): Promise<readonly Rule[]> {
  const text = await readFile(path.resolve(terminal.cwd, file), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      throw new UsageError(`rules test: ${file} cannot be read (${error.code ?? "unreadable"})`);
    },
  );
  return parseRules(text, file);
}

function list(rules: readonly Rule[], json: boolean, terminal: Terminal): ExitCode {
  if (json) {
    const told = rules.map(({ id, title, kind, severity, confidence, docs, rotate, origin }) => ({
      id,
      title,
      kind,
      severity,
      confidence,
      docs,
      rotate,
      origin,
    }));
    terminal.out(`${JSON.stringify(told, null, 2)}\n`);
    return EXIT.allow;
  }
  const widest = Math.max(0, ...rules.map((rule) => rule.id.length));
  for (const rule of rules) {
    terminal.out(
      `${rule.id.padEnd(widest)}  ${rule.severity.padEnd(8)}  ${rule.confidence.padEnd(6)}  ${rule.title}\n`,
    );
  }
  terminal.out(`${rules.length} rules are active.\n`);
  return EXIT.allow;
}

function test(rules: readonly Rule[], json: boolean, terminal: Terminal): ExitCode {
  const faults = rules.flatMap((rule) => testRule(rule).map((fault) => ({ ...rule.origin, ...fault })));
  if (json) terminal.out(`${JSON.stringify({ rules: rules.length, faults }, null, 2)}\n`);
  else {
    for (const fault of faults)
      terminal.out(`${fault.file}:${fault.line}:1: ${fault.rule}: ${fault.message}\n`);
    const samples = rules.reduce((sum, rule) => sum + rule.examples.length + rule.counterexamples.length, 0);
    terminal.out(`${rules.length} rules, ${samples} examples, ${faults.length} faults.\n`);
  }
  return faults.length === 0 ? EXIT.allow : EXIT.block;
}
