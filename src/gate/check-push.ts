import { createHash } from "node:crypto";
import { MaskError } from "../mask/mask.js";
import { blocks } from "../report/blocking.js";
import { blotted } from "../scan/blot.js";
import { type Engine, withoutSecrets } from "../scan/engine.js";
import { fingerprints } from "../scan/fingerprint.js";
import type { Located } from "../scan/located.js";
import { makePathFinding } from "../scan/make-finding.js";
import { type FileContext, openFile, scanUnits, type UnitScan } from "../scan/scan-text.js";
import { secretsIn } from "../scan/secrets-in.js";
import { checkPushPath, inScope } from "../scope/scope.js";
import { languageOf } from "../units/languages.js";
import { UnitsError } from "../units/units-error.js";
import { findingsOf } from "./assemble.js";
import { offeredUnit } from "./offered-unit.js";
import type { PushAnswer, PushRequest } from "./push.js";

/**
 * The answers for one push request: one for a body, one for each unit of a source. Never throws for what is in the
 * request: whatever cannot be judged is blocked, with the reason.
 */
export function checkPush(engine: Engine, request: PushRequest): readonly PushAnswer[] {
  const checked = checkPushPath(request.path);
  if (!checked.ok) return [refusedPush(engine, request, `path: ${checked.reason}`)];
  const path = checked.path;
  const language = request.language ?? languageOf(path);
  const context = openFile(engine, path, "wire");
  try {
    if (request.kind === "body") {
      return [answerFor(engine, context, offeredUnit(engine, context, request, language), request)];
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
    const { units } = scanUnits(engine, context, request.source, language);
    return units.map((unit) => answerFor(engine, context, unit, null));
  } catch (error) {
    if (error instanceof UnitsError || error instanceof MaskError)
      return [refusedPush(engine, request, error.message)];
    throw error;
  }
}

type Offered = UnitScan & { readonly wireBody?: string };

function answerFor(
  engine: Engine,
  context: FileContext,
  scan: Offered,
  request: Extract<PushRequest, { kind: "body" }> | null,
): PushAnswer {
  const { wire } = scan;
  const auraId = request?.aura_id ?? wire.unit.auraId;
  const name = request?.name ?? wire.unit.name;
  const inNames = namesLocated(engine, context, [auraId, name], scan.located);
  const findings = findingsOf([...context.inPath, ...scan.located, ...inNames]);
  const identity = { aura_id: shown(engine, auraId), name: shown(engine, name) };
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
  if (blocking.length > 0) {
    const reasons = blocking.map(
      (finding) =>
        `${finding.rule} would leak: ${finding.surface} at ${finding.path}:${finding.start.line}:${finding.start.column}`,
    );
    return { ...identity, ...NOTHING_SENT, verdict: "block", reasons, redactions, findings };
  }
  const wireBody = scan.wireBody ?? wire.wireText;
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

const NOTHING_SENT = {
  record_id: null,
  wire_body: null,
  bytes: null,
  hash: null,
  redactions: [],
  findings: [],
} as const;

/** An id or a name goes to the wire as it is: a secret in it that stands nowhere in the text is found here. */
function namesLocated(
  engine: Engine,
  context: FileContext,
  names: readonly string[],
  known: readonly Located[],
): readonly Located[] {
  const keys = new Set([...known, ...context.inPath].map((located) => located.valueKey));
  const located: Located[] = [];
  for (const name of names) {
    for (const match of secretsIn(name, engine.keywords)) {
      const path = blotted(context.path, [name.slice(match.secret.start, match.secret.end)]);
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

/** The answer for a push that cannot be judged: blocked, with the reason. */
export function refusedPush(engine: Engine, request: PushRequest, reason: string): PushAnswer {
  return { ...identityOf(engine, request), ...NOTHING_SENT, verdict: "block", reasons: [reason] };
}

function withheld(engine: Engine, request: PushRequest, reason: string): PushAnswer {
  return { ...identityOf(engine, request), ...NOTHING_SENT, verdict: "withhold", reasons: [reason] };
}

function identityOf(
  engine: Engine,
  request: PushRequest,
): { readonly aura_id: string; readonly name: string } {
  return {
    aura_id: shown(engine, request.aura_id ?? request.path),
    name: shown(engine, request.name ?? request.path),
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
