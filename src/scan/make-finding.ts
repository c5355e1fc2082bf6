import type { Severity } from "../rules/rule.js";
import {
  contains,
  type LineIndex,
  lineIndex,
  lineSpan,
  type Position,
  positionAt,
  type Span,
} from "../text/lines.js";
import type { ParsedFile, Unit } from "../units/unit.js";
import { fixFor, type MaskTrials, maskAdvice } from "./advice.js";
import { type Blot, blottedLine, blottedPart, preview } from "./blot.js";
import { allowedBecause, type Engine } from "./engine.js";
import type { Finding, Surface } from "./finding.js";
import { type Fingerprints, SURROUNDINGS, surroundingsOf } from "./fingerprint.js";
import type { Match } from "./match.js";
import { surfaceOf } from "./surfaces.js";
import type { Disposition } from "./unit-wire.js";

/** Whether git (unmasked) or the wire (masked) is the way out: the two ask different questions (design section 2). */
export type Exit = "git" | "wire";

/** A finding whose value is known only by a key that means nothing outside this run. */
export type Located = { readonly finding: Omit<Finding, "secret">; readonly valueKey: string };

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
  const secret = text.slice(match.secret.start, match.secret.end);
  const surface = surfaceOf(match.secret, unit, parsed);
  const inUnitBody = unit !== null && contains(unit.body, match.secret);
  const near = matchesNear(examined, match);
  const secretSpans = near.map((other) => other.secret);
  const values = near.map((other) => text.slice(other.secret.start, other.secret.end));
  const advice =
    disposition.wire === "leak" && unit !== null && inUnitBody
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
  const fingerprint = fingerprints.of(
    rule.id,
    secret,
    surroundingsOf(text, lines, match.secret, secretSpans),
  );
  const finding: Omit<Finding, "secret"> = {
    fingerprint,
    rule: rule.id,
    title: rule.title,
    severity: severityOf(examined, match, secret, surface, disposition),
    confidence: rule.confidence,
    path,
    start: place(examined, match.secret.start),
    end: place(examined, match.secret.end),
    unit: unit === null ? null : { ...examined.nameOf(unit), marker: unit.marker },
    surface,
    wire: disposition.wire,
    detector,
    preview: preview(rule, secret),
    commit: null,
    push: null,
    fix: fixFor({
      surface,
      wire: disposition.wire,
      detector,
      hasBlock: advice.block !== null,
      inUnitBody,
      exit,
      leaksOnly: exit === "wire" || engine.settings.gitBlocksOn === "leaks",
    }),
    mask_block: advice.block,
    rotate: rule.rotate,
    also: match.also,
    allowed: null,
    excerpt: excerptOf(text, lines, match, near, values),
  };
  return {
    finding: { ...finding, allowed: allowedBecause(engine, finding) },
    valueKey: engine.valueKey(secret),
  };
}

/**
 * The rule's severity; `low` for a value that documentation prints, where git looks at text and bodies. In a name
 * or a signature, and on the wire, such a value counts like any other (design section 6).
 */
function severityOf(
  examined: Examined,
  match: Match,
  secret: string,
  surface: Surface,
  disposition: Disposition,
): Severity {
  if (!examined.engine.documented.has(secret)) return match.rule.severity;
  if (examined.exit === "wire" || surface === "identifier" || surface === "signature")
    return match.rule.severity;
  const judgedAsPush = examined.engine.settings.gitBlocksOn === "leaks" && disposition.wire === "leak";
  return judgedAsPush ? match.rule.severity : "low";
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
  const onLine: Span = { start: match.secret.start, end: Math.min(match.secret.end, line.end) };
  const part = {
    start: Math.max(line.start, onLine.start - EXCERPT),
    end: Math.min(line.end, onLine.end + EXCERPT),
  };
  const blots: Blot[] = matches.map((other) => ({
    span: { start: other.secret.start, end: other.secret.end },
    shown: preview(other.rule, text.slice(other.secret.start, other.secret.end)),
  }));
  const cut = blottedPart(text, part, blots, match.secret);
  const before = blottedLine(cut.text.slice(0, cut.caret.start), values);
  const shown = cut.text.slice(cut.caret.start, cut.caret.end);
  const after = blottedLine(cut.text.slice(cut.caret.end), values);
  return {
    text: before + shown + after,
    caret: { start: before.length, end: before.length + shown.length },
  };
}

/** A finding in the file's own name: it is shown where the file begins. */
export function makePathFinding(
  engine: Engine,
  match: Match,
  rawPath: string,
  path: string,
  fingerprints: Fingerprints,
  exit: Exit,
): Located {
  const lines = lineIndex(path);
  const secret = rawPath.slice(match.secret.start, match.secret.end);
  const finding: Omit<Finding, "secret"> = {
    fingerprint: fingerprints.of(match.rule.id, secret, "the file's name"),
    rule: match.rule.id,
    title: match.rule.title,
    severity: match.rule.severity,
    confidence: match.rule.confidence,
    path,
    start: { line: 1, column: 1 },
    end: { line: 1, column: 1 },
    unit: null,
    surface: "identifier",
    wire: exit === "wire" ? "leak" : "withheld",
    detector: null,
    preview: preview(match.rule, secret),
    commit: null,
    push: null,
    fix: "Rename the file: its name holds a secret, and names are never masked.",
    mask_block: null,
    rotate: match.rule.rotate,
    also: match.also,
    allowed: null,
    excerpt: { text: path, caret: { start: 0, end: lines.length } },
  };
  return {
    finding: { ...finding, allowed: allowedBecause(engine, finding) },
    valueKey: engine.valueKey(secret),
  };
}
