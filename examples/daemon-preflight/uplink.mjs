// The road to the Mothership: TLS with a certificate on both sides, and only what stands in the queue.
import { connect } from "node:tls";
import { eachLine, objectIn } from "./lines.mjs";

/** So many pushes may be on their way before the first of them is answered. */
const WINDOW = 16;
const SILENCE = 10_000;

/**
 * Sends what waits in `queue`, in its order, whenever `mayLeave()`; over a connection that is made anew with growing
 * pauses. The message's id is the ledger's record id: by it the Mothership knows a push that it already has.
 *
 * `onSent(recordId, envelope)`, `onRefused(recordId, envelope, why)`: the Mothership answered. `onFailed(recordIds, why)`:
 * it did not, and they will be sent again.
 */
export function openUplink(peer, queue, { mayLeave, onSent, onRefused, onFailed }) {
  const onTheWay = new Map(); // record id → envelope
  let socket = null;
  let trusted = false;
  let failures = 0;
  let closing = false;
  let pause = null;

  /** Call it whenever there may be something to send. */
  function pump() {
    if (closing || pause !== null || queue.waiting.size === 0 || !mayLeave()) return;
    if (socket === null) open();
    if (!trusted) return;
    for (const [id, envelope] of queue.waiting) {
      if (onTheWay.size >= WINDOW) return;
      if (onTheWay.has(id)) continue;
      onTheWay.set(id, envelope);
      socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, method: "push", params: envelope })}\n`);
    }
  }

  function open() {
    let why = "it closed the connection";
    const mine = connect({
      host: peer.host,
      port: peer.port,
      servername: "localhost",
      ca: peer.ca,
      cert: peer.certificate,
      key: peer.key,
      minVersion: "TLSv1.3",
    });
    socket = mine;
    mine.setNoDelay(true);
    mine.setTimeout(SILENCE, () => {
      if (onTheWay.size > 0 || !trusted) mine.destroy(new Error("it does not answer"));
    });
    // Only a server whose certificate our own CA signed for this name gets as far as this.
    mine.on("secureConnect", () => {
      trusted = true;
      pump();
    });
    mine.on("error", (error) => {
      why = error.message;
    });
    mine.on("close", () => {
      socket = null;
      trusted = false;
      const lost = [...onTheWay.keys()];
      onTheWay.clear();
      if (closing) return;
      // Where nothing was on its way yet, the first that waits is the one that could not be sent.
      if (lost.length === 0) lost.push(...[...queue.waiting.keys()].slice(0, 1));
      onFailed(lost, why);
      const wait = Math.min(30_000, 100 * 2 ** failures++) * (0.5 + Math.random() / 2);
      pause = setTimeout(() => {
        pause = null;
        pump();
      }, wait);
    });
    eachLine(mine, (line) => {
      const answer = objectIn(line);
      const envelope = onTheWay.get(answer?.id);
      if (envelope === undefined) return;
      onTheWay.delete(answer.id);
      failures = 0;
      if (answer.error === undefined) onSent(answer.id, envelope);
      else onRefused(answer.id, envelope, String(answer.error?.message));
      pump();
    });
  }

  return {
    pump,
    close() {
      closing = true;
      clearTimeout(pause);
      socket?.destroy();
    },
  };
}
