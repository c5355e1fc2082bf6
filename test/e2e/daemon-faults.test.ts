import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../repository.js";
import { daemonModule } from "./daemon-module.js";

const { openQueue } = await daemonModule("queue.mjs");
const { openOutcomes } = await daemonModule("outcomes.mjs");
const { openTicks } = await daemonModule("ticks.mjs");
const { openChanges } = await daemonModule("changes.mjs");
const { GateGone, GateRefusal } = await daemonModule("gate.mjs");

const peer = { peer_id: "ada", mothership: "local" };
const envelope = {
  aura_id: "a::f",
  hash: "h",
  peer_id: "ada",
  at: "2026-01-31T12:00:00.000Z",
  wire_body: "",
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => void vi.spyOn(console, "log").mockReturnValue(undefined));

describe("what became of a push", () => {
  it.each([
    ["was told to the ledger", null, 0],
    [
      "is of a record that the ledger does not have",
      new GateRefusal({ code: -32602, message: "unknown" }),
      0,
    ],
    ["met a ledger that could not write", new GateRefusal({ code: -32001, message: "full" }), 1],
    ["met a fault of the gate", new GateRefusal({ code: -32603, message: "fault" }), 1],
    ["met no gate", new GateGone("gone"), 1],
  ])("is told again only where that may help: it %s", async (_name, fault, left) => {
    const queue = openQueue(path.join(temporaryFolder(), "outbox", "ada.jsonl"));
    queue.push([{ recordId: "r1", envelope }]);
    queue.sent("r1", "2026-01-31T12:00:01.000Z");
    const ask = async () => (fault === null ? {} : Promise.reject(fault));
    openOutcomes({ gate: { ask }, queue, peer }).tell();
    await turn();
    expect(queue.untold.size).toBe(left);
  });
});

describe("a file that is blocked", () => {
  const blocked = { aura_id: "a::f", verdict: "block", reasons: ["no"], record_id: "r", findings: [] };
  const allowed = {
    ...blocked,
    verdict: "allow",
    hash: "h",
    wire_body: "fn f() {}",
    bytes: 9,
    redactions: [],
  };

  it.each([
    ["for a finding, not until it changes", { ...blocked, findings: [{ mask_block: null }] }, 1],
    ["for something else than a finding, some ticks later", blocked, 2],
    ["because the ledger could not write, some ticks later", { ...blocked, record_id: null }, 2],
  ])("is offered again: %s", async (_name, first, offers) => {
    const root = temporaryFolder();
    mkdirSync(path.join(root, "src"));
    writeFileSync(path.join(root, "src/a.rs"), "fn f() {}");
    const answers = [first, allowed];
    const ask = vi.fn(async () => ({ pushes: [answers.shift()] }));
    const queue = openQueue(path.join(temporaryFolder(), "outbox", "ada.jsonl"));
    const gate = { isReady: () => true, ask };
    const ticks = openTicks({ root, gate, changes: openChanges(root, false), queue, peer });
    for (let round = 0; round < 6; round++) await ticks.tick();
    expect(ask).toHaveBeenCalledTimes(offers);
    expect(queue.waiting.size).toBe(offers - 1);
  });

  it("and allowed without a record does not leave", async () => {
    const root = temporaryFolder();
    writeFileSync(path.join(root, "a.rs"), "fn f() {}");
    const queue = openQueue(path.join(temporaryFolder(), "outbox", "ada.jsonl"));
    const gate = { isReady: () => true, ask: async () => ({ pushes: [{ ...allowed, record_id: null }] }) };
    await openTicks({ root, gate, changes: openChanges(root, false), queue, peer }).tick();
    expect(queue.waiting.size).toBe(0);
  });
});
