import type { How } from "./built-string.js";
import { HOLE, joinedText, type Leaf, leafText, type Text } from "./text-value.js";

/**
 * Whose rules for `\` hold in a literal. `ecmascript`: https://tc39.es/ecma262/#sec-literals-string-literals ·
 * `rust`: https://doc.rust-lang.org/reference/tokens.html#string-literals · `loose`: what C, Python, PHP, Ruby, shell,
 * JSON and YAML have in common. `none`: a backslash is itself.
 */
export type EscapeStyle = "ecmascript" | "rust" | "loose" | "none";

const ESCAPE =
  /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f_]{1,12})\}|U([0-9A-Fa-f]{8})|([0-3]?[0-7]{1,2})|(\r\n|[\n\r\u2028\u2029])|(.))/gs;

const NAMED: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

/** White space behind a line's end that the program does not get. Longer runs are no source code. */
const INDENT: Readonly<Record<EscapeStyle, RegExp | null>> = {
  ecmascript: null,
  rust: /[ \t\r\n]{1,4096}/y,
  loose: /[ \t]{1,4096}/y,
  none: null,
};

/** The value of a literal whose contents stand from `start` to `end`. */
export function literalText(text: string, start: number, end: number, style: EscapeStyle): Text {
  const written = text.slice(start, end);
  const asIs = { value: written, span: { start, end }, step: 1, how: null, literal: start };
  if (style === "none" || !written.includes("\\")) return leafText(asIs);
  return joinedText(leavesIn(written, start, style).map(leafText), null) ?? HOLE;
}

/** The leaves of escaped contents that begin at `start` in the file. */
function leavesIn(written: string, start: number, style: EscapeStyle): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let next: How | null = null;
  const push = (value: string, from: number, to: number, how: How | null): void => {
    const told = how ?? next;
    next = null;
    append(leaves, {
      value,
      span: { start: start + from, end: start + to },
      step: (to - from) % value.length === 0 ? (to - from) / value.length : 0,
      how: told,
      literal: start,
    });
  };
  let at = 0;
  ESCAPE.lastIndex = 0;
  for (let found = ESCAPE.exec(written); found !== null; found = ESCAPE.exec(written)) {
    if (found.index > at) push(written.slice(at, found.index), at, found.index, null);
    at = found.index + found[0].length;
    if (found[6] === undefined) {
      const { value, how } = meaning(found, style);
      push(value, found.index, at, how);
      continue;
    }
    next = "continuation";
    at = behindIndent(written, at, style);
    ESCAPE.lastIndex = at;
  }
  if (at < written.length) push(written.slice(at), at, written.length, null);
  return leaves;
}

function behindIndent(written: string, at: number, style: EscapeStyle): number {
  const indent = INDENT[style];
  if (indent === null) return at;
  indent.lastIndex = at;
  return at + (indent.exec(written)?.[0].length ?? 0);
}

/** Neighbours of one kind are one leaf: a literal all of escapes is one piece. */
function append(leaves: Leaf[], leaf: Leaf): void {
  const last = leaves.at(-1);
  const goesOn =
    last !== undefined &&
    last.how === leaf.how &&
    last.step === leaf.step &&
    last.span.end === leaf.span.start;
  if (!goesOn || leaf.step === 0) leaves.push(leaf);
  else {
    const span = { start: last.span.start, end: leaf.span.end };
    leaves[leaves.length - 1] = { ...last, value: last.value + leaf.value, span };
  }
}

type Meaning = { readonly value: string; readonly how: How | null };

function meaning(found: RegExpExecArray, style: EscapeStyle): Meaning {
  const [whole, byte, unit, point, long, octal, , other = ""] = found;
  const digits = byte ?? unit ?? point?.replaceAll("_", "") ?? long;
  if (digits !== undefined) return charactersOf(Number.parseInt(digits, 16), whole);
  if (octal !== undefined) return charactersOf(Number.parseInt(octal, 8), whole);
  const named = NAMED[other];
  if (named !== undefined) return { value: named, how: null };
  // JSON may write a slash so; no other program means anything but the slash.
  if (other === "/") return { value: other, how: "escapes" };
  // Where the language does not know it, `\d` is a part of a pattern.
  return { value: style === "loose" && /[A-Za-z]/.test(other) ? whole : other, how: null };
}

/** Only an escape that stands for a printable character hides one. */
function charactersOf(point: number, whole: string): Meaning {
  if (!(point <= 0x10ffff)) return { value: whole, how: null };
  return { value: String.fromCodePoint(point), how: point > 0x20 && point < 0x7f ? "escapes" : null };
}
