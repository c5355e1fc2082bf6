import { LedgerError } from "../../ledger/ledger-error.js";
import type { PushEntry } from "../../ledger/record.js";
import type { Judgement } from "../check-push.js";
import { envelopeFor, type PushEnvelope } from "../envelope/envelope.js";
import type { PushAnswer } from "../push.js";
import { blockedFor } from "./judge.js";
import { kept } from "./kept-ledger.js";
import type { LedgerPort } from "./repository-ledger.js";
import type { Terms } from "./terms.js";

/** An answer that may be given: what it says is on disk. */
export type RecordedAnswer = PushAnswer & {
  /** All that may go to the wire; null for what is not allowed, and for a client that named no peer id. */
  readonly envelope: PushEnvelope | null;
};

/** Who asks, and under which terms each push was judged. */
export type Asked = {
  readonly peerId: string | null;
  readonly mothership: string | null;
  readonly at: string;
};

/** What the ledger says where a request names no file in the repository. */
const NOWHERE = "(no path in the repository)";

/**
 * Puts the verdicts on disk, bodies first, and gives the answers. What cannot be kept must not leave: where the ledger
 * fails, every push is blocked for that. `ledger` rejects with a `LedgerError` where there is none to write to.
 */
export async function writeAhead(
  judged: readonly { readonly judgement: Judgement; readonly terms: Terms }[],
  ledger: () => Promise<LedgerPort>,
  asked: Asked,
): Promise<readonly RecordedAnswer[]> {
  try {
    const open = await ledger();
    const ready = await Promise.all(
      judged.map(async ({ judgement, terms }) =>
        prepared(await withBody(judgement, open), terms, open, asked),
      ),
    );
    await kept(open.append(ready.map(({ entry }) => entry)));
    return ready.map(({ answer }) => answer);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return judged.map(({ judgement }) => ({
      ...blockedFor(judgement, [...judgement.answer.reasons, reasonOf(error)]).answer,
      envelope: null,
    }));
  }
}

/** The judgement with its body on disk, or blocked where it cannot be kept. */
async function withBody(judgement: Judgement, ledger: LedgerPort): Promise<Judgement> {
  const { wire_body: body } = judgement.answer;
  if (body === null) return judgement;
  try {
    await kept(ledger.keepBody(body));
    return judgement;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return blockedFor(judgement, [reasonOf(error)]);
  }
}

function reasonOf({ code, message }: LedgerError): string {
  return code === "scrubbed" ? message : `what is not in the ledger must not leave: ${message}`;
}

const STATES = { allow: "cleared", block: "blocked", withhold: "withheld" } as const;

function prepared(
  given: Judgement,
  { force }: Terms,
  ledger: LedgerPort,
  { peerId, mothership, at }: Asked,
): { readonly answer: RecordedAnswer; readonly entry: PushEntry } {
  const enveloped =
    peerId === null || given.answer.verdict !== "allow"
      ? null
      : envelopeFor(given.answer, { peer_id: peerId, at });
  const judgement = enveloped?.ok === false ? blockedFor(given, [enveloped.reason]) : given;
  const { path, language, signatureBytes } = judgement;
  const answer: RecordedAnswer = {
    ...judgement.answer,
    record_id: ledger.newRecordId(),
    envelope: enveloped?.ok === true ? enveloped.envelope : null,
  };
  const { verdict, aura_id, name, hash, bytes, redactions, reasons, findings, record_id } = answer;
  return {
    answer,
    entry: {
      kind: "push",
      record_id: record_id ?? "",
      aura_id: path === null && reasons.length > 0 ? NOWHERE : aura_id,
      name: path === null && reasons.length > 0 ? NOWHERE : name,
      path: path ?? NOWHERE,
      hash: hash === null ? null : hash.replace(/^sha256:/, ""),
      bytes,
      redactions,
      mothership,
      peer_id: peerId,
      state: STATES[verdict],
      reasons,
      rules: [...new Set(findings.map(({ rule }) => rule))].sort(),
      settings_digest: force.settingsDigest,
      language,
      signature_bytes: verdict === "allow" ? signatureBytes : null,
    },
  };
}
