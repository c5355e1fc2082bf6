import { withoutAllows } from "../allow/directive.js";
import { inlineWords } from "../allow/inline.js";
import { inScope, unitScopes } from "../scope/scope.js";
import { lineIndex, overlaps, type Position } from "../text/lines.js";
import { languageOf } from "../units/languages.js";
import { parseUnits } from "../units/parse.js";
import type { Language, Marker, ParsedFile, Unit } from "../units/unit.js";
import type { MaskTrials } from "./advice.js";
import { blotted, blottedPart, preview } from "./blot.js";
import { builtMatches } from "./built-matches.js";
import type { Engine } from "./engine.js";
import { unparsedWire, wiresOf, worst } from "./file-wires.js";
import { type Fingerprints, fingerprints } from "./fingerprint.js";
import type { Located } from "./located.js";
import { type Examined, type Exit, makeFinding, makePathFinding } from "./make-finding.js";
import type { Match } from "./match.js";
import { holdsMarker, mayHoldBuilt, saysNothing } from "./quiet-text.js";
import { secretsIn } from "./secrets-in.js";
import { unitsAt } from "./surfaces.js";
import { dispositionOf, secretsOnWire, type UnitWire, unitWire } from "./unit-wire.js";

/** One file under scan: its name as reported, and what its findings count from. */
export type FileContext = {
  readonly rawPath: string;
  /** `rawPath` with any secret in it blotted out. */
  readonly path: string;
  /** Those secrets: ids are made of paths. Never told. */
  readonly pathSecrets: readonly string[];
  readonly fingerprints: Fingerprints;
  /** Findings in the name itself. */
  readonly inPath: readonly Located[];
};

/** A piece of a file's text; a small file is one piece. */
export type Piece = {
  readonly text: string;
  /** Place of `text[0]` in the file. */
  readonly origin: Position;
  /** Matches that begin at this offset or behind it belong to the next piece. */
  readonly ownedUpTo: number;
  /** Whether this is the whole file, so that it can be taken apart into units. */
  readonly whole: boolean;
  /** The bytes that `text` is made of, where they are valid UTF-8: the text is asked for only if they tell something. */
  readonly utf8?: Uint8Array;
};

/** What one piece gave. */
export type PieceScan = {
  readonly located: readonly Located[];
  readonly units: number;
  readonly markers: ReadonlySet<Marker>;
};

/** A unit as the wire would get it, and what was found in it. */
export type UnitScan = { readonly wire: UnitWire; readonly located: readonly Located[] };

/** Opens a file's scan: looks at its name. */
export function openFile(engine: Engine, rawPath: string, exit: Exit): FileContext {
  const matches = secretsIn(rawPath, engine.keywords);
  const secrets = matches.map((match) => rawPath.slice(match.secret.start, match.secret.end));
  const blots = matches.map(({ rule, secret }) => ({
    span: secret,
    shown: preview(rule, rawPath.slice(secret.start, secret.end)),
  }));
  const whole = { start: 0, end: rawPath.length };
  const path =
    secrets.length === 0 ? rawPath : blotted(blottedPart(rawPath, whole, blots, whole).text, secrets);
  const identities = fingerprints(path);
  const inPath = matches.map((match) => makePathFinding(engine, match, path, identities, exit));
  return { rawPath, path, pathSecrets: secrets, fingerprints: identities, inPath };
}

/**
 * The secrets in a piece of a file on its way to git, each with what Live Sync would have done with it.
 * The file is taken apart only if something was found in it, or if it holds a marker. Throws `UnitsError`
 * and `MaskError`.
 */
export function scanPiece(engine: Engine, context: FileContext, piece: Piece): PieceScan {
  const signs = piece.utf8 === undefined ? null : engine.keywords.signsIn(piece.utf8, context.rawPath);
  if (signs !== null && saysNothing(engine, context.rawPath, signs)) return NOTHING;
  const language = piece.whole ? languageOf(context.rawPath) : null;
  const text = signs?.marked === false ? piece.text : withoutAllows(piece.text, engine.isRule);
  const plain = secretsIn(
    text,
    engine.keywords,
    context.rawPath,
    signs !== null && text === piece.text ? signs.hits : undefined,
  );
  const isMarked = signs?.marked !== false && holdsMarker(piece.text);
  const isToBuild =
    plain.length > 0 || isMarked || mayHoldBuilt(engine, context.rawPath, piece.text, language, signs);
  if (!isToBuild) return NOTHING;
  const parsed = language === null ? null : parseUnits(piece.text, context.rawPath, language);
  const units = parsed?.units ?? [];
  const markers = new Set(units.flatMap((unit) => (unit.marker === null ? [] : [unit.marker])));
  const matches = withBuilt(engine, context, piece.text, parsed, plain, signs?.clues).filter(
    (match) => match.secret.start < piece.ownedUpTo,
  );
  if (matches.length === 0) return { located: [], units: units.length, markers };

  const wires = wiresOf(engine, context.rawPath, piece.text, parsed);
  const touched = new Set(matches.flatMap((match) => unitsAt(match.secret, units)));
  const onWire = [...touched].flatMap((unit) =>
    secretsOnWire(wires(unit), engine.keywords, context.rawPath, matches),
  );
  const all = inOrder([...matches, ...onWire]);
  const examined = examine(engine, context, piece, parsed, all, "git");
  const unparsed = parsed === null ? unparsedWire(engine, context.rawPath, piece.text) : null;
  const located = all.flatMap((match) => {
    const holders = unitsAt(match.secret, units);
    const [holder = null] = holders;
    const carriers = unparsed === null ? holders.map(wires) : [unparsed];
    const made = makeFinding(examined, match, holder, worst(match, carriers));
    return isSilenced(engine, match, made) ? [] : [made];
  });
  return { located, units: units.length, markers };
}

