import { createHash } from "node:crypto";
import { MaskError } from "../mask/mask.js";
import { blocks } from "../report/blocking.js";
import { blotted } from "../scan/blot.js";
import { type Engine, withoutSecrets } from "../scan/engine.js";
import { fingerprints } from "../scan/fingerprint.js";
import type { Located } from "../scan/located.js";
import { makePathFinding } from "../scan/make-finding.js";
import type { Match } from "../scan/match.js";
import { secretsInName } from "../scan/name-secrets.js";
import { type FileContext, openFile, scanUnits } from "../scan/scan-text.js";
import { checkPushPath, inScope } from "../scope/scope.js";
import { languageOf } from "../units/languages.js";
import type { Language } from "../units/unit.js";
import { UnitsError } from "../units/units-error.js";
import { findingsOf } from "./assemble.js";
import { outwardNameFault } from "./envelope/outward-name.js";
import { type Offered, offeredUnit } from "./offered-unit.js";
import type { PushAnswer, PushRequest } from "./push.js";

/** One unit judged: the answer, and what of it only the ledger wants to know. */
export type Judgement = {
  readonly answer: PushAnswer;
  /** The unit's file, without any secret; null where the request names none in the repository. */
  readonly path: string | null;
  readonly language: Language | null;
  /** How much of the wire body is signature, in UTF-8 bytes; null where nobody had to find out. */
  readonly signatureBytes: number | null;
};

/**
 * The judgements of one push request: one for a body, one for each unit of a source. Never throws for what is in the
 * request: whatever cannot be judged is blocked, with the reason.
 */
export function checkPush(engine: Engine, request: PushRequest): readonly Judgement[] {
  const checked = checkPushPath(request.path);
  if (!checked.ok) return [refusedPush(engine, request, `path: ${checked.reason}`)];
  const path = checked.path;
  const language = request.language ?? languageOf(path);
  const refused = unsendable(request, engine.settings.limits.unit_file_bytes);
  if (refused !== null) return [refusedPush(engine, request, refused)];
  const context = openFile(engine, path, "wire");
  const judged = (unit: Offered, body: BodyRequest | null): Judgement => ({
    answer: answerFor(engine, context, unit, body),
    path: context.path,
    language,
    signatureBytes: unit.signatureBytes,
  });
  try {
    if (request.kind === "body") {
      return [judged(offeredUnit(engine, context, request, language), request)];
    }
    const scope = inScope(path, engine.settings);
    if (!scope.in) return [withheld(engine, request, `not in scope: ${scope.reason}`)];
    if (language === null) {
      return [
        refusedPush(
          engine,
          request,
          `path: ${context.path} is in no language that can be taken apart; offer its units as body`,
        ),
      ];
    }
    const { source } = request;
    const { units } = scanUnits(engine, context, source, language);
    return units.map((scan) => {
      const { start, end } = scan.wire.unit.signature;
      const signatureBytes = Buffer.byteLength(source.slice(start, end), "utf8");
      return judged({ ...scan, wireBody: scan.wire.wireText, signatureBytes }, null);
    });
  } catch (error) {
    if (error instanceof UnitsError || error instanceof MaskError)
      return [refusedPush(engine, request, error.message)];
    throw error;
  }
}

type BodyRequest = Extract<PushRequest, { kind: "body" }>;

/** Why a text is not even looked at: it takes too long, or would not arrive as it was judged. */
function unsendable(request: PushRequest, mostBytes: number): string | null {
  const texts = request.kind === "source" ? [request.source] : [request.signature ?? "", request.body];
  if (texts.some((text) => !text.isWellFormed()))
    return "the text is not valid Unicode: it holds half of a surrogate pair";
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text, "utf8"), 0);
  return bytes <= mostBytes
    ? null
    : `the text is larger than ${mostBytes} bytes (scan.limits.unit_file_bytes)`;
}

