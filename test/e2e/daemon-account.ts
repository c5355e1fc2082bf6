import { createHash } from "node:crypto";
import { expect } from "vitest";
import { pushesOf, readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import type { DaemonWorld, Received } from "./daemon-world.js";

/**
 * What the receiver got is what the ledger says: the ledger verifies; every push that was received is in it as sent, of
 * the same text and peer; nothing is there twice. Returns the counts.
 */
export function expectOneAccount(world: DaemonWorld): {
  readonly received: number;
  readonly records: number;
} {
  const verified = verifyLedger(world.ledgerFolder, () => world.auditKey(), { bodies: true });
  expect(verified.problems.filter(({ what }) => what !== "torn")).toEqual([]);
  expect(verified.ok).toBe(true);
  const { records } = readLedger(world.ledgerFolder);
  const ids = records.flatMap((record) => (record.kind === "push" ? [record.record_id] : []));
  expect(repeated(ids)).toEqual([]);
  const known = new Map(pushesOf(records).map((push) => [push.record.record_id, push]));
  const received = world.received();
  expect(repeated(received.map((push) => push.record_id))).toEqual([]);
  expect(saidTwice(received)).toEqual([]);
  for (const push of received) {
    expect(Object.keys(push).sort()).toEqual(
      ["record_id", "received_at", "aura_id", "at", "hash", "peer_id", "wire_body"].sort(),
    );
    expect(bare(push.hash)).toBe(createHash("sha256").update(push.wire_body).digest("hex"));
    const entry = known.get(push.record_id);
    expect(entry, `${push.record_id} is in the ledger`).toBeDefined();
    expect([entry?.state, entry?.record.state]).toEqual(["sent", "cleared"]);
    expect([bare(entry?.record.hash ?? ""), entry?.record.aura_id, entry?.record.peer_id]).toEqual([
      bare(push.hash),
      push.aura_id,
      push.peer_id,
    ]);
    expect(entry?.record.bytes).toBe(Buffer.byteLength(push.wire_body));
  }
  const sent = [...known.values()].filter(({ state }) => state === "sent");
  expect(sent.map(({ record }) => record.record_id).sort()).toEqual(
    received.map((push) => push.record_id).sort(),
  );
  return { received: received.length, records: records.length };
}

/** The ledger writes a digest, the wire says which one it is. */
const bare = (hash: string): string => hash.replace(/^sha256:/, "");

function repeated(all: readonly string[]): readonly string[] {
  return all.filter((each, index) => all.indexOf(each) !== index);
}

/** Pushes of the text that the same peer sent last of the same function. */
function saidTwice(received: readonly Received[]): readonly Received[] {
  const last = new Map<string, string>();
  return received.filter((push) => {
    const key = `${push.peer_id} ${push.aura_id}`;
    const again = last.get(key) === push.hash;
    last.set(key, push.hash);
    return again;
  });
}
