import {
  CLASS,
  classOf,
  code,
  HOLE_MARK,
  KIND,
  MARK,
  numberEnd,
  quotedEnd,
  type Tokens,
  tokenWriter,
  wordEnd,
} from "./tokens.js";

/** Words behind which a value begins, so that a slash there opens a pattern. */
const BEFORE_VALUE: ReadonlySet<string> = new Set([
  ..."return typeof case in of delete void do else instanceof new throw yield await extends default".split(
    " ",
  ),
]);

/** Words whose brackets a statement may follow. */
const BEFORE_STATEMENT: ReadonlySet<string> = new Set(["if", "while", "for", "with"]);

/** And words of them behind which it opens one. */
const BEFORE_BODY: ReadonlySet<string> = new Set(["do", "else"]);

/** Marks behind which a brace opens a block. */
const BEFORE_BLOCK: ReadonlySet<number> = new Set([...Array.from(");{}", code), MARK.arrow]);

const MARKS: readonly (readonly [string, number])[] = [
  ["===", MARK.compare],
  ["!==", MARK.compare],
  ["...", MARK.spread],
  [">>>=", MARK.assign],
  ["<<=", MARK.assign],
  [">>=", MARK.assign],
  ["**=", MARK.assign],
  ["&&=", MARK.assign],
  ["||=", MARK.assign],
  ["??=", MARK.assign],
  ["<<", MARK.compare],
  ["=>", MARK.arrow],
  ["==", MARK.compare],
  ["!=", MARK.compare],
  ["<=", MARK.compare],
  ["++", MARK.step],
  ["--", MARK.step],
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
  ["??", MARK.logic],
  ["?.", MARK.chain],
];

/** Marks by their first character, longer ones first. */
const byFirst: (readonly (readonly [string, number])[] | undefined)[] = [];
for (const mark of MARKS) byFirst[code(mark[0])] = [...(byFirst[code(mark[0])] ?? []), mark];

/** What a slash is: the first of a pattern, or an operator. */
type Slash = "pattern" | "operator";

/**
 * The tokens of JavaScript or TypeScript (https://tc39.es/ecma262/#sec-ecmascript-language-lexical-grammar); null where
 * only a parser can tell them: JSX, what does not end.
 */