function answerFor(
  engine: Engine,
  context: FileContext,
  scan: Offered,
  request: BodyRequest | null,
): PushAnswer {
  const { wire, wireBody } = scan;
  const auraId = request?.aura_id ?? wire.unit.auraId;
  const name = request?.name ?? wire.unit.name;
  const names = [auraId, name].map((text) => ({ text, matches: secretsInName(text, engine.keywords) }));
  const inNames = namesLocated(engine, context, names, scan.located);
  const findings = findingsOf([...context.inPath, ...scan.located, ...inNames]);
  const [shownId = "", shownName = ""] = names.map(({ text, matches }) => withoutMatches(text, matches));
  const identity = { aura_id: shownId, name: shownName };
  if (!wire.scope.in) {
    const reason = `${wire.scope.reason}: the unit stays on this machine`;
    return { ...identity, ...NOTHING_SENT, verdict: "withhold", reasons: [reason], findings: [] };
  }
  const grounds = {
    mode: "preflight",
    fail_on: engine.settings.failOn,
    git_blocks_on: engine.settings.gitBlocksOn,
  } as const;
  const blocking = findings.filter((finding) => blocks(finding, grounds));
  const redactions = countsOf(wire.redactions.map((redaction) => redaction.detector));
  const reasons = [
    ...blocking.map(
      ({ rule, surface, path, start }) =>
        `${rule} would leak: ${surface} at ${path}:${start.line}:${start.column}`,
    ),
    ...namesRefused(auraId, name),
  ];
  if (reasons.length > 0)
    return { ...identity, ...NOTHING_SENT, verdict: "block", reasons, redactions, findings };
  return {
    // A name that holds a secret which does not block (allowed, or below fail_on) is still not repeated.
    ...identity,
    verdict: "allow",
    reasons: [],
    record_id: null,
    wire_body: wireBody,
    bytes: Buffer.byteLength(wireBody, "utf8"),
    hash: `sha256:${createHash("sha256").update(wireBody, "utf8").digest("hex")}`,
    redactions,
    findings,
  };
}

/** What of an id and a name may not leave, whoever gave it. */
function namesRefused(auraId: string, name: string): readonly string[] {
  return Object.entries({ aura_id: auraId, name }).flatMap(([field, text]) => {
    const fault = outwardNameFault(text);
    return fault === null ? [] : [`${field}: ${fault}, and would leave with the unit`];
  });
}

const NOTHING_SENT = {
  record_id: null,
  wire_body: null,
  bytes: null,
  hash: null,
  redactions: [],
  findings: [],
} as const;

type NameLooked = { readonly text: string; readonly matches: readonly Match[] };

function withoutMatches(text: string, matches: readonly Match[]): string {
  if (matches.length === 0) return text;
  return blotted(
    text,
    matches.map(({ secret }) => text.slice(secret.start, secret.end)),
  );
}

/** An id or a name goes to the wire as it is: a secret in it that stands nowhere in the text is found here. */
function namesLocated(
  engine: Engine,
  context: FileContext,
  names: readonly NameLooked[],
  known: readonly Located[],
): readonly Located[] {
  const keys = new Set([...known, ...context.inPath].map((located) => located.valueKey));
  const located: Located[] = [];
  for (const { text, matches } of names) {
    for (const match of matches) {
      const path = blotted(context.path, [text.slice(match.secret.start, match.secret.end)]);
      const made = makePathFinding(engine, match, path, fingerprints(path), "wire");
      if (keys.has(made.valueKey)) continue;
      keys.add(made.valueKey);
      located.push({
        ...made,
        finding: {
          ...made.finding,
          fix: "Rename the function: its name or id holds a secret, and names are never masked.",
        },
      });
    }
  }
  return located;
}

/** The judgement of a push that cannot be judged: blocked, with the reason. */
export function refusedPush(engine: Engine, request: PushRequest, reason: string): Judgement {
  return unjudged(engine, request, "block", reason);
}

function withheld(engine: Engine, request: PushRequest, reason: string): Judgement {
  return unjudged(engine, request, "withhold", reason);
}

function unjudged(
  engine: Engine,
  request: PushRequest,
  verdict: "block" | "withhold",
  reason: string,
): Judgement {
  const checked = checkPushPath(request.path);
  return {
    answer: {
      aura_id: shown(engine, request.aura_id ?? request.path),
      name: shown(engine, request.name ?? request.path),
      ...NOTHING_SENT,
      verdict,
      reasons: [reason],
    },
    path: checked.ok ? shown(engine, checked.path) : null,
    language: request.language ?? languageOf(request.path),
    signatureBytes: null,
  };
}

/** A name without the secrets in it. */
function shown(engine: Engine, name: string): string {
  return withoutSecrets(name, engine.keywords);
}

function countsOf(detectors: readonly string[]): PushAnswer["redactions"] {
  const counts = new Map<string, number>();
  for (const detector of detectors) counts.set(detector, (counts.get(detector) ?? 0) + 1);
  return [...counts].map(([detector, count]) => ({ detector, count }));
}
