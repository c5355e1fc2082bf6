/** What of a hook's text is aura-scan's: all of it, a part that can be run by itself, or nothing. */
export type OwnWords =
  | { readonly share: "all" | "none" }
  /** Ours is called in a line that calls others, too. */
  | { readonly share: "mixed" }
  /** `before`: how many lines of others run first. */
  | { readonly share: "part"; readonly text: string; readonly before: number };

const SHEBANG = /^#![^\n]*\n?/;
const BLOCK = /^# >>> aura-scan >>>\r?\n.*?^# <<< aura-scan <<<\r?(?:\n|$(?!.))/ms;

/** A line that calls aura-scan as hooks do, or its own hook; a path that only names it is none. */
const CALL =
  /\baura-scan(?:\.js)?["']?\s+(?:--staged|--files|pre-push)\b|\baura-scan\/hooks\/pre-(?:commit|push)\b/;
/** What joins one command to another, or feeds it. */
const JOINT = /[;&|`<>]|\$\(/;
const HARMLESS_END = /\s*\|\|\s*exit(?:\s+(?:\$\?|"\$\?"|\d+))?\s*$/;

/**
 * Tells our lines from those of others, which are never run here: nobody knows what they do. Ours is the block that
 * `aura-scan init` puts in, or else each line that calls aura-scan and nothing else.
 */
export function ownWords(text: string): OwnWords {
  const shebang = SHEBANG.exec(text)?.[0] ?? "";
  const rest = text.slice(shebang.length);
  const block = BLOCK.exec(rest);
  if (block !== null) {
    const before = codeLines(rest.slice(0, block.index)).length;
    const behind = codeLines(rest.slice(block.index + block[0].length)).length;
    if (before + behind === 0) return { share: "all" };
    return { share: "part", text: shebang + block[0], before };
  }
  const lines = codeLines(rest);
  const own = lines.filter((line) => CALL.test(line));
  if (own.length === 0) return { share: "none" };
  if (own.some((line) => JOINT.test(line.replace(HARMLESS_END, "")))) return { share: "mixed" };
  if (own.length === lines.length) return { share: "all" };
  const before = lines.findIndex((line) => own.includes(line));
  return { share: "part", text: `${shebang}${own.join("\n")}\n`, before };
}

/** The lines that a shell runs. */
function codeLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => !/^\s*(?:#|$)/.test(line));
}
