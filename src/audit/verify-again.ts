import { promises as timers } from "node:timers";
import { offeredUnit } from "../gate/offered-unit.js";
import type { Push } from "../ledger/pushes.js";
import type { RecordOf } from "../ledger/record.js";
import { MaskError } from "../mask/mask.js";
import { lazyGlob } from "../pattern/glob.js";
import type { Skipped } from "../report/report.js";
import type { Engine } from "../scan/engine.js";
import type { Located } from "../scan/located.js";
import { fingerprints } from "../scan/fingerprint.js";
import { makePathFinding } from "../scan/make-finding.js";
import { openFile } from "../scan/scan-text.js";
import { secretsIn } from "../scan/secrets-in.js";
import { languageOf } from "../units/languages.js";
import type { Language } from "../units/unit.js";
import { UnitsError } from "../units/units-error.js";
import { maskedToday } from "./masked-today.js";
import { asPushed } from "./pushed.js";
import { type ReadBody, whyNoText } from "./wire-bodies.js";

/** What pushes hold by today's rules and settings. */
export type VerifiedAgain = {
  readonly located: readonly Located[];
  /** How many pushes were looked at, and in how many different bodies. */
  readonly pushes: number;
  readonly bodies: number;
  readonly bytes: number;
  readonly skipped: readonly Skipped[];
};

/**
 * Looks again at what left, with the rules, masks and allows of today: each body once for each unit that it was. All that is
 * found has left, whatever today's mask or scope would do with it. A secret that many pushes carried is told once, by the first.
 */
export async function verifyAgain(
  engine: Engine,
  pushes: readonly Push[],
  read: ReadBody,
): Promise<VerifiedAgain> {
  const scopeless = withoutScope(engine);
  const carriers = new Map<string, { readonly located: Located; readonly by: Push[] }>();
  const skipped: Skipped[] = [];
  const seen = { pushes: 0, bytes: 0, hashes: new Set<string | null>() };
  for (const same of sameBodies(pushes)) {
    const [first] = same;
    const { record } = first;
    const body = read(first);
    if (body.what !== "text") {
      const count = same.length === 1 ? "" : ` and of ${same.length - 1} more`;
      const reason = `the body of push ${record.record_id}${count} ${whyNoText(body)}`;
      skipped.push({ path: record.path, reason, incomplete: body.what !== "scrubbed" });
      continue;
    }
    const found = foundIn(scopeless, record, body.text);
    if ("fault" in found) {
      const reason = `push ${record.record_id} could not be verified again: ${found.fault}`;
      skipped.push({ path: record.path, reason, incomplete: true });
      continue;
    }
    seen.pushes += same.length;
    if (!seen.hashes.has(record.hash)) seen.bytes += Buffer.byteLength(body.text, "utf8");
    seen.hashes.add(record.hash);
    for (const located of found.located) {
      const { fingerprint } = located.finding;
      const known = carriers.get(fingerprint);
      if (known === undefined) carriers.set(fingerprint, { located, by: [...same] });
      else known.by.push(...same);
    }
    // tree-sitter's trees are freed only when the event loop turns.
    await timers.setImmediate();
  }
  return {
    located: [...carriers.values()].map(({ located, by }) => asPushed(located, by)),
    pushes: seen.pushes,
    bodies: seen.hashes.size,
    bytes: seen.bytes,
    skipped,
  };
}

type Same = readonly [Push, ...Push[]];

/** What left, by body and unit: rules look at paths and names too. */
function sameBodies(pushes: readonly Push[]): Iterable<Same> {
  const groups = new Map<string, [Push, ...Push[]]>();
  for (const push of pushes) {
    const { hash, path, language, signature_bytes, aura_id, name } = push.record;
    if (hash === null) continue;
    const key = JSON.stringify([hash, path, language, signature_bytes, aura_id, name]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [push]);
    else group.push(push);
  }
  return groups.values();
}

/** What is out of scope today may have left before it was. */
function withoutScope(engine: Engine): Engine {
  const settings = { ...engine.settings, include: [lazyGlob("**/*")], exclude: [], defaultPrivate: false };
  return { ...engine, settings };
}

function foundIn(
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
      located: [...known, ...inNames(engine, push, known), ...maskedToday(engine, push, text, scan)],
    };
  } catch (error) {
    if (error instanceof UnitsError || error instanceof MaskError) return { fault: error.message };
    throw error;
  }
}

/** Its id and its name went to the wire as they are: what stands in them and nowhere in the text. */
function inNames(
  engine: Engine,
  { path, aura_id, name }: RecordOf<"push">,
  known: readonly Located[],
): readonly Located[] {
  const keys = new Set(known.map(({ valueKey }) => valueKey));
  return [aura_id, name].flatMap((text) =>
    secretsIn(text, engine.keywords).flatMap((match) => {
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
