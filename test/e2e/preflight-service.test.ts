import type { ChildProcess } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pushesOf } from "../../src/ledger/pushes.js";
import { readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { awsTemporaryKeyId, stripeKey } from "../secrets.js";
import { auraScan } from "./aura-scan.js";
import { clientAt, speaker, startService } from "./gate-service.js";

let repository: TestRepository;
let socketPath: string;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  repository = await makeRepository();
  socketPath = path.join(repository.root, "gate.sock");
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
  repository.remove();
});

function start(...words: readonly string[]) {
  const service = startService(repository.root, words);
  running.add(service.child);
  return service;
}

const client = () => clientAt(repository.root, socketPath);

const pushOf = (name: string) => ({
  path: "src/a.rs",
  body: `fn ${name}() { g("${stripeKey()}") }`,
  aura_id: `a::${name}`,
  name,
});

const ledgerFolder = () => path.join(repository.root, ".aura/live/audit");

/** The ids of the pushes in the ledger, which must hold. */
function recorded(): readonly string[] {
  expect(verifyLedger(ledgerFolder(), null, { bodies: true })).toMatchObject({ ok: true });
  return pushesOf(readLedger(ledgerFolder()).records).map(({ record }) => record.record_id);
}

describe.skipIf(process.platform === "win32")("aura-scan preflight --socket", () => {
  it("answers many clients at once, and every answer is in the ledger once", async () => {
    const { isReady, child, ended } = start("--socket", socketPath);
    await isReady;
    expect(statSync(socketPath).mode & 0o777).toBe(0o600);
    const clients = await Promise.all(Array.from({ length: 24 }, () => client()));
    const replies = await Promise.all(
      clients.flatMap((one, number) => [
        one.introduce(`peer-${number}`),
        ...Array.from({ length: 4 }, (_, at) =>
          one.ask("preflight.check", { pushes: [pushOf(`f${number}_${at}`), pushOf(`g${number}_${at}`)] }),
        ),
      ]),
    );
    const pushes = replies.flatMap(({ result }) => result.pushes ?? []);
    expect(pushes).toHaveLength(24 * 8);
    for (const { verdict, wire_body, envelope, name } of pushes) {
      expect(verdict).toBe("allow");
      expect(wire_body).toBe(`fn ${name}() { g("****MASKED****") }`);
      expect(envelope.peer_id).toBe(`peer-${/\d+/.exec(name)?.[0]}`);
    }
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(existsSync(socketPath)).toBe(false);
    expect([...recorded()].sort()).toEqual(pushes.map(({ record_id }) => record_id).sort());
  });

  it("lets no client harm another: garbage, half a line, a sudden death, 100 MB without an end", async () => {
    const { isReady } = start("--socket", socketPath);
    await isReady;
    const good = await client();
    await good.introduce("alice");
    const garbage = await client();
    garbage.socket.resume().write("garbage\n".repeat(20_000));
    const half = await client();
    half.socket.write('{"jsonrpc":"2.0","id":1,"method":"preflight.ch');
    const dead = await client();
    dead.socket.write(
      `${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "preflight.check", params: { pushes: Array.from({ length: 500 }, () => pushOf("f")) } })}\n`,
      () => dead.socket.destroy(),
    );
    const endless = await client();
    const megabyte = Buffer.alloc(1 << 20, "x");
    for (let count = 0; count < 100; count++) {
      if (!endless.socket.write(megabyte))
        await new Promise((resolve) => endless.socket.once("drain", resolve));
      if (count % 20 === 0) {
        const { result } = await good.ask("preflight.check", { pushes: [pushOf(`f${count}`)] });
        expect(result.pushes[0].verdict).toBe("allow");
      }
    }
    half.socket.destroy();
    endless.socket.destroy();
    garbage.socket.destroy();
    const { result } = await good.ask("preflight.check", { pushes: [pushOf("last")] });
    expect(result.pushes[0].verdict).toBe("allow");
  });

  it("is begun anew after it was killed; a second one beside it is refused", async () => {
    const first = start("--socket", socketPath);
    await first.isReady;
    const second = await auraScan(repository.root, ["preflight", "--socket", socketPath]);
    expect(second).toMatchObject({ code: 2, err: expect.stringContaining("answers on") });
    const early = await client();
    const before = await early.ask("preflight.check", { pushes: [pushOf("before")] });
    first.child.kill("SIGKILL");
    await first.ended;
    expect(existsSync(socketPath)).toBe(true);
    const next = start("--socket", socketPath);
    await next.isReady;
    const again = await client();
    await again.introduce("alice");
    const { record_id } = before.result.pushes[0];
    // What was cleared before the crash may be told as sent after it, once.
    const tell = async () =>
      (await again.ask("preflight.sent", { record_id, mothership: "m1" })).result.recorded;
    expect([await tell(), await tell()]).toEqual([true, false]);
    expect((await again.ask("shutdown")).result).toEqual({});
    expect(await next.ended).toBe(0);
    expect(recorded()).toEqual([record_id]);
  });

  it("answers what is open when it is asked to end, and takes no more", async () => {
    const { isReady, child, ended } = start("--socket", socketPath);
    await isReady;
    const one = await client();
    await one.introduce("alice");
    const many = Array.from({ length: 400 }, (_, at) => pushOf(`f${at}`));
    const open = one.ask("preflight.check", { pushes: many });
    await one.ask("heartbeat.check", { active_function: "a::f" });
    child.kill("SIGTERM");
    expect((await open).result.pushes).toHaveLength(400);
    expect(await ended).toBe(0);
    expect(recorded()).toHaveLength(400);
  });

  it("blocks while the settings are broken, and no longer than that", async () => {
    repository.write(".aura/live.toml", "[live");
    const service = start("--socket", socketPath);
    await service.isReady;
    expect(service.said()).toContain("nothing passes until this is mended");
    const one = await client();
    const push = async () => (await one.ask("preflight.check", { pushes: [pushOf("f")] })).result.pushes[0];
    expect(await push()).toMatchObject({ verdict: "block", wire_body: null });
    repository.write(".aura/live.toml", "");
    expect((await push()).verdict).toBe("allow");
    repository.write(".aura/live.toml", "[live]\ne2e = 1");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await push()).reasons[0]).toContain(".aura/live.toml:2:7");
  });
});

