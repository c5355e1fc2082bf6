import type { InlineWords } from "../allow/inline.js";
import type { Severity } from "../rules/rule.js";
import {
  contains,
  type LineIndex,
  lineIndex,
  lineSpan,
  overlaps,
  type Position,
  positionAt,
  type Span,
} from "../text/lines.js";
import type { ParsedFile, Unit } from "../units/unit.js";
import { fixFor, type MaskTrials, maskAdvice } from "./advice.js";
import { type Blot, blottedLine, blottedPart, preview } from "./blot.js";
import type { Engine } from "./engine.js";
import type { Finding, Surface } from "./finding.js";
import { type Fingerprints, SURROUNDINGS, surroundingsOf } from "./fingerprint.js";
import { type Located, located } from "./located.js";
import type { Match } from "./match.js";
import { relatedTo } from "./related.js";
import { surfaceOf } from "./surfaces.js";
import type { Disposition } from "./unit-wire.js";

/** Whether git (unmasked) or the wire (masked) is the way out: the two ask different questions (design section 2). */
export type Exit = "git" | "wire";

/** A text under examination: everything about it that a finding needs. */
export type Examined = {
  readonly engine: Engine;
  readonly exit: Exit;
  /** As it is reported: blotted. */
  readonly path: string;
  readonly text: string;
  /** Where `text` begins in the whole file. */
  readonly origin: Position;
  readonly lines: LineIndex;
  readonly parsed: ParsedFile | null;
  /** In order of place. */
  readonly matches: readonly Match[];
  readonly indexOf: ReadonlyMap<Match, number>;
  /** A unit's id and name without the secrets in them. */
  readonly nameOf: (unit: Unit) => { readonly aura_id: string; readonly name: string };
  readonly fingerprints: Fingerprints;
  /** The fingerprints given so far: a secret that several units hold has one. */
  readonly identity: Map<Match, string>;
  /** What comments say to the matches that they reach. */
  readonly words: InlineWords;
  readonly trialsOf: (unit: Unit) => MaskTrials;
};

/** What stands on either side of a place on its line in a report, at most, in UTF-16 units. */
const EXCERPT = 160;

/** The finding for `match` as it lies in `unit` (null: outside every unit), with what the wire does to it. */
export function makeFinding(
  examined: Examined,
  match: Match,
  unit: Unit | null,
  disposition: Disposition,
): Located {
  const { engine, exit, text, lines, parsed, fingerprints, path } = examined;
  const { rule } = match;
  const surface = surfaceOf(match.secret, unit, parsed);
  const inUnitBody = unit !== null && contains(unit.body, match.secret);
  const near = matchesNear(examined, match);
  const secretSpans = near.flatMap((other) => other.pieces).sort((a, b) => a.start - b.start);
  const values = near.flatMap((other) => [other.value, ...other.pieces.map((piece) => textAt(text, piece))]);
  const advice =
    disposition.wire === "leak" && unit !== null && inUnitBody && match.built === null
      ? maskAdvice(
          text.slice(unit.body.start, unit.body.end),
          { start: match.secret.start - unit.body.start, end: match.secret.end - unit.body.start },
          rule,
          engine.settings,
          values,
          examined.trialsOf(unit),
        )
      : { detector: null, block: null };
  const detector = disposition.detector ?? advice.detector;
  const fingerprint =
    examined.identity.get(match) ??
    fingerprints.of(rule.id, match.value, surroundingsOf(text, lines, match.secret, secretSpans));
  examined.identity.set(match, fingerprint);
  const finding = {
    fingerprint,
    rule: rule.id,
    title: rule.title,
    severity: severityOf(examined, match, surface, disposition),
    confidence: match.confidence,
    path,
    start: place(examined, match.secret.start),
    end: place(examined, match.secret.end),
    unit: unit === null ? null : { ...examined.nameOf(unit), marker: unit.marker },
    surface,
    wire: disposition.wire,
    detector,
    preview: preview(rule, match.value),
    check: match.check,
    built: match.built,
    related: relatedTo(match, (offset) => place(examined, offset)),
    line_hash: null,
    commit: null,
    commit_date: null,
    at_head: null,
    push: null,
    pushed: null,
    fix: fixFor({
      surface,
      isBuilt: match.built !== null,
      wire: disposition.wire,
      detector,
      hasBlock: advice.block !== null,
      inUnitBody,
      exit,
      leaksOnly: exit === "wire" || engine.settings.gitBlocksOn === "leaks",
    }),
    mask_block: advice.block,
    rotate: rule.rotate,
    docs: rule.docs,
    also: match.also,
    excerpt: excerptOf(text, lines, match, near, values),
  };
  return located(engine, finding, match.value, examined.words.get(match));
}

