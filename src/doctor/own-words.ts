/** What of a hook's text is aura-scan's: all of it, a part that can be run by itself, or nothing. */
export type OwnWords =
  | { readonly share: "all" | "none" }
  /** `before`: how many lines of others run first. */
  | { readonly share: "part"; readonly text: string; readonly before: number };

const SHEBANG = /^#![^\n]*\n?/;
const BLOCK = /^# >>> aura-scan >>>\r?\n.*?^# <<< aura-scan <<<\r?(?:\n|$(?!.))/ms;

/**
 * Tells our lines from those of others, which are never run here: nobody knows what they do. Ours is the block that
 * `aura-scan init` puts in, or else each line that names aura-scan.
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
  const own = lines.filter((line) => /\baura-scan\b/.test(line));
  if (own.length === 0) return { share: "none" };
  if (own.length === lines.length) return { share: "all" };
  const before = lines.findIndex((line) => own.includes(line));
  return { share: "part", text: `${shebang}${own.join("\n")}\n`, before };
}

/** The lines that a shell runs. */
function codeLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => !/^\s*(?:#|$)/.test(line));
}
