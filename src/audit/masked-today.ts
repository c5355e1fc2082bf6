import { DETECTORS } from "../mask/detectors.js";
import type { Redaction } from "../mask/mask.js";
import type { Engine } from "../scan/engine.js";
import { fingerprints } from "../scan/fingerprint.js";
import { type Located, located } from "../scan/located.js";
import type { UnitScan } from "../scan/scan-text.js";
import { lineIndex, type Position, positionAt } from "../text/lines.js";

/**
 * What today's mask would hide in a body that left, where no rule finds anything: a mask that was added since, or switched
 * on, is how a team says that something must not leave.
 */
export function maskedToday(
  engine: Engine,
  path: string,
  text: string,
  { wire, located: byRules }: UnitScan,
): readonly Located[] {
  const lines = lineIndex(text);
  const identities = fingerprints(path);
  return wire.redactions.flatMap((redaction) => {
    const { start, end } = redaction.span;
    const place = { start: positionAt(lines, start), end: positionAt(lines, end) };
    const isTold = byRules.some(
      ({ finding }) => isBefore(finding.start, place.end) && isBefore(place.start, finding.end),
    );
    if (isTold) return [];
    const value = text.slice(start, end);
    const preview = `…(${value.length})`;
    const finding = {
      fingerprint: identities.of(ruleOf(redaction), value, "what today's mask hides"),
      rule: ruleOf(redaction),
      title: `What the mask ${redaction.detector} hides today`,
      ...(isBuiltIn(redaction) ? BUILT_IN : CUSTOM),
      path,
      ...place,
      unit: null,
      surface: "body" as const,
      wire: "masked" as const,
      detector: redaction.detector,
      preview,
      check: null,
      built: null,
      related: [],
      line_hash: null,
      commit: null,
      commit_date: null,
      at_head: null,
      push: null,
      pushed: null,
      fix: "",
      mask_block: null,
      rotate: null,
      docs: null,
      also: [],
      excerpt: { text: preview, caret: { start: 0, end: preview.length } },
    };
    return [located(engine, finding, value)];
  });
}

/** What the specification's table hides is a credential; what a team's own mask hides may be less. */
const BUILT_IN = { severity: "high", confidence: "high" } as const;
const CUSTOM = { severity: "medium", confidence: "medium" } as const;

function isBuiltIn({ detector }: Redaction): boolean {
  return DETECTORS.some(({ name }) => name === detector);
}

/** No rule has such an id: it is told apart from all of them. */
function ruleOf({ detector }: Redaction): string {
  return `mask:${detector}`;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
