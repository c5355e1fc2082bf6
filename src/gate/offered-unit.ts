import type { Engine } from "../scan/engine.js";
import { type FileContext, scanOffered, type UnitScan } from "../scan/scan-text.js";
import { parseUnits } from "../units/parse.js";
import type { Language, ParsedFile, Unit } from "../units/unit.js";
import type { PushRequest } from "./push.js";

/**
 * The unit that a request's `body` is, taken as the daemon offers it: what stands before the body proper (comments,
 * attributes, the signature) goes to the wire unmasked, everything behind it masked. Throws `UnitsError`, `MaskError`.
 */
export function offeredUnit(
  engine: Engine,
  context: FileContext,
  request: Extract<PushRequest, { kind: "body" }>,
  language: Language | null,
): UnitScan & { readonly wireBody: string } {
  const { signature, body } = request;
  const apart = signature !== null && !body.startsWith(signature);
  const text = apart ? `${signature}${body}` : body;
  const parsed = language === null ? null : parseUnits(text, context.rawPath, language);
  const bodyStart = bodyStartOf(text, signature, parsed);
  const inner = parsed?.units ?? [];
  const own = inner[0];
  const unit: Unit = {
    auraId: request.aura_id ?? own?.auraId ?? context.rawPath,
    name: request.name ?? own?.name ?? context.rawPath,
    path: context.rawPath,
    language: language ?? "javascript",
    range: { start: 0, end: text.length },
    signature: { start: 0, end: bodyStart },
    body: { start: bodyStart, end: text.length },
    docs: [],
    marker: own?.marker ?? null,
    enclosedByLocal: false,
  };
  const scan = scanOffered(engine, context, text, unit, { parsed, inner: inner.slice(1) });
  return { ...scan, wireBody: apart ? scan.wire.wireText.slice(signature.length) : scan.wire.wireText };
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
