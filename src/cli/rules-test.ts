import { readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { plainJson } from "../report/plain-json.js";
import { counted } from "../report/words.js";
import { DEFAULT_PATH, defaultContents, loadRuleSet } from "../rules/load.js";
import type { Rule } from "../rules/rule.js";
import { type PlacedFault, testRuleFile } from "../rules/test-file.js";
import { blottedLine } from "../scan/blot.js";
import { loadSettings } from "../settings/load.js";
import { repositoryOf } from "../sources/repository.js";
import { ConfigError } from "../toml/config-error.js";
import { defaultRules } from "./active-rules.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import type { Terminal } from "./terminal.js";

type NamedText = { readonly file: string; readonly text: string };

/** Files to test in order, each with what stands before it. */
type Task = { readonly files: readonly NamedText[]; readonly known: ReadonlyMap<string, Rule> };

/**
 * `aura-scan rules test [FILE]`: a rule file and its examples, or all rules that are active here. Exit 0: no fault;
 * 1: a rule does not do what its examples say; 2: a file cannot be read as rules at all.
 */
export async function testRules(file: string | null, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const tasks = file === null ? await activeFiles(terminal) : [await namedFile(file, terminal)];
  try {
    const outcomes: Outcome[] = [];
    for (const task of tasks) outcomes.push(...(await tested(task)));
    return tell(outcomes, json, terminal);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return tellUnusable(error, json, terminal);
  }
}

/** Every file of the rules that are active here: the team's first, since the default ones take a while. */
async function activeFiles(terminal: Terminal): Promise<readonly Task[]> {
  const root = await rootOf(terminal);
  const { ruleFiles } = await loadSettings(root);
  const team = await Promise.all(ruleFiles.map((file) => readNamed(path.join(root, file), file)));
  const known = await defaultRules();
  return [
    { files: team, known },
    { files: await defaultFiles(), known },
  ];
}

/** A file stands behind the default rules, and behind the team's files that the settings name before it. */
async function namedFile(file: string, terminal: Terminal): Promise<Task> {
  const target = path.resolve(terminal.cwd, file);
  const named = await readNamed(target, file);
  const real = await realpath(target);
  if (real === DEFAULT_PATH) return { files: await defaultFiles(), known: await defaultRules() };
  const root = await rootOf(terminal);
  const team = (await loadSettings(root)).ruleFiles;
  const reals = await Promise.all(team.map((one) => realpath(path.join(root, one)).catch(() => null)));
  const place = reals.indexOf(real);
  const before = place === -1 ? team : team.slice(0, place);
  const texts = await Promise.all(before.map((one) => readNamed(path.join(root, one), one)));
  const known = before.length === 0 ? [...(await defaultRules()).values()] : (await loadRuleSet(texts)).rules;
  return { files: [named], known: new Map(known.map((rule) => [rule.id, rule])) };
}

async function defaultFiles(): Promise<readonly NamedText[]> {
  const [, ...families] = await defaultContents();
  return families;
}

async function rootOf(terminal: Terminal): Promise<string> {
  return (await repositoryOf(terminal.cwd))?.root ?? terminal.cwd;
}

async function readNamed(target: string, file: string): Promise<NamedText> {
  try {
    return { file, text: await readFile(target, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new UsageError(`rules test: ${file} cannot be read (${code})`);
  }
}

type Outcome = {
  readonly rules: number;
  readonly samples: number;
  readonly faults: readonly PlacedFault[];
  readonly notes: readonly PlacedFault[];
};

async function tested({ files, known: before }: Task): Promise<readonly Outcome[]> {
  const known = new Map(before);
  const outcomes: Outcome[] = [];
  for (const { file, text } of files) {
    const { rules, disabled, samples, faults, notes } = await testRuleFile(text, file, known);
    for (const rule of rules) known.set(rule.id, rule);
    for (const id of disabled) known.delete(id);
    outcomes.push({ rules: rules.length, samples, faults, notes });
  }
  return outcomes;
}

/** A team's file may hold anything, a secret in a pattern too. */
function blottedFault(fault: PlacedFault): PlacedFault {
  return { ...fault, message: blottedLine(fault.message, []) };
}

function tell(outcomes: readonly Outcome[], json: boolean, terminal: Terminal): ExitCode {
  const rules = outcomes.reduce((sum, outcome) => sum + outcome.rules, 0);
  const samples = outcomes.reduce((sum, outcome) => sum + outcome.samples, 0);
  const faults = outcomes.flatMap((outcome) => outcome.faults.map(blottedFault));
  const notes = outcomes.flatMap((outcome) => outcome.notes.map(blottedFault));
  if (json) terminal.out(`${plainJson({ rules, examples: samples, faults, notes }, 2)}\n`);
  else {
    for (const { file, line, column, rule, message } of faults)
      terminal.out(`${file}:${line}:${column}: ${rule}: ${message}\n`);
    for (const { file, line, column, rule, message } of notes)
      terminal.out(`${file}:${line}:${column}: ${rule}: note: ${message}\n`);
    const counts = [
      counted(rules, "rule"),
      counted(samples, "example"),
      counted(faults.length, "fault"),
      ...(notes.length === 0 ? [] : [counted(notes.length, "note")]),
    ];
    terminal.out(`${counts.join(", ")}.\n`);
  }
  return faults.length === 0 ? EXIT.allow : EXIT.block;
}

function tellUnusable({ problems }: ConfigError, json: boolean, terminal: Terminal): ExitCode {
  const told = problems.map((problem) => ({ ...problem, message: blottedLine(problem.message, []) }));
  if (json) {
    const faults = told.map((problem) => ({ ...problem, rule: null, list: null, index: null }));
    terminal.out(`${plainJson({ rules: 0, examples: 0, faults, notes: [] }, 2)}\n`);
  } else {
    const lines = told.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}\n`);
    terminal.err(`aura-scan: this is no rule file that could be used\n${lines.join("")}`);
  }
  return EXIT.usage;
}
