import { appendFileSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../repository.js";
import { daemonModule } from "./daemon-module.js";

const { openQueue } = await daemonModule("queue.mjs");

const envelope = (aura_id: string, hash = "h1") => ({
  aura_id,
  hash,
  peer_id: "ada",
  at: "2026-01-31T12:00:00.000Z",
  wire_body: `fn of ${hash}`,
});

let file = "";
beforeEach(() => {
  file = path.join(temporaryFolder(), "outbox", "ada.jsonl");
});

/** What a daemon that starts now finds; the one before was killed, and closed nothing. */
const found = () => {
  const queue = openQueue(file);
  return { waiting: [...queue.waiting.keys()], untold: [...queue.untold.values()], last: queue.lastHash };
};

describe("the daemon's queue, after a kill", () => {
  it("still holds what was to be sent, in order, and what was last sent of each function", () => {
    const queue = openQueue(file);
    queue.push([{ recordId: "r1", envelope: envelope("a::f") }]);
    queue.push([
      { recordId: "r2", envelope: envelope("a::g") },
      { recordId: "r3", envelope: envelope("a::f", "h2") },
    ]);
    expect(found()).toMatchObject({ waiting: ["r1", "r2", "r3"], untold: [] });
    expect(found().last("a::f")).toBe("h2");
  });

  it("knows what the Mothership answered until the ledger knows it too", () => {
    const queue = openQueue(file);
    queue.push(["r1", "r2"].map((recordId) => ({ recordId, envelope: envelope(`a::${recordId}`) })));
    queue.sent("r1", "2026-01-31T12:00:01.000Z");
    queue.dropped("r2", "refused: no");
    expect(found()).toMatchObject({
      waiting: [],
      untold: [
        { sent: "r1", at: "2026-01-31T12:00:01.000Z" },
        { dropped: "r2", why: "refused: no" },
      ],
    });
    queue.told("r1");
    queue.told("r2");
    // The first one opened the file before the second wrote it anew: one daemon for a peer.
    const next = openQueue(file);
    next.told("r1");
    next.told("r2");
    expect(found()).toMatchObject({ waiting: [], untold: [] });
    expect([found().last("a::r1"), found().last("a::r2")]).toEqual(["h1", undefined]);
  });

  it("has lost nothing but a torn last line, and goes on behind it", () => {
    openQueue(file).push([{ recordId: "r1", envelope: envelope("a::f") }]);
    appendFileSync(file, '{"push":"r2","envelope":{"aura_id":"a::g","ha');
    const queue = openQueue(file);
    queue.push([{ recordId: "r3", envelope: envelope("a::h") }]);
    expect(found().waiting).toEqual(["r1", "r3"]);
  });
});

describe("the daemon's queue", () => {
  it("takes back what waits of a function that may no longer leave, and sends it should it be allowed again", () => {
    const queue = openQueue(file);
    queue.push([
      { recordId: "r1", envelope: envelope("a::f") },
      { recordId: "r2", envelope: envelope("a::g") },
    ]);
    queue.withdraw("a::f", "withdrawn");
    expect(found()).toMatchObject({ waiting: ["r2"], untold: [{ dropped: "r1", why: "withdrawn" }] });
    expect(found().last("a::f")).toBeUndefined();
  });

  it("is for its owner's eyes only", () => {
    openQueue(file).push([{ recordId: "r1", envelope: envelope("a::f") }]);
    const modes = [file, path.dirname(file)].map((each) => statSync(each).mode & 0o777);
    if (process.platform !== "win32") expect(modes).toEqual([0o600, 0o700]);
  });

  it("does not grow with what is done", () => {
    const queue = openQueue(file);
    for (let round = 0; round < 400; round++) {
      const recordId = `r${round}`;
      queue.push([{ recordId, envelope: envelope("a::f", `h${round}`) }]);
      queue.sent(recordId, "2026-01-31T12:00:01.000Z");
      queue.told(recordId);
    }
    expect(readFileSync(file, "utf8").split("\n").length).toBeLessThan(1100);
    expect(found()).toMatchObject({ waiting: [], untold: [] });
    expect(found().last("a::f")).toBe("h399");
    expect(readFileSync(file, "utf8")).toBe('{"last":"a::f","hash":"h399"}\n');
  });
});