function textAt(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/**
 * The match's severity; `low` for a value that documentation prints, where git looks at text and bodies. In a name
 * or a signature, and on the wire, such a value counts like any other (design section 6).
 */
function severityOf(examined: Examined, match: Match, surface: Surface, disposition: Disposition): Severity {
  if (!examined.engine.documented.has(match.value)) return match.severity;
  if (examined.exit === "wire" || surface === "identifier" || surface === "signature") return match.severity;
  const judgedAsPush = examined.engine.settings.gitBlocksOn === "leaks" && disposition.wire === "leak";
  return judgedAsPush ? match.severity : "low";
}

/** The matches whose bytes can stand in the excerpt or the surroundings of `match`. */
function matchesNear({ matches, indexOf }: Examined, match: Match): readonly Match[] {
  const reach = Math.max(EXCERPT, SURROUNDINGS);
  const own = indexOf.get(match) ?? 0;
  let first = own;
  while (first > 0 && (matches[first - 1]?.secret.end ?? 0) > match.secret.start - reach) first--;
  let last = own + 1;
  while (last < matches.length && (matches[last]?.secret.start ?? 0) < match.secret.end + reach) last++;
  return matches.slice(first, last);
}

function place(examined: Examined, offset: number): Position {
  const { line, column } = positionAt(examined.lines, offset);
  const { origin } = examined;
  return { line: line + origin.line - 1, column: line === 1 ? column + origin.column - 1 : column };
}

function excerptOf(
  text: string,
  lines: LineIndex,
  match: Match,
  matches: readonly Match[],
  values: readonly string[],
): Finding["excerpt"] {
  const line = lineSpan(lines, text, positionAt(lines, match.secret.start).line);
  const focus = match.pieces.find((piece) => overlaps(piece, match.secret)) ?? match.secret;
  const onLine: Span = { start: match.secret.start, end: Math.min(match.secret.end, line.end) };
  const part = {
    start: Math.max(line.start, onLine.start - EXCERPT),
    end: Math.min(line.end, onLine.end + EXCERPT),
  };
  const cut = blottedPart(text, part, blotsOf(matches), focus);
  const before = blottedLine(cut.text.slice(0, cut.caret.start), values);
  const shown = cut.text.slice(cut.caret.start, cut.caret.end);
  const after = blottedLine(cut.text.slice(cut.caret.end), values);
  return {
    text: before + shown + after,
    caret: { start: before.length, end: before.length + shown.length },
  };
}

/** What is shown of each piece: of the secret's first one the public prefix, of all others their length. */
function blotsOf(matches: readonly Match[]): readonly Blot[] {
  const blots = matches.flatMap(({ rule, secret, pieces, value, built }) =>
    pieces.map((span) => ({
      span,
      shown:
        built === null && span.start === secret.start ? preview(rule, value) : `…(${span.end - span.start})`,
    })),
  );
  return blots.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** A finding in the file's own name: it is shown where the file begins. */
export function makePathFinding(
  engine: Engine,
  match: Match,
  path: string,
  fingerprints: Fingerprints,
  exit: Exit,
): Located {
  const lines = lineIndex(path);
  const finding = {
    fingerprint: fingerprints.of(match.rule.id, match.value, "the file's name"),
    rule: match.rule.id,
    title: match.rule.title,
    severity: match.severity,
    confidence: match.confidence,
    path,
    start: { line: 1, column: 1 },
    end: { line: 1, column: 1 },
    unit: null,
    surface: "identifier" as const,
    wire: exit === "wire" ? ("leak" as const) : ("withheld" as const),
    detector: null,
    preview: preview(match.rule, match.value),
    check: match.check,
    built: null,
    related: [],
    line_hash: null,
    commit: null,
    commit_date: null,
    at_head: null,
    push: null,
    pushed: null,
    fix: "Rename the file: its name holds a secret, and names are never masked.",
    mask_block: null,
    rotate: match.rule.rotate,
    docs: match.rule.docs,
    also: match.also,
    excerpt: { text: path, caret: { start: 0, end: lines.length } },
  };
  return located(engine, finding, match.value);
}
