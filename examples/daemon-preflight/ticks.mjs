// A tick: what changed is offered to the gate, and what the gate allows goes into the queue, as the gate wrote it.
import { readFileSync } from "node:fs";
import path from "node:path";
import { lookOf } from "./changes.mjs";
import { GateGone } from "./gate.mjs";

/** So many files are with the gate at a time; it has limits of its own, and answers in any order. */
const AT_ONCE = 4;
/** When so many pushes wait, changed files wait too: then only their newest state is offered. */
const MOST_WAITING = 1000;
/** A file that the gate had a fault with is offered again after so many ticks, then twice as many. */
const MOST_PATIENCE = 64;

/** Without a queue (and a peer) a tick only says what it would send. */
export function openTicks({ root, gate, changes, queue, peer }) {
  const settings = path.join(root, ".aura/live.toml");
  let settingsLook = lookOf(settings);
  let finished = 0;
  let started = 0;
  let blocked = false;
  const faulty = new Map(); // path → the tick in which it is offered again, and how long it waited

  async function tick() {
    if (!gate.isReady() || (queue !== null && queue.waiting.size >= MOST_WAITING)) return;
    started++;
    try {
      await followSettings();
      for (const [file, { due }] of faulty) if (due <= started) changes.again(file);
      const files = changes.take();
      const next = files.values();
      await Promise.all(Array.from({ length: AT_ONCE }, () => offerAll(next)));
      finished++;
    } catch (error) {
      if (!(error instanceof GateGone)) throw error;
    }
  }

  /** Other settings, other verdicts: everything is offered once more, and what did not change is not sent again. */
  async function followSettings() {
    const look = lookOf(settings);
    if (look === settingsLook) return;
    await gate.ask("settings.reload", {});
    settingsLook = look;
    changes.again();
  }

  /** Several of these share one list. A file that got no answer is offered again, once there is a gate. */
  async function offerAll(files) {
    let gone = null;
    for (const file of files) {
      if (gone === null) await offer(file).catch((error) => (gone = error));
      if (gone !== null) changes.again(file);
    }
    if (gone !== null) throw gone;
  }

  async function offer(file) {
    const source = textOf(path.join(root, file));
    if (source === null) return;
    try {
      const { pushes } = await gate.ask("preflight.check", { pushes: [{ path: file, source }] });
      for (const push of pushes) take(push);
      if (pushes.some(isNoVerdict)) putOff(file);
      else faulty.delete(file);
    } catch (error) {
      if (error.code === undefined) throw error;
      blocked = true;
      console.log(`BLOCKED   ${file}: ${error.message}`);
      putOff(file);
    }
  }

  function putOff(file) {
    const patience = Math.min(MOST_PATIENCE, 2 * (faulty.get(file)?.patience ?? 1));
    faulty.set(file, { due: started + patience, patience });
  }

  function take(push) {
    const name = push.aura_id.padEnd(40);
    if (push.verdict !== "allow") {
      queue?.withdraw(push.aura_id, `withdrawn: it may no longer leave (${push.verdict})`);
      blocked ||= push.verdict === "block";
      console.log(
        `${push.verdict === "withhold" ? "keep     " : "BLOCKED  "} ${name} ${push.reasons.join("; ")}`,
      );
      for (const { mask_block: block } of push.findings) if (block !== null) console.log(`\n${block}\n`);
      return;
    }
    if (queue?.lastHash(push.aura_id) === push.hash) return;
    // Nothing leaves that the ledger does not know.
    if (queue !== null && push.record_id === null) return;
    queue?.push([{ recordId: push.record_id, envelope: envelopeOf(push) }]);
    const masked = push.redactions.reduce((sum, { count }) => sum + count, 0);
    const kinds = push.redactions.map(({ detector, count }) => `${count}x ${detector}`).join(", ");
    console.log(`send      ${name} ${push.bytes} B  masked: ${masked}${kinds === "" ? "" : ` (${kinds})`}`);
  }

  /** All that leaves this machine of a function: five fields, of which the gate wrote three. */
  const envelopeOf = (push) => ({
    aura_id: push.aura_id,
    hash: push.hash,
    peer_id: peer.peer_id,
    at: new Date().toISOString(),
    wire_body: push.wire_body,
  });

  return { tick, finished: () => finished, blocked: () => blocked };
}

/** The ledger's disk is full, time ran out, the settings are broken, a policy forbids: it may be otherwise later. */
const isNoVerdict = ({ record_id: recordId, verdict, findings }) =>
  recordId === null || (verdict === "block" && findings.length === 0);

/** A file's text; null where it is gone or is no text: of such a file nothing is offered and nothing leaves. */
function textOf(file) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    return null;
  }
}
