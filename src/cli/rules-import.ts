import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { plainJson } from "../report/plain-json.js";
import { counted } from "../report/words.js";
import { type Imported, importGitleaks } from "../rules/gitleaks/import-gitleaks.js";
import { loadRuleSet } from "../rules/load.js";
import { blottedLine } from "../scan/blot.js";
import { createEngine, withoutSecrets } from "../scan/engine.js";
import { DEFAULTS } from "../settings/defaults.js";
import { ConfigError } from "../toml/config-error.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import type { Terminal } from "./terminal.js";

/**
 * `aura-scan rules import FILE [--out FILE]`: a rule file of gitleaks as one of ours. The rule file goes to `--out` or
 * to standard output; what has to be said about it goes to where the rule file does not. Exit 0 also where something is
 * not carried over, which is named; 2 if the file cannot be used.
 */
export async function importRules(
  file: string,
  out: string | null,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const text = await readFile(path.resolve(terminal.cwd, file), "utf8").catch(
    (error: NodeJS.ErrnoException) => {
      throw new UsageError(`rules import: ${file} cannot be read (${error.code ?? "unreadable"})`);
    },
  );
  const ruleSet = await loadRuleSet([]);
  const taken = new Set(ruleSet.rules.map((rule) => rule.id));
  const imported = await importGitleaks(
    text,
    file,
    taken,
    secretTest(createEngine(DEFAULTS, ruleSet).keywords),
  ).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    throw new UsageError(`rules import: this is no rule file of gitleaks\n${error.message}`);
  });
  if (out !== null) await writeNew(out, imported.ruleFile, terminal);
  if (json) tellProgram(imported, out, terminal);
  else tellPeople(imported, file, out, terminal);
  return EXIT.allow;
}

/** Whether a text is or looks like a secret: no rule needs to know its format for us not to repeat it. */
function secretTest(keywords: Parameters<typeof withoutSecrets>[1]): (text: string) => boolean {
  return (text) =>
    withoutSecrets(text, keywords) !== text || blottedLine(text, []) !== text || /[0-9a-f]{32}/i.test(text);
}

/** A rule file is somebody's work: none is written over. */
async function writeNew(out: string, text: string, terminal: Terminal): Promise<void> {
  try {
    await writeFile(path.resolve(terminal.cwd, out), text, { flag: "wx" });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown fault";
    const why = code === "EEXIST" ? "it is there already, and is not written over" : code;
    throw new UsageError(`rules import: ${out} could not be written: ${why}`);
  }
}

function tellProgram(imported: Imported, out: string | null, terminal: Terminal): void {
  const { rules, of, ruleFile, allow, allowances, notes } = imported;
  const told = { rules, of, out, rule_file: out === null ? ruleFile : null, allow, allowances, notes };
  terminal.out(`${plainJson(told, 2)}\n`);
}

function tellPeople(imported: Imported, file: string, out: string | null, terminal: Terminal): void {
  const { rules, of, ruleFile, allow, allowances, notes } = imported;
  const say = out === null ? terminal.err : terminal.out;
  if (out === null) terminal.out(ruleFile, "exact");
  for (const { line, column, rule, message } of notes)
    say(`${file}:${line}:${column}: ${rule === null ? "" : `${rule}: `}${blottedLine(message, [])}\n`);
  if (allowances > 0) {
    say(
      `\nWhat was allowed there goes into .aura/live.toml; take what you still want, each hides findings:\n\n${allow}\n`,
    );
  }
  say(
    `${rules} of ${counted(of, "rule")} carried over, ${counted(allowances, "allowance")}, ${counted(notes.length, "note")}.\n`,
  );
  if (rules === 0) return;
  const named = out ?? "FILE";
  say(
    `Use them with rules = ["${named}"] under [scan] in .aura/live.toml; aura-scan rules test ${named} checks them.\n`,
  );
}
