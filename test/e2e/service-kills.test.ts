import { connect } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pushesOf } from "../../src/ledger/pushes.js";
import { readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { awsTemporaryKeyId, stripeKey } from "../secrets.js";
import { type RunningService, type Speaker, speaker, startService } from "./gate-service.js";

/** `AURA_SCAN_SERVICE_KILLS=1000` for the long run. */
const KILLS = Number(process.env["AURA_SCAN_SERVICE_KILLS"] ?? 100);
/** Services at once, with four clients each and one ledger for all: a kill costs a start, and starts can overlap. */
const SERVICES = 4;
const CLIENTS = 4;
/** The longest life of a service once it has answered, in milliseconds. */
const LIFE = 60;
/** One in so many dies at any moment of its start, before it answers. */
const EARLY = 8;

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

/** What left, by record id: how often. */
const received = new Map<string, number>();
let kills = 0;

describe.skipIf(process.platform === "win32")(`${KILLS} services killed at random moments`, () => {
  it(
    "under four clients each: the ledger verifies, all that was received is in it, and nothing twice",
    async () => {
      await Promise.all(Array.from({ length: SERVICES }, (_, number) => killAgainAndAgain(number)));
      const ledger = path.join(repository.root, ".aura/live/audit");
      const verified = verifyLedger(ledger, null, {
        bodies: true,
        witness: path.join(repository.root, ".git/aura-scan-audit-witness"),
      });
      expect(verified.problems.filter(({ what }) => what !== "torn")).toEqual([]);
      expect(verified.ok).toBe(true);

      const { records } = readLedger(ledger);
      const written = records.filter((record) => record.kind === "push");
      const ids = written.map(({ record_id: id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const pushes = new Map(pushesOf(records).map((push) => [push.record.record_id, push]));
      const unknown = [...received.keys()].filter((id) => !pushes.has(id));
      expect(unknown).toEqual([]);
      expect([...received.values()].filter((times) => times !== 1)).toEqual([]);
      const tellings = [...pushes.values()].map((push) => push.deliveries.length);
      expect(Math.max(...tellings)).toBe(1);
      console.log(
        `${kills} kills: ${received.size} pushes received, ${records.length} records, ${ids.length} of pushes`,
      );
      expect(kills).toBe(KILLS);
      expect(received.size).toBeGreaterThan(KILLS / 10);
    },
    120_000 + KILLS * 2000,
  );
});

/** One service, started anew each time that it is killed. */
async function killAgainAndAgain(number: number): Promise<void> {
  const socketPath = path.join(repository.root, `.git/gate-${number}.sock`);
  const share = Math.floor((KILLS + number) / SERVICES);
  for (let life = 0; life < share; life++) {
    const service = startService(repository.root, ["--socket", socketPath]);
    const killIn = (most: number) => setTimeout(() => service.child.kill("SIGKILL"), Math.random() * most);
    if (life % EARLY === 0) killIn(3 * LIFE);
    await service.isReady.catch(() => undefined);
    const clients = Array.from({ length: CLIENTS }, (_, client) =>
      askUntilItDies(service, socketPath, `${number}_${life}_${client}`, () => killIn(LIFE)),
    );
    await service.ended;
    await Promise.all(clients);
    kills++;
  }
}

/** A daemon: asks for one function after another, sends what may leave, and tells that it did, twice. */
async function askUntilItDies(
  service: RunningService,
  socketPath: string,
  name: string,
  answered: () => void,
): Promise<void> {
  const socket = connect(socketPath);
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.on("error", () => undefined);
  await Promise.race([closed, work(speaker(repository.root, socket, socket), name, answered), service.ended]);
  socket.destroy();
}

async function work({ ask, introduce }: Speaker, name: string, answered: () => void): Promise<void> {
  await introduce(name);
  for (let round = 0; ; round++) {
    const { result } = await ask("preflight.check", { pushes: offers(`${name}_${round}`) });
    if (round === 0) answered();
    for (const push of result.pushes as readonly { readonly verdict: string; readonly record_id: string }[]) {
      if (push.verdict !== "allow") continue;
      received.set(push.record_id, (received.get(push.record_id) ?? 0) + 1);
      const told = { record_id: push.record_id, mothership: "m" };
      await Promise.all([ask("preflight.sent", told), ask("preflight.sent", told)]);
    }
  }
}

const offers = (name: string) => [
  { path: "src/a.rs", body: `fn ${name}() { g("${stripeKey(name)}") }`, aura_id: `a::${name}`, name },
  { path: "src/a.rs", body: `fn l${name}() { g("${awsTemporaryKeyId()}") }`, aura_id: `a::l${name}`, name },
];
