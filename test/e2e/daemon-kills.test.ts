import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isolateGit } from "../repository.js";
import { awsTemporaryKeyId, stripeKey } from "../secrets.js";
import { expectOneAccount } from "./daemon-account.js";
import { type DaemonWorld, daemonWorld, placesOf, type Service, until } from "./daemon-world.js";

/** `AURA_SCAN_KILLS=1000` for the long run, `AURA_SCAN_SEED` for the same one again. */
const KILLS = Number(process.env["AURA_SCAN_KILLS"] ?? 24);
const SEED = Number(process.env["AURA_SCAN_SEED"] ?? Date.now() % 1_000_000);
/** The longest wait between two kills; a gate takes about half of it to start. */
const CALM = 1000;
const FILES = 4;
const PEERS = ["ada", "bob", "cy", "dee"];
const PATIENCE = 120_000 + KILLS * 2 * CALM;

/** Numbers below 1 from a seed (mulberry32), so that a run can be repeated. */
function drawnFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const source = (file: number, round: number) => `
pub fn plain() { count(${round}) }
pub fn masked() { charge("${stripeKey(`${file}`)}", ${round}) }
pub fn leak() { sts("${awsTemporaryKeyId(`${file}`)}", ${round}) }
/// @aura-local
pub fn local() { login("${stripeKey(`local ${file}`)}", ${round}) }
`;

describe(`${KILLS} kills at random moments (seed ${SEED})`, () => {
  let world: DaemonWorld;
  beforeAll(async () => {
    isolateGit();
    world = await daemonWorld();
  });
  afterAll(() => world.remove());

  it.skipIf(process.platform === "win32")(
    "lose nothing, send nothing twice, and let nothing out, with four daemons, two of which share a gate",
    async () => {
      const drawn = drawnFrom(SEED);
      const edit = (round: number) => {
        const file = round % FILES;
        world.repository.write(`src/part${file}.rs`, source(file, round));
      };
      for (let file = 0; file < FILES; file++) edit(file);
      const socket = path.join(world.repository.root, ".git/gate.sock");
      const receiver = world.receiver(PEERS.join());
      const gate = world.gate(socket);
      const daemons = PEERS.map((peer, index) =>
        index < 2 ? world.daemon(peer, "--socket", socket) : world.daemon(peer),
      );
      const everyone = [gate, receiver, ...daemons];
      await until(
        "all have begun",
        () => new Set(world.received().map((push) => push.peer_id)).size === 4,
        everyone,
      );

      // The gates are what the ledger hangs on: every second kill is one of them.
      const gates = [gate.kill, ...daemons.slice(2).map((daemon) => () => killGateOf(daemon))];
      const others = [receiver.kill, ...daemons.map((daemon) => daemon.kill)];
      let kills = 0;
      let gateKills = 0;
      for (let round = FILES; kills < KILLS; round++) {
        edit(round);
        await new Promise((resolve) => setTimeout(resolve, drawn() * CALM));
        const among = drawn() < 0.5 ? gates : others;
        if (!among[Math.floor(drawn() * among.length)]?.()) continue;
        kills++;
        if (among === gates) gateKills++;
      }

      for (let file = 0; file < FILES; file++) world.repository.write(`src/part${file}.rs`, source(file, -1));
      const isLast = (peer: string) => {
        const last = new Map(
          world
            .received()
            .filter((push) => push.peer_id === peer)
            .map((push) => [push.aura_id, push.wire_body]),
        );
        return last.size === 2 * FILES && [...last.values()].every((body) => body.includes("-1) }"));
      };
      await until("every peer has sent the last state", () => PEERS.every(isLast), everyone);
      await until("every outcome is told", () => world.isSettled(), everyone);
      await Promise.all(daemons.map((daemon) => daemon.stop()));
      await gate.stop();
      await receiver.stop();

      const { received, records } = expectOneAccount(world);
      expect(world.received().filter((push) => /::(leak|local)$/.test(push.aura_id))).toEqual([]);
      const secrets = Array.from({ length: FILES }, (_, file) => [
        stripeKey(`${file}`),
        stripeKey(`local ${file}`),
        awsTemporaryKeyId(`${file}`),
      ]);
      expect(placesOf(secrets.flat(), world)).toEqual([]);
      console.log(
        `${kills} kills, ${gateKills} of gates: ${received} pushes received, ${records} records in the ledger`,
      );
    },
    PATIENCE,
  );
});

/** The gate that a daemon started last, by the process id that it told; false where that one is gone already. */
function killGateOf(daemon: Service): boolean {
  const gate = [...daemon.said().matchAll(/the gate is (?:there, process (\d+)|gone)/g)].at(-1)?.[1];
  // The number may be another program's by now: only a child of the daemon is meant. Told so where there is /proc.
  if (gate === undefined || parentOf(Number(gate)) !== daemon.pid()) return false;
  return process.kill(Number(gate), "SIGKILL");
}

/** `1234 (node) S 1200 …` */
function parentOf(pid: number): number | null {
  try {
    return Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return null;
  }
}
