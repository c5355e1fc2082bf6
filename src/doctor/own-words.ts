import { OWN_HOOKS } from "../install/own-files.js";

/** What of a hook's text is aura-scan's: all of it, a part that can be run by itself, or nothing. */
export type OwnWords =
  | { readonly share: "all" | "none" }
  /** Ours is called in a line that calls others, too. */
  | { readonly share: "mixed" }
  /** Others run behind ours whatever it says, and theirs is the word that counts. */
  | { readonly share: "unheard" }
  /** `before`: how many lines of others run first. */
  | { readonly share: "part"; readonly text: string; readonly before: number };

const SHEBANG = /^#![^\n]*\n?/;
const BLOCK = /^# >>> aura-scan >>>\r?\n.*?^# <<< aura-scan <<<\r?(?:\n|$(?!.))/ms;

/** A line that calls aura-scan as hooks do, or its own hook; a path that only names it is none. */
const CALL =
  /\baura-scan(?:\.js)?["']?\s+(?:--staged|--files|pre-push)\b|\baura-scan\/hooks\/pre-(?:commit|push)\b/;
/** The hooks that this very package brings, wherever it stands. */
const OWN_FOLDER = OWN_HOOKS.replaceAll("\\", "/");
/** What joins one command to another, or feeds it. */
const JOINT = /[;&|`<>]|\$\(/;
/** What makes a shell end at the first command that fails, and nothing else. */
const ENDS_AT_FAILURE = /^\s*set\s+-[eux]*e[eux]*\s*$/;
const HARMLESS_SETTING = /^\s*set\s+-[eux]+\s*$/;
const HARMLESS_END = /\s*\|\|\s*exit(?:\s+(?:\$\?|"\$\?"|\d+))?\s*$/;

/**
 * Tells our lines from those of others, which are never run here: nobody knows what they do. Ours is the block that
 * `aura-scan init` puts in, or else each line that calls aura-scan and nothing else. `shellEnds`: whoever runs the hook has
 * it end at the first command that fails.
 */
export function ownWords(text: string, shellEnds = false): OwnWords {
  const shebang = SHEBANG.exec(text)?.[0] ?? "";
  const rest = text.slice(shebang.length);
  const block = BLOCK.exec(rest);
  if (block !== null) {
    const before = othersIn(rest.slice(0, block.index)).length;
    const behind = codeLines(rest.slice(block.index + block[0].length)).length;
    if (before + behind === 0) return { share: "all" };
    return { share: "part", text: shebang + block[0], before };
  }
  const lines = codeLines(rest);
  const own = lines.filter(callsUs);
  if (own.length === 0) return { share: "none" };
  if (own.some((line) => JOINT.test(line.replace(HARMLESS_END, "")))) return { share: "mixed" };
  const first = lines.findIndex(callsUs);
  const settings = lines.slice(0, first).filter((line) => HARMLESS_SETTING.test(line));
  const ends =
    shellEnds || settings.some((line) => ENDS_AT_FAILURE.test(line)) || /^#!.*\s-[a-z]*e/.test(shebang);
  const last = lines.findLastIndex(callsUs);
  const heard = own.every(
    (line, at) => ends || HARMLESS_END.test(line) || (at === own.length - 1 && last === lines.length - 1),
  );
  if (!heard) return { share: "unheard" };
  if (own.length + settings.length === lines.length) return { share: "all" };
  const before = first - settings.length;
  return { share: "part", text: `${shebang}${[...settings, ...own].join("\n")}\n`, before };
}

/** Whether a line calls aura-scan, or its own hook. */
export function callsUs(line: string): boolean {
  return CALL.test(line) || line.includes(`${OWN_FOLDER}/pre-`);
}

/** Lines that could end the hook before what follows them. */
function othersIn(text: string): readonly string[] {
  return codeLines(text).filter((line) => !HARMLESS_SETTING.test(line));
}

/** The lines that a shell runs. */
function codeLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => !/^\s*(?:#|$)/.test(line));
}
