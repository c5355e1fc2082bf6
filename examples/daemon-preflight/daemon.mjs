// A small Live Sync daemon: what changed in a repository goes through the gate to a Mothership, and nothing else does.
// usage: node daemon.mjs [REPOSITORY]                       one tick that only says what it would send
//        node daemon.mjs [REPOSITORY] --to PEER.json        watches and sends; receiver.mjs makes PEER.json
//          [--socket PATH]   asks a running `aura-scan preflight --socket PATH` instead of a gate of its own
//          [--tick MS]       how often it looks, 1000 unless told
//          [--once]          ends when all that is there now has been sent
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openChanges } from "./changes.mjs";
import { openGate } from "./gate.mjs";
import { openOutcomes } from "./outcomes.mjs";
import { openQueue } from "./queue.mjs";
import { openTicks } from "./ticks.mjs";
import { openUplink } from "./uplink.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: "string" },
    socket: { type: "string" },
    tick: { type: "string", default: "1000" },
    once: { type: "boolean", default: false },
  },
});
const root = path.resolve(positionals[0] ?? ".");
const peer = options.to === undefined ? null : JSON.parse(readFileSync(options.to, "utf8"));
const once = options.once || peer === null;

const queue = peer === null ? null : openQueue(queueFile(options.to, root));
const changes = openChanges(root);
const gate = openGate({
  root,
  socket: options.socket,
  hello: {
    client: "daemon-preflight",
    root,
    ...(peer === null ? {} : { mothership: peer.mothership, peer_id: peer.peer_id }),
  },
  onReady() {
    console.log(`the gate is there${gate.pid() === undefined ? "" : `, process ${gate.pid()}`}`);
    outcomes?.tell();
    uplink?.pump();
  },
  onGone(why) {
    console.log(`the gate is gone, nothing leaves: ${why}`);
    if (once && ticks.finished() === 0) process.exit(3);
  },
});
const ticks = openTicks({ root, gate, changes, queue, peer });
const outcomes = queue === null ? null : openOutcomes({ gate, queue, peer });
const uplink =
  queue === null
    ? null
    : openUplink(peer, queue, {
        // What waited while we were away is judged again before it leaves: a function may be private by now.
        mayLeave: () => gate.isReady() && ticks.finished() > 0,
        onSent(recordId, { aura_id: auraId }) {
          queue.sent(recordId, new Date().toISOString());
          console.log(`sent      ${auraId}`);
          outcomes.tell();
        },
        onRefused(recordId, { aura_id: auraId }, why) {
          queue.dropped(recordId, `refused: ${why}`);
          console.log(`refused   ${auraId}: ${why}`);
          outcomes.tell();
        },
        onFailed(recordIds, why) {
          console.log(`the Mothership is gone, ${queue.waiting.size} wait: ${why}`);
          outcomes.attemptFailed(recordIds, why);
        },
      });

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => leave(0));

for (;;) {
  if (!once || ticks.finished() === 0) await ticks.tick();
  uplink?.pump();
  outcomes?.tell();
  const settled = queue === null || queue.waiting.size + queue.untold.size === 0;
  if (once && settled && ticks.finished() > 0) await leave(ticks.blocked() ? 1 : 0);
  await sleep(once || !gate.isReady() ? 20 : Number(options.tick));
}

/** One queue for a peer and a repository. It lies beside the peer's key, where no repository could bring one along. */
function queueFile(identity, repository) {
  const name = createHash("sha256").update(repository).digest("hex").slice(0, 16);
  return path.join(`${identity.replace(/\.json$/, "")}-outbox`, `${name}.jsonl`);
}

/** What is on its way may go once more after the next start; the Mothership takes it once. */
async function leave(code) {
  uplink?.close();
  changes.close();
  await gate.close();
  process.exit(code);
}
