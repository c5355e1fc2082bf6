import { plainJson } from "../report/plain-json.js";
import { counted } from "../report/words.js";
import { activeRules, STANDING_WORDS, standingOf } from "./active-rules.js";
import { EXIT, type ExitCode } from "./exit.js";
import type { Terminal } from "./terminal.js";

/** `aura-scan rules list`: every active rule, where a team's own come from, and what is switched off. */
export async function listRules(json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { ruleSet, defaults } = await activeRules(terminal.cwd);
  const { rules, disabled } = ruleSet;
  if (json) {
    const told = rules.map((rule) => {
      const { id, title, kind, severity, confidence, docs, rotate, origin } = rule;
      const standing = standingOf(rule, defaults);
      return { id, title, kind, severity, confidence, docs, rotate, origin, standing };
    });
    terminal.out(`${plainJson(told, 2)}\n`);
    return EXIT.allow;
  }
  const widest = Math.max(0, ...rules.map((rule) => rule.id.length));
  for (const rule of rules) {
    const standing = standingOf(rule, defaults);
    const from =
      standing === "default" ? "" : ` (${STANDING_WORDS[standing]}, ${rule.origin.file}:${rule.origin.line})`;
    const { id, severity, confidence, title } = rule;
    terminal.out(`${id.padEnd(widest)}  ${severity.padEnd(8)}  ${confidence.padEnd(6)}  ${title}${from}\n`);
  }
  for (const { id, file } of disabled) terminal.out(`${id.padEnd(widest)}  switched off by ${file}\n`);
  const off = disabled.length === 0 ? "" : `; ${counted(disabled.length, "rule")} switched off`;
  terminal.out(`${counted(rules.length, "rule")} active${off}.\n`);
  return EXIT.allow;
}
