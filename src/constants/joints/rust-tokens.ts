import {
  CLASS,
  classOf,
  code,
  KIND,
  MARK,
  numberEnd,
  quotedEnd,
  type Tokens,
  tokenWriter,
  wordEnd,
} from "./tokens.js";

const MARKS: readonly (readonly [string, number])[] = [
  ["..=", MARK.spread],
  ["...", MARK.spread],
  ["<<=", MARK.assign],
  [">>=", MARK.assign],
  ["..", MARK.spread],
  ["=>", MARK.arrow],
  ["->", MARK.arrow],
  ["==", MARK.compare],
  ["!=", MARK.compare],
  ["<=", MARK.compare],
  ["+=", MARK.assign],
  ["-=", MARK.assign],
  ["*=", MARK.assign],
  ["/=", MARK.assign],
  ["%=", MARK.assign],
  ["&=", MARK.assign],
  ["|=", MARK.assign],
  ["^=", MARK.assign],
  ["&&", MARK.logic],
  ["||", MARK.logic],
  ["::", MARK.path],
];

/** Marks by their first character, longer ones first. */
const byFirst: (readonly (readonly [string, number])[] | undefined)[] = [];
for (const mark of MARKS) byFirst[code(mark[0])] = [...(byFirst[code(mark[0])] ?? []), mark];

/** A string's opening, with what stands before its quote: `b"`, `r#"`, `cr##"`. */
const OPENING = /(?:b|c)?(?:"|r(#{0,255})")/y;

/** A character, perhaps a byte; a quote without an end is a lifetime. */
const CHARACTER = /b?'(?:\\(?:x[0-9A-Fa-f]{0,2}|u\{[^}']{0,12}\}|[\s\S])|[^\\'\n\r\t])[\udc00-\udfff]?'/y;

/** The tokens of Rust, https://doc.rust-lang.org/reference/tokens.html; null where one does not end. */
export function rustTokens(text: string): Tokens | null {
  const writer = tokenWriter(text);
  let at = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const kind = classOf(unit);
    if (kind === CLASS.space) {
      at++;
      continue;
    }
    if (unit === 34 || unit === 98 || unit === 99 || unit === 114) {
      OPENING.lastIndex = at;
      const opening = OPENING.exec(text);
      if (opening !== null) {
        const [written, hashes] = opening;
        const from = at + written.length;
        const close = hashes === undefined ? -1 : text.indexOf(`"${hashes}`, from);
        const { end, escaped } =
          hashes === undefined
            ? quotedEnd(text, from, 34, true)
            : { end: close === -1 ? -1 : close + 1 + hashes.length, escaped: false };
        if (end === -1) return null;
        writer.add(KIND.string, escaped ? 1 : 0, at, end);
        at = end;
        continue;
      }
    }
    if (unit === 39 || (unit === 98 && text.charCodeAt(at + 1) === 39)) {
      CHARACTER.lastIndex = at;
      const character = CHARACTER.exec(text)?.[0];
      if (character !== undefined) {
        writer.add(KIND.character, character.includes("\\") ? 1 : 0, at, at + character.length);
        at += character.length;
        continue;
      }
      if (unit === 39) {
        at++;
        continue;
      }
    }
    if (kind === CLASS.word) {
      const isRaw =
        unit === 114 && text.charCodeAt(at + 1) === 35 && classOf(text.charCodeAt(at + 2)) === CLASS.word;
      const end = wordEnd(text, isRaw ? at + 2 : at);
      writer.add(KIND.word, 0, at, end);
      at = end;
      continue;
    }
    if (kind === CLASS.digit) {
      // Of a tuple in a tuple, `a.0.1` has two.
      const last = writer.last();
      const isField = last !== null && last.kind === KIND.mark && last.mark === 46;
      const end = isField ? wordEnd(text, at) : numberEnd(text, at);
      writer.add(KIND.number, 0, at, end);
      at = end;
      continue;
    }
    if (unit === 47 && text.charCodeAt(at + 1) === 47) {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end;
      continue;
    }
    if (unit === 47 && text.charCodeAt(at + 1) === 42) {
      at = commentEnd(text, at);
      if (at === -1) return null;
      continue;
    }
    if (unit === 40 || unit === 91 || unit === 123) {
      writer.open(unit, at, at + 1);
      at++;
      continue;
    }
    if (unit === 41 || unit === 93 || unit === 125) {
      if (writer.close(unit, at, at + 1) === 0) return null;
      at++;
      continue;
    }
    const mark = byFirst[unit]?.find(([written]) => text.startsWith(written, at));
    const length = mark?.[0].length ?? 1;
    writer.add(KIND.mark, mark?.[1] ?? unit, at, at + length);
    at += length;
  }
  return writer.done();
}

const COMMENT_EDGE = /\/\*|\*\//g;

/** Behind the comment that opens at `at`, and those in it; -1 where it has no end. */
function commentEnd(text: string, at: number): number {
  let depth = 0;
  COMMENT_EDGE.lastIndex = at;
  for (let edge = COMMENT_EDGE.exec(text); edge !== null; edge = COMMENT_EDGE.exec(text)) {
    depth += edge[0] === "/*" ? 1 : -1;
    if (depth === 0) return COMMENT_EDGE.lastIndex;
  }
  return -1;
}
