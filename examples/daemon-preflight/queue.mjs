// The daemon's write-ahead queue: what the gate allowed stands here, on disk, before it is sent, and what became of it.
// An entry holds the envelope and the ledger's record id, and nothing else: no path, no original, no finding.
import { openLog, readLog, replaceFile } from "./durable.mjs";

/** The lines of the file, one of:
 *
 *     {"push":"<record id>","envelope":{"aura_id","hash","peer_id","at","wire_body"}}   to be sent
 *     {"sent":"<record id>","at":"…"}            the Mothership has it
 *     {"dropped":"<record id>","why":"…"}        it will not be sent: refused, or withdrawn
 *     {"told":"<record id>"}                     the ledger knows which of the two it was
 *     {"last":"<aura_id>","hash":"…"}            what was last sent or queued of a function, kept when lines are let go
 */
export function openQueue(file) {
  const waiting = new Map(); // record id → envelope, in order
  const untold = new Map(); // record id → {sent} or {dropped}
  const last = new Map(); // aura_id → hash

  /** What a line means; the same when it is written and when it is read again. */
  function take(line) {
    if (line.push !== undefined) {
      waiting.set(line.push, line.envelope);
      last.set(line.envelope.aura_id, line.envelope.hash);
    } else if (line.last !== undefined) last.set(line.last, line.hash);
    else if (line.told !== undefined) untold.delete(line.told);
    else {
      const id = line.sent ?? line.dropped;
      const envelope = waiting.get(id);
      // Whatever was dropped is not the last that was sent: should it be allowed once more, it is sent.
      if (line.dropped !== undefined && last.get(envelope?.aura_id) === envelope?.hash)
        last.delete(envelope?.aura_id);
      waiting.delete(id);
      untold.set(id, line);
    }
  }

  for (const line of readLog(file)) take(line);
  let { log, lines } = compact();

  /** The file holds only what still means something; also what a torn line needs before anything may follow it. */
  function compact() {
    const kept = [
      ...[...last].map(([aura_id, hash]) => ({ last: aura_id, hash })),
      ...[...waiting].map(([push, envelope]) => ({ push, envelope })),
      ...untold.values(),
    ];
    replaceFile(file, kept.map((line) => `${JSON.stringify(line)}\n`).join(""));
    return { log: openLog(file), lines: kept.length };
  }

  /** On disk first, then in memory. Throws where the disk does not take it: then nothing of it may be sent. */
  function note(entries) {
    if (entries.length === 0) return;
    log.append(entries);
    for (const entry of entries) take(entry);
    lines += entries.length;
    if (lines > 1000 + 4 * (last.size + waiting.size)) {
      log.close();
      ({ log, lines } = compact());
    }
  }

  return {
    waiting,
    untold,
    lastHash: (auraId) => last.get(auraId),
    push: (entries) => note(entries.map(({ recordId, envelope }) => ({ push: recordId, envelope }))),
    sent: (id, at) => note([{ sent: id, at }]),
    dropped: (id, why) => note([{ dropped: id, why }]),
    told: (id) => note([{ told: id }]),
    /** Takes back what still waits of a function that may no longer leave. */
    withdraw: (auraId, why) =>
      note(
        [...waiting]
          .filter(([, envelope]) => envelope.aura_id === auraId)
          .map(([dropped]) => ({ dropped, why })),
      ),
    close: () => log.close(),
  };
}