describe("aura-scan preflight --stdio", () => {
  it("serves one client until its input ends", async () => {
    const { child, ended } = start("--stdio");
    const one = speaker(repository.root, child.stdout, child.stdin);
    const replies = await Promise.all([
      one.introduce("alice"),
      ...["f", "g", "h"].map((name) => one.ask("preflight.check", { pushes: [pushOf(name)] })),
    ]);
    expect(replies.slice(1).map(({ result }) => result.pushes[0].verdict)).toEqual([
      "allow",
      "allow",
      "allow",
    ]);
    child.stdin.end();
    expect(await ended).toBe(0);
    expect(recorded()).toHaveLength(3);
  });

  it("blocks what the policy disallows, with the key and both values", async () => {
    repository.write("mothership.toml", "[policy.privacy]\nrequire_e2e = true");
    const { child } = start("--stdio", "--policy", "mothership.toml");
    const one = speaker(repository.root, child.stdout, child.stdin);
    expect((await one.introduce("alice")).result.policy).toMatchObject({ require_e2e: true });
    const [push] = (await one.ask("preflight.check", { pushes: [pushOf("f")] })).result.pushes;
    expect(push.reasons).toEqual([
      expect.stringContaining("policy.privacy.require_e2e is true, and live.e2e is false"),
    ]);
  });

  it.skipIf(process.platform === "win32")(
    "ends when it is asked to, though its input stays open",
    async () => {
      const { child, ended } = start("--stdio");
      await speaker(repository.root, child.stdout, child.stdin).introduce("alice");
      child.kill("SIGTERM");
      expect(await ended).toBe(0);
    },
  );
});

it("one request on standard input is kept in the ledger, too", async () => {
  const pushes = [pushOf("f"), { ...pushOf("g"), body: `fn g() { h("${awsTemporaryKeyId()}") }` }];
  const input = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "preflight.check", params: { pushes } });
  const run = await auraScan(repository.root, ["preflight"], { input });
  expect(run.code).toBe(1);
  const answered = JSON.parse(run.out).result.pushes.map(({ record_id }: { record_id: string }) => record_id);
  expect(recorded()).toEqual(answered);
});
