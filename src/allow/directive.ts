import { type LineIndex, lineIndex, lineSpan, positionAt, type Span } from "../text/lines.js";
import { commentEnd, commentStart } from "./comment.js";

/** What stands in a comment that says that a finding is fine. */
export const MARK = "aura-scan:allow";

/** One rule that a comment allows; with the first 8 or more hex digits of a finding's fingerprint, for that one only. */
export type RuleAllow = { readonly rule: string; readonly fingerprint: string | null };

/**
 * A comment that allows findings: `aura-scan:allow RULE@FINGERPRINT, RULE -- reason`. Where it cannot be understood
 * `allows` is empty, and `fault` says why.
 */
export type Directive = {
  /** From 1, in the text that was searched. */
  readonly line: number;
  /** Offset of the word itself. */
  readonly at: number;
  /** Offset behind the last rule that it names. */
  readonly named: number;
  /** All of the comment: from what opens it to what closes it, or to the line's end. */
  readonly span: Span;
  readonly allows: readonly RuleAllow[];
  readonly reason: string;
  readonly fault: string | null;
};

/** How much behind the word is read, in UTF-16 units: rules, fingerprints and a reason. */
const MOST_BODY = 1000;

/** How many rules one comment may allow, and how many comments on one line count. */
export const MOST_ON_LINE = 32;

/** Every directive in `text`, in order. It is text: any language's comment will do, and a plain line too. */
export function directivesIn(text: string, lines: LineIndex): readonly Directive[] {
  const found: Directive[] = [];
  for (let at = text.indexOf(MARK); at !== -1; ) {
    const { line } = positionAt(lines, at);
    const span = lineSpan(lines, text, line);
    for (const directive of directivesOn(text, span, line)) found.push(directive);
    at = text.indexOf(MARK, span.end);
  }
  return found;
}

/**
 * `text` with spaces in place of the rules and fingerprints that comments allow: a rule's own name (`aws-…`) is among
 * the words that rules look for. The reasons stay, for they may hold a secret like any other text.
 */
export function withoutAllows(text: string, isRule: (id: string) => boolean): string {
  if (!text.includes(MARK)) return text;
  let out = "";
  let at = 0;
  for (const { at: mark, named, allows } of directivesIn(text, lineIndex(text))) {
    if (allows.length === 0 || !allows.every(({ rule }) => isRule(rule))) continue;
    out += text.slice(at, mark) + " ".repeat(named - mark);
    at = named;
  }
  return out + text.slice(at);
}

/** The directives on one line of `text`, which is line `line` of it. */
export function directivesOn(text: string, span: Span, line: number): readonly Directive[] {
  const places: number[] = [];
  const content = text.slice(span.start, span.end);
  for (let at = content.indexOf(MARK); at !== -1; at = content.indexOf(MARK, at + MARK.length)) {
    if (isWord(content, at) && places.length < MOST_ON_LINE) places.push(span.start + at);
  }
  const starts = places.map((at) => commentStart(text, span.start, at));
  return places.map((at, index) => {
    const start = starts[index] ?? at;
    const limit = starts[index + 1] ?? span.end;
    const body = at + MARK.length;
    const { contentEnd, end } = commentEnd(text, text.slice(start, at), body, limit);
    const said = text.slice(body, Math.min(contentEnd, body + MOST_BODY));
    const separator = SEPARATOR.exec(said);
    const rules = said.slice(0, separator?.index ?? said.length);
    const reason = separator === null ? "" : said.slice(separator.index + separator[0].length).trim();
    return {
      line,
      at,
      named: body + rules.length,
      span: { start, end },
      ...understood(rules.trim(), reason),
    };
  });
}

/** `xaura-scan:allow` and `aura-scan:allowed` are other words. */
function isWord(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + MARK.length);
  return !/[\w-]/.test(after) && !/\w/.test(before);
}

/** Two hyphens; one, for XML lets no comment hold two; or a dash that an editor made of them. */
const SEPARATOR = /\s(?:--?|–|—)(?:\s|$)/;

function understood(rules: string, reason: string): Pick<Directive, "allows" | "reason" | "fault"> {
  if (rules === "") return faulty("it names no rule");
  const allows: RuleAllow[] = [];
  for (const part of rules.split(",", MOST_ON_LINE)) {
    const [, rule, fingerprint] = /^([a-z0-9]+(?:-[a-z0-9]+)*)(?:@(.*))?$/.exec(part.trim()) ?? [];
    if (rule === undefined) return faulty("what stands for a rule is no rule's id");
    if (fingerprint !== undefined && !/^[0-9a-f]{8,32}$/i.test(fingerprint))
      return faulty("behind the @ belong the first 8 or more hex digits of the fingerprint");
    allows.push({ rule, fingerprint: fingerprint?.toLowerCase() ?? null });
  }
  return /[\p{L}\p{N}]/u.test(reason) ? { allows, reason, fault: null } : faulty("it gives no reason");
}

function faulty(fault: string): Pick<Directive, "allows" | "reason" | "fault"> {
  return { allows: [], reason: "", fault };
}
