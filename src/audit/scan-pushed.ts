import { offeredUnit } from "../gate/offered-unit.js";
import type { RecordOf } from "../ledger/record.js";
import { MaskError } from "../mask/mask.js";
import { lazyGlob } from "../pattern/glob.js";
import { blotted } from "../scan/blot.js";
import type { Engine } from "../scan/engine.js";
import { fingerprints } from "../scan/fingerprint.js";
import type { Located } from "../scan/located.js";
import { makePathFinding } from "../scan/make-finding.js";
import { type FileContext, openFile } from "../scan/scan-text.js";
import { secretsIn } from "../scan/secrets-in.js";
import { languageOf } from "../units/languages.js";
import type { Language } from "../units/unit.js";
import { UnitsError } from "../units/units-error.js";
import { maskedToday } from "./masked-today.js";

/** What is out of scope today may have left before it was. */
export function withoutScope(engine: Engine): Engine {
  const all = { include: [lazyGlob("**/*")], exclude: [], defaultPrivate: false, above: null };
  return { ...engine, settings: { ...engine.settings, ...all } };
}

/** What one push holds by today's rules and masks: its body, its path and its names; or why that cannot be told. */
export function scanPushed(
  engine: Engine,
  push: RecordOf<"push">,
  text: string,
): { readonly located: readonly Located[] } | { readonly fault: string } {
  const context = openFile(engine, push.path, "wire");
  const language = languageIn(push);
  const request = {
    kind: "body",
    path: push.path,
    aura_id: push.aura_id,
    name: push.name,
    language,
    body: text,
    signature: signatureOf(push, text),
  } as const;
  try {
    const scan = offeredUnit(engine, context, request, language);
    const known = [...context.inPath, ...scan.located];
    return {
      located: [
        ...known,
        ...inNames(engine, context, push, known),
        ...maskedToday(engine, context.path, text, scan),
      ],
    };
  } catch (error) {
    if (error instanceof UnitsError || error instanceof MaskError) return { fault: error.message };
    throw error;
  }
}

/** Its id and its name went to the wire as they are: what stands in them and nowhere in the text. */
function inNames(
  engine: Engine,
  context: FileContext,
  { aura_id, name }: RecordOf<"push">,
  known: readonly Located[],
): readonly Located[] {
  const keys = new Set(known.map(({ valueKey }) => valueKey));
  return [aura_id, name].flatMap((text) =>
    secretsIn(text, engine.keywords).flatMap((match) => {
      const path = blotted(context.path, [text.slice(match.secret.start, match.secret.end)]);
      const made = makePathFinding(engine, match, path, fingerprints(path), "wire");
      if (keys.has(made.valueKey)) return [];
      keys.add(made.valueKey);
      return [{ ...made, finding: { ...made.finding, fix: RENAME } }];
    }),
  );
}

const RENAME = "Rename the function: its name or id holds a secret, and names are never masked.";

const LANGUAGES: readonly string[] = [
  "rust",
  "typescript",
  "tsx",
  "javascript",
] satisfies readonly Language[];

function languageIn({ language, path }: RecordOf<"push">): Language | null {
  return language !== null && LANGUAGES.includes(language) ? (language as Language) : languageOf(path);
}

/** What of the body went unmasked because it is the signature; null where the ledger does not say. */
function signatureOf({ signature_bytes }: RecordOf<"push">, text: string): string | null {
  if (signature_bytes === null) return null;
  return Buffer.from(text, "utf8").subarray(0, signature_bytes).toString("utf8");
}