/** A value that documentation prints, where the settings want nothing said of it (`scan.documented`). */
function isSilenced(engine: Engine, match: Match, { finding }: Located): boolean {
  const isSilent = engine.settings.documented === "silent" && engine.documented.has(match.value);
  return isSilent && finding.severity === "low";
}

/** Every unit of a file as Live Sync would send it. Throws `UnitsError` and `MaskError`. */
export function scanUnits(
  engine: Engine,
  context: FileContext,
  text: string,
  language: Language,
): { readonly units: readonly UnitScan[]; readonly hasErrors: boolean } {
  const parsed = parseUnits(text, context.rawPath, language);
  const plain = secretsIn(withoutAllows(text, engine.isRule), engine.keywords, context.rawPath);
  const matches = withBuilt(engine, context, text, parsed, plain);
  const wires = wiresOf(engine, context.rawPath, text, parsed);
  const onWire = parsed.units.flatMap((unit) =>
    secretsOnWire(wires(unit), engine.keywords, context.rawPath, matches),
  );
  const all = inOrder([...matches, ...onWire]);
  const piece: Piece = { text, origin: { line: 1, column: 1 }, ownedUpTo: text.length, whole: true };
  const examined = examine(engine, context, piece, parsed, all, "wire");
  const units = parsed.units.map((unit) => {
    const wire = wires(unit);
    const located = all
      .filter((match) => unitsAt(match.secret, [unit]).length > 0)
      .map((match) => makeFinding(examined, match, unit, dispositionOf(match.pieces, wire)));
    return { wire, located };
  });
  return { units, hasErrors: parsed.hasErrors };
}

/**
 * One unit's text as a daemon offers it, `unit` covering all of it. `tree` is what the parser made of it (null for a
 * language without one), with the units inside. Throws `MaskError`.
 */
export function scanOffered(
  engine: Engine,
  context: FileContext,
  text: string,
  unit: Unit,
  tree: { readonly parsed: ParsedFile | null; readonly inner: readonly Unit[] },
): UnitScan {
  const file = inScope(context.rawPath, engine.settings);
  const scope = file.in ? (unitScopes([unit, ...tree.inner], engine.settings).get(unit) ?? file) : file;
  const wire = unitWire(text, unit, scope, engine.settings);
  const plain = secretsIn(withoutAllows(text, engine.isRule), engine.keywords, context.rawPath);
  const matches = withBuilt(engine, context, text, tree.parsed, plain);
  const all = inOrder([...matches, ...secretsOnWire(wire, engine.keywords, context.rawPath, matches)]);
  const parsed: ParsedFile = {
    language: unit.language,
    source: tree.parsed?.source ?? null,
    units: [unit],
    identifiers: tree.parsed?.identifiers ?? [],
    comments: tree.parsed?.comments ?? [],
    hasErrors: tree.parsed?.hasErrors ?? false,
  };
  const piece: Piece = { text, origin: { line: 1, column: 1 }, ownedUpTo: text.length, whole: true };
  const examined = examine(engine, context, piece, parsed, all, "wire");
  return {
    wire,
    located: all.map((match) => makeFinding(examined, match, unit, dispositionOf(match.pieces, wire))),
  };
}

/** The matches with those that only a program would see. */
function withBuilt(
  engine: Engine,
  context: FileContext,
  text: string,
  parsed: ParsedFile | null,
  plain: readonly Match[],
  clues?: number,
): readonly Match[] {
  const source = parsed?.source ?? null;
  const { keywords } = engine;
  return inOrder([...plain, ...builtMatches(text, source, keywords, context.rawPath, plain, clues)]);
}

const NOTHING: PieceScan = { located: [], units: 0, markers: new Set() };

function examine(
  engine: Engine,
  context: FileContext,
  piece: Piece,
  parsed: ParsedFile | null,
  matches: readonly Match[],
  exit: Exit,
): Examined {
  const lines = lineIndex(piece.text);
  return {
    engine,
    exit,
    path: context.path,
    text: piece.text,
    origin: piece.origin,
    lines,
    parsed,
    matches,
    indexOf: new Map(matches.map((match, index) => [match, index])),
    nameOf: unitNames(piece.text, matches, context.pathSecrets),
    fingerprints: context.fingerprints,
    identity: new Map(),
    words: inlineWords(piece.text, lines, matches, piece.origin.line, engine.isRule),
    trialsOf: trialsByUnit(),
  };
}

function trialsByUnit(): Examined["trialsOf"] {
  const trials = new Map<Unit, MaskTrials>();
  return (unit) => {
    const known = trials.get(unit) ?? new Map();
    trials.set(unit, known);
    return known;
  };
}

/** Names as reports show them: without the secrets that stand in the signature or in the path. */
function unitNames(
  text: string,
  matches: readonly Match[],
  pathSecrets: readonly string[],
): Examined["nameOf"] {
  const names = new Map<Unit, { aura_id: string; name: string }>();
  return (unit) => {
    const secrets = names.has(unit)
      ? []
      : matches
          .filter((match) => overlaps(match.secret, unit.signature))
          .map((match) => text.slice(match.secret.start, match.secret.end))
          .concat(pathSecrets);
    const known = names.get(unit) ?? {
      aura_id: blotted(unit.auraId, secrets),
      name: blotted(unit.name, secrets),
    };
    names.set(unit, known);
    return known;
  };
}

function inOrder(matches: readonly Match[]): readonly Match[] {
  return [...matches].sort((a, b) => a.secret.start - b.secret.start || a.secret.end - b.secret.end);
}
