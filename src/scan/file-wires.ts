import { inScope, type ScopeAnswer, unitScopes } from "../scope/scope.js";
import { languageOf, mayHoldUnits } from "../units/languages.js";
import type { ParsedFile, Unit } from "../units/unit.js";
import type { Engine } from "./engine.js";
import type { Wire } from "./finding.js";
import type { Match } from "./match.js";
import { type Disposition, dispositionOf, type UnitWire, unitWire } from "./unit-wire.js";

const SEVERE: Readonly<Record<Wire, number>> = { withheld: 0, masked: 1, leak: 2 };

/**
 * Source code that was not taken apart (too large, or in a language without a grammar here) holds functions all the
 * same: any of it may be on the wire, masked as a body. Null for what Live Sync has no functions of.
 */
export function unparsedWire(engine: Engine, rawPath: string, text: string): UnitWire | null {
  const scope = inScope(rawPath, engine.settings);
  if (!scope.in || !mayHoldUnits(rawPath)) return null;
  const whole = { start: 0, end: text.length };
  const unit: Unit = {
    auraId: rawPath,
    name: rawPath,
    path: rawPath,
    language: languageOf(rawPath) ?? "javascript",
    range: whole,
    signature: { start: 0, end: 0 },
    body: whole,
    docs: [],
    marker: null,
    enclosedByLocal: false,
  };
  return unitWire(text, unit, scope, engine.settings);
}

/** A secret in an inner unit travels with the outer ones too: the worst of what happens to it counts. */
export function worst(match: Match, wires: readonly UnitWire[]): Disposition {
  return wires
    .map((wire) => dispositionOf(match.pieces, wire))
    .reduce<Disposition>((a, b) => (SEVERE[b.wire] > SEVERE[a.wire] ? b : a), {
      wire: "withheld",
      detector: null,
    });
}

/** The wire of each of a file's units, made when it is first asked for. It throws `MaskError`. */
export function wiresOf(
  engine: Engine,
  rawPath: string,
  text: string,
  parsed: ParsedFile | null,
): (unit: Unit) => UnitWire {
  const file = inScope(rawPath, engine.settings);
  const scopes = unitScopes(parsed?.units ?? [], engine.settings);
  const made = new Map<Unit, UnitWire>();
  return (unit) => {
    const scope: ScopeAnswer = file.in ? (scopes.get(unit) ?? file) : file;
    const wire = made.get(unit) ?? unitWire(text, unit, scope, engine.settings);
    made.set(unit, wire);
    return wire;
  };
}