export function ecmascriptTokens(text: string): Tokens | null {
  const writer = tokenWriter(text);
  let at = text.startsWith("#!") ? lineEnd(text, 0) : 0;
  let elements: boolean | null = null;
  const mayHoldElements = (): boolean => {
    elements ??= text.includes("</") || text.includes("/>");
    return elements;
  };
  /** Takes a template's text from `from` on, up to its end or what it takes in. */
  const chunk = (from: number): number => {
    let escaped = false;
    for (let place = from; place < text.length; place++) {
      const unit = text.charCodeAt(place);
      if (unit === 92) {
        escaped = true;
        place++;
      } else if (unit === 96 || (unit === 36 && text.charCodeAt(place + 1) === 123)) {
        if (place > from) writer.add(KIND.chunk, escaped ? 1 : 0, from, place);
        if (unit === 36) {
          writer.open(HOLE_MARK, place, place + 2);
          return place + 2;
        }
        writer.close(96, place, place + 1);
        return place + 1;
      }
    }
    return -1;
  };
  /** Whether it is one of these words, and no field of that name. */
  const isWordOf = (token: ReturnType<typeof writer.last>, words: ReadonlySet<string>): boolean =>
    token?.kind === KIND.word &&
    text.charCodeAt(token.start - 1) !== 46 &&
    words.has(text.slice(token.start, token.end));
  /** Whether a brace behind that token opens a block and no object. */
  const opensBlock = (token: ReturnType<typeof writer.last>): boolean => {
    if (token === null) return true;
    if (token.kind === KIND.mark) return BEFORE_BLOCK.has(token.mark);
    return token.kind === KIND.word && (!isWordOf(token, BEFORE_VALUE) || isWordOf(token, BEFORE_BODY));
  };
  const slash = (): Slash => {
    const last = writer.last();
    if (last === null) return "pattern";
    switch (last.kind) {
      case KIND.word:
        return isWordOf(last, BEFORE_VALUE) ? "pattern" : "operator";
      case KIND.mark:
        // A statement may begin behind a block, but not behind an object.
        if (last.mark === code("}")) return opensBlock(writer.beforeBracket()) ? "pattern" : "operator";
        // `if (…) /pattern/`, but `f(…) / 2`
        if (last.mark === code(")"))
          return isWordOf(writer.beforeBracket(), BEFORE_STATEMENT) ? "pattern" : "operator";
        if (last.mark === MARK.step) return "operator";
        // A template that only opened is read to its end, or to what it takes in.
        return last.mark === code("]") || last.mark === code("`") ? "operator" : "pattern";
      default:
        return "operator";
    }
  };
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const kind = classOf(unit);
    if (kind === CLASS.space) {
      at++;
      continue;
    }
    if (kind === CLASS.word || unit === 35) {
      const end = wordEnd(text, at);
      if (text.charCodeAt(end) === 92) return null;
      writer.add(KIND.word, 0, at, end);
      at = end;
      continue;
    }
    const isFraction =
      unit === 46 && classOf(text.charCodeAt(at + 1)) === CLASS.digit && slash() === "pattern";
    if (kind === CLASS.digit || isFraction) {
      const end = numberEnd(text, at);
      writer.add(KIND.number, 0, at, end);
      at = end;
      continue;
    }
    switch (unit) {
      case 34:
      case 39: {
        const { end, escaped } = quotedEnd(text, at + 1, unit, false);
        if (end === -1) return null;
        writer.add(KIND.string, escaped ? 1 : 0, at, end);
        at = end;
        continue;
      }
      case 96:
        writer.open(unit, at, at + 1);
        at = chunk(at + 1);
        if (at === -1) return null;
        continue;
      case 92:
        return null;
      case 47: {
        const next = text.charCodeAt(at + 1);
        if (next === 47) {
          at = lineEnd(text, at);
          continue;
        }
        if (next === 42) {
          const end = text.indexOf("*/", at + 2);
          if (end === -1) return null;
          at = end + 2;
          continue;
        }
        if (slash() === "operator") break;
        const end = patternEnd(text, at);
        if (end === -1) return null;
        writer.add(KIND.pattern, 0, at, end);
        at = end;
        continue;
      }
      case 60:
        if (text.startsWith("<!--", at)) return null;
        // In JSX quotes are letters, and every element has an end.
        if (slash() !== "operator" && mayHoldElements()) return null;
        break;
      case 40:
      case 91:
      case 123:
        writer.open(unit, at, at + 1);
        at++;
        continue;
      case 41:
      case 93:
      case 125: {
        const opened = writer.close(unit, at, at + 1);
        if (opened === 0) return null;
        at = opened === HOLE_MARK ? chunk(at + 1) : at + 1;
        if (at === -1) return null;
        continue;
      }
      default:
    }
    const mark = byFirst[unit]?.find(([written]) => text.startsWith(written, at));
    // `a?.5:b`
    const isTernary = mark?.[1] === MARK.chain && classOf(text.charCodeAt(at + 2)) === CLASS.digit;
    const length = mark === undefined || isTernary ? 1 : mark[0].length;
    writer.add(KIND.mark, mark === undefined || isTernary ? unit : mark[1], at, at + length);
    at += length;
  }
  return writer.done();
}

function lineEnd(text: string, at: number): number {
  LINE_END.lastIndex = at;
  return LINE_END.exec(text)?.index ?? text.length;
}

const LINE_END = /[\n\r\u2028\u2029]/g;

/** Behind the pattern whose slash stands at `at`; -1 where the line ends before it. */
function patternEnd(text: string, at: number): number {
  let inClass = false;
  for (let place = at + 1; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit === 10 || unit === 13) return -1;
    if (unit === 92) place++;
    else if (unit === 91) inClass = true;
    else if (unit === 93) inClass = false;
    else if (unit === 47 && !inClass) {
      return wordEnd(text, place);
    }
  }
  return -1;
}
