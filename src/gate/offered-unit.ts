import { mask } from "../mask/mask.js";
import type { Engine } from "../scan/engine.js";
import { isQuiet } from "../scan/quiet-text.js";
import { type FileContext, scanOffered, type UnitScan } from "../scan/scan-text.js";
import { inScope, unitScope } from "../scope/scope.js";
import { parseUnits } from "../units/parse.js";
import type { Language, ParsedFile, Unit } from "../units/unit.js";
import type { PushRequest } from "./push.js";

/** What was made of an offered body. */
export type Offered = UnitScan & {
  readonly wireBody: string;
  /** How much of the wire body is signature, in UTF-8 bytes; null where nobody had to find out. */
  readonly signatureBytes: number | null;
};

type BodyRequest = Extract<PushRequest, { kind: "body" }>;

/**
 * The unit that a request's `body` is, taken as the daemon offers it: what stands before the body proper (comments,
 * attributes, the signature) goes to the wire unmasked, everything behind it masked. Throws `UnitsError`, `MaskError`.
 */
export function offeredUnit(
  engine: Engine,
  context: FileContext,
  request: BodyRequest,
  language: Language | null,
): Offered {
  return quietUnit(engine, context, request, language) ?? parsedUnit(engine, context, request, language);
}

/**
 * The same, where the request names the unit and its text is so quiet that no syntax tree is asked: half a millisecond
 * less for an ordinary one. Null where it is not.
 */
function quietUnit(
  engine: Engine,
  context: FileContext,
  request: BodyRequest,
  language: Language | null,
): Offered | null {
  const { aura_id: auraId, name, signature, body } = request;
  const { settings } = engine;
  if (auraId === null || name === null) return null;
  // Where the body proper begins is not known, and a team's pattern may look for just that.
  if (signature === null && settings.customMasks.length > 0) return null;
  const text = isApart(request) ? `${signature}${body}` : body;
  const end = signature?.length ?? 0;
  if (!isQuiet(engine, context.rawPath, text, language)) return null;
  if (mask(text.slice(end), settings).redactions.length > 0) return null;
  const unit = unitOf(context, { auraId, name, language, end, length: text.length });
  const file = inScope(context.rawPath, settings);
  const scope = file.in ? unitScope(unit, settings) : file;
  return {
    wire: { unit, scope, wireText: text, redactions: [] },
    located: [],
    wireBody: body,
    signatureBytes: signature === null ? null : bytesBefore(body, isApart(request) ? 0 : end),
  };
}

/** As the syntax tree tells. */
export function parsedUnit(
  engine: Engine,
  context: FileContext,
  request: BodyRequest,
  language: Language | null,
): Offered {
  const { signature, body } = request;
  const apart = isApart(request);
  const text = apart ? `${signature}${body}` : body;
  const parsed = language === null ? null : parseUnits(text, context.rawPath, language);
  const end = bodyStartOf(text, signature, parsed);
  const inner = parsed?.units ?? [];
  const own = inner[0];
  const unit: Unit = {
    ...unitOf(context, {
      auraId: request.aura_id ?? own?.auraId ?? context.rawPath,
      name: request.name ?? own?.name ?? context.rawPath,
      language,
      end,
      length: text.length,
    }),
    marker: own?.marker ?? null,
  };
  const scan = scanOffered(engine, context, text, unit, { parsed, inner: inner.slice(1) });
  return {
    ...scan,
    wireBody: apart ? scan.wire.wireText.slice(end) : scan.wire.wireText,
    signatureBytes: bytesBefore(body, apart ? 0 : end),
  };
}

/** Whether the signature comes beside the body, and not at its beginning. */
function isApart({ signature, body }: BodyRequest): boolean {
  return signature !== null && !body.startsWith(signature);
}

function bytesBefore(text: string, end: number): number {
  return Buffer.byteLength(text.slice(0, end), "utf8");
}

function unitOf(
  context: FileContext,
  given: {
    readonly auraId: string;
    readonly name: string;
    readonly language: Language | null;
    readonly end: number;
    readonly length: number;
  },
): Unit {
  const { auraId, name, language, end, length } = given;
  return {
    auraId,
    name,
    path: context.rawPath,
    language: language ?? "javascript",
    range: { start: 0, end: length },
    signature: { start: 0, end },
    body: { start: end, end: length },
    docs: [],
    marker: null,
    enclosedByLocal: false,
  };
}

/** Where the body proper begins: behind the signature given, else where the parser says, else at the first brace. */
function bodyStartOf(text: string, signature: string | null, parsed: ParsedFile | null): number {
  if (signature !== null) return signature.length;
  if (parsed === null) return 0;
  const first = parsed.units[0];
  if (first !== undefined) return first.body.start;
  const brace = text.indexOf("{");
  return brace === -1 ? 0 : brace;
}
