import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { awsKeyId, awsTemporaryKeyId, stripeKey } from "../../secrets.js";
import { ask, introduced, PUSH, smallService } from "./small-service.js";

const check = { pushes: [PUSH] };

describe("initialize", () => {
  it("answers with the protocol, the settings' digest and the policy", async () => {
    const { service, root } = smallService();
    const answer = await ask(service.connect(), "initialize", { client: "t", root });
    expect(answer.result).toMatchObject({ protocol: 1, policy: null, refusals: [] });
    expect(answer.result.settings_digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ["another root", { client: "t", root: "/" }, "params.root is not the folder that this service guards"],
    ["no root", { client: "t" }, "params.root is missing"],
    ["a field that is not known", { client: "t", root: "/", git_author: "x" }, "unknown key (git_author)"],
    ["a peer id that is an address", { client: "t", root: ".", peer_id: "ada@example.com" }, "root"],
    ["a later protocol", { client: "t", root: "/", protocol: 2 }, "params.protocol must be 1"],
  ])("refuses %s", async (_, params, message) => {
    const { service } = smallService();
    const { error } = await ask(service.connect(), "initialize", params);
    expect(error?.code).toBe(-32602);
    expect(error?.message).toContain(message);
  });

  it.each([
    ["peer_id", "ada@example.com"],
    ["peer_id", "/home/ada"],
    ["mothership", "https://ada:word@m1.example.com"],
    ["mothership", "https://m1.example.com/?token=x"],
    ["policy", 7],
    ["policy", { require_e2: true }],
    ["policy", { require_e2e: "yes" }],
  ])("refuses as %s: %j", async (key, value) => {
    const { service, root } = smallService();
    const { error } = await ask(service.connect(), "initialize", { client: "t", root, [key]: value });
    expect(error?.message).toContain(key);
    expect(error?.message).not.toContain(String(value));
  });

  it("comes once, and before all but preflight.check", async () => {
    const made = smallService();
    const client = made.service.connect();
    for (const method of [
      "preflight.sent",
      "pull.received",
      "heartbeat.check",
      "settings.reload",
      "shutdown",
    ])
      expect((await ask(client, method, {})).error?.code).toBe(-32002);
    expect((await ask(client, "preflight.check", check)).result.pushes[0]).toMatchObject({
      verdict: "allow",
      envelope: null,
    });
    const again = await ask(await introduced(made), "initialize", { client: "t", root: made.root });
    expect(again.error?.message).toBe("initialize was sent before");
  });
});

describe("a secret in what is written down and sent as it is", () => {
  it.each(["peer_id", "mothership"])("is refused as %s, and not repeated", async (key) => {
    const made = smallService();
    const client = made.service.connect();
    const asked = await ask(client, "initialize", { client: "t", root: made.root, [key]: stripeKey() });
    expect(asked.error?.message).toBe(`params.${key} holds a secret`);
    expect((await ask(client, "heartbeat.check", {})).error?.code).toBe(-32002);
  });

  it("is refused where a push or a pull is told", async () => {
    const made = smallService();
    const client = await introduced(made);
    const { record_id } = (await ask(client, "preflight.check", check)).result.pushes[0];
    const sent = await ask(client, "preflight.sent", { record_id, mothership: stripeKey() });
    expect(sent.error?.message).toBe("params.mothership holds a secret");
    const pulled = { aura_id: "a::f", peer_id: stripeKey(), bytes: 1 };
    expect((await ask(client, "pull.received", pulled)).error?.message).toBe("params.peer_id holds a secret");
    expect(JSON.stringify(made.ledger.entries)).not.toContain(stripeKey());
  });
});

describe("preflight.check", () => {
  it("answers with the envelope, when body and record are on disk", async () => {
    const made = smallService();
    const client = await introduced(made);
    const { pushes } = (await ask(client, "preflight.check", check)).result;
    const [{ record_id, hash, envelope }] = pushes;
    expect(record_id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(envelope).toEqual({
      aura_id: "a::f",
      hash,
      peer_id: "alice",
      at: expect.any(String),
      wire_body: "fn f() {}",
    });
    const hex = String(hash).replace("sha256:", "");
    expect(made.ledger.order).toEqual(["settings", hex, "push"]);
    expect(made.ledger.entries.at(-1)).toMatchObject({
      kind: "push",
      record_id,
      aura_id: "a::f",
      name: "f",
      path: "src/a.rs",
      hash: hex,
      bytes: 9,
      mothership: "m1",
      peer_id: "alice",
      state: "cleared",
      language: "rust",
    });
  });

  it("writes down what is blocked and withheld too, and nothing of their texts", async () => {
    const made = smallService();
    const client = await introduced(made);
    const pushes = [
      { ...PUSH, body: `fn f() { g("${awsTemporaryKeyId()}") }` },
      { ...PUSH, body: "/// @aura-local\nfn f() {}" },
      { ...PUSH, path: `/home/ada/${awsKeyId()}.rs` },
      { ...PUSH, aura_id: `a::${awsKeyId()}`, name: awsKeyId() },
    ];
    const answer = await ask(client, "preflight.check", { pushes });
    expect(answer.result.pushes.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "block",
      "withhold",
      "block",
      "block",
    ]);
    const kept = made.ledger.entries.filter(({ kind }) => kind === "push");
    expect(kept.map((entry) => "state" in entry && entry.state)).toEqual([
      "blocked",
      "withheld",
      "blocked",
      "blocked",
    ]);
    expect(kept[0]).toMatchObject({ hash: null, bytes: null, rules: ["aws-key-id"] });
    expect(kept[2]).toMatchObject({ path: "(no path in the repository)" });
    for (const secret of [awsKeyId(), awsTemporaryKeyId(), "/home/ada"])
      expect(JSON.stringify(made.ledger.entries)).not.toContain(secret);
    expect(made.ledger.bodies.size).toBe(0);
  });

  it.each(["open", "append", "body"] as const)(
    "blocks where the ledger fails to %s, until it does not",
    async (what) => {
      const made = smallService();
      const client = await introduced(made);
      made.ledger.fails = what;
      const [refused] = (await ask(client, "preflight.check", check)).result.pushes;
      expect(refused).toMatchObject({ verdict: "block", wire_body: null, hash: null, envelope: null });
      expect(refused.reasons.join()).toContain("the disk is full");
      if (what !== "body") expect(refused.record_id).toBeNull();
      made.ledger.fails = null;
      // A ledger that could not be opened is tried again after a second.
      if (what === "open") await new Promise((resolve) => setTimeout(resolve, 1100));
      expect((await ask(client, "preflight.check", check)).result.pushes[0].verdict).toBe("allow");
    },
  );

  it("blocks what its time runs out for", async () => {
    let now = 0;
    const made = smallService({ clock: () => (now += 40), limits: { pushTime: 100 } });
    const answer = await ask(await introduced(made), "preflight.check", { pushes: [PUSH] });
    expect(answer.result.pushes[0].verdict).toBe("allow");
    now = 0;
    const slow = smallService({ clock: () => (now += 101), limits: { pushTime: 100 } });
    const late = await ask(await introduced(slow), "preflight.check", { pushes: [PUSH, PUSH] });
    for (const { verdict, reasons } of late.result.pushes)
      expect([verdict, reasons[0]]).toEqual(["block", expect.stringContaining("time limit of 100 ms")]);
  });

  it("takes no more pushes than the limit", async () => {
    const made = smallService({ limits: { pushes: 2 } });
    const { error } = await ask(made.service.connect(), "preflight.check", { pushes: [PUSH, PUSH, PUSH] });
    expect(error?.message).toContain("more than 2");
  });

  it("blocks a unit that is larger than the limit, and judges its neighbour", async () => {
    const made = smallService();
    made.settings("[scan.limits]\nunit_file_bytes = 1024");
    const pushes = [{ ...PUSH, body: "x".repeat(1025) }, PUSH];
    const answer = await ask(await introduced(made), "preflight.check", { pushes });
    expect(answer.result.pushes.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "block",
      "allow",
    ]);
  });
});

describe("settings that change while it runs", () => {
  it("hold from the next push on, and are written down", async () => {
    const made = smallService();
    const client = await introduced(made);
    const verdict = async () => (await ask(client, "preflight.check", check)).result.pushes[0];
    expect(await verdict()).toMatchObject({ verdict: "allow" });
    made.settings("[live]\ne2e = 1");
    await pause();
    const broken = await verdict();
    expect(broken).toMatchObject({ verdict: "block", wire_body: null });
    expect(broken.reasons).toEqual([
      expect.stringContaining(".aura/live.toml:2:7: live.e2e must be true or false"),
    ]);
    made.settings("[live.selective]\nexclude = ['src/**']");
    await pause();
    expect(await verdict()).toMatchObject({ verdict: "withhold" });
    made.settings("");
    await pause();
    expect(await verdict()).toMatchObject({ verdict: "allow" });
    const told = made.ledger.entries.flatMap((entry) => (entry.kind === "settings" ? [entry] : []));
    expect(told.map(({ fault }) => fault !== null)).toEqual([false, true, false, false]);
    expect(told[2]?.settings).toMatchObject({ exclude: ["src/**"], mask_secrets: true });
  });

  it("may be broken from the beginning", async () => {
    const made = smallService();
    made.settings("[live");
    const client = await introduced(made);
    expect((await ask(client, "preflight.check", check)).result.pushes[0].verdict).toBe("block");
    expect((await ask(client, "heartbeat.check", { active_function: "a::f" })).result.verdict).toBe("block");
    made.settings("");
    expect((await ask(client, "settings.reload")).result.refusals).toEqual([]);
    expect((await ask(client, "preflight.check", check)).result.pushes[0].verdict).toBe("allow");
  });
});

describe("a policy", () => {
  const POLICY = { require_mask_secrets: true, require_e2e: true };

  it("blocks every push that is made with settings it disallows, with the key and both values", async () => {
    const made = smallService();
    const client = await introduced(made, { policy: POLICY });
    const other = await introduced(made);
    const [push] = (await ask(client, "preflight.check", check)).result.pushes;
    expect(push.verdict).toBe("block");
    expect(push.reasons).toEqual([
      expect.stringContaining("policy.privacy.require_e2e is true, and live.e2e is false"),
    ]);
    expect((await ask(other, "preflight.check", check)).result.pushes[0].verdict).toBe("allow");
    made.settings("[live]\ne2e = true");
    await pause();
    expect((await ask(client, "preflight.check", check)).result.pushes[0].verdict).toBe("allow");
  });

  it("may be the service's own, in a file that changes", async () => {
    const made = smallService();
    const file = join(made.root, "mothership.toml");
    const guarded = smallService({ policy: file });
    const client = await introduced(guarded);
    const push = async () => (await ask(client, "preflight.check", check)).result.pushes[0];
    expect((await push()).reasons[0]).toContain("mothership.toml:1:1: cannot be read (ENOENT)");
    writeFileSync(file, "[policy.privacy]\n");
    await pause();
    expect((await push()).verdict).toBe("allow");
    writeFileSync(file, "[policy.privacy]\nenforce_default_private = true\n");
    await pause();
    expect((await push()).reasons[0]).toContain("enforce_default_private");
    writeFileSync(file, "[policy.privacy]\nenforce_default_private = 1\n");
    await pause();
    expect((await push()).reasons[0]).toContain("mothership.toml:2:27");
  });
});

describe("what became of a push", () => {
  it("is written down once for each state and Mothership", async () => {
    const made = smallService();
    const client = await introduced(made);
    const { record_id } = (await ask(client, "preflight.check", check)).result.pushes[0];
    const tell = async (method: string, more: object = {}) =>
      (await ask(client, method, { record_id, ...more })).result.recorded;
    expect(
      await Promise.all([tell("preflight.sent"), tell("preflight.sent"), tell("preflight.sent")]),
    ).toEqual([true, false, false]);
    expect(await tell("preflight.sent", { mothership: "m2", at: "2026-01-31T12:00:00Z" })).toBe(true);
    expect(await tell("preflight.failed", { error: `refused: ${stripeKey()}` })).toBe(true);
    expect(await tell("preflight.sent", { mothership: "m1" })).toBe(false);
    const states = made.ledger.entries.filter(({ kind }) => kind === "state");
    expect(states).toHaveLength(3);
    expect(states.map((state) => state.kind === "state" && state.happened_at)).toEqual([
      null,
      "2026-01-31T12:00:00Z",
      null,
    ]);
    expect(JSON.stringify(states)).not.toContain(stripeKey());
  });

  it("is looked up where another service cleared it, and asked again where the ledger failed", async () => {
    const made = smallService();
    const { record_id } = (await ask(await introduced(made), "preflight.check", check)).result.pushes[0];
    const next = smallService({ ledger: made.ledger });
    const client = await introduced(next);
    await ask(client, "preflight.check", check);
    made.ledger.fails = "append";
    expect((await ask(client, "preflight.sent", { record_id })).error?.code).toBe(-32001);
    made.ledger.fails = null;
    expect((await ask(client, "preflight.sent", { record_id })).result.recorded).toBe(true);
  });

  it("is refused for a push that is unknown, and for one that was blocked", async () => {
    const made = smallService();
    const client = await introduced(made);
    const { error } = await ask(client, "preflight.sent", { record_id: "0".repeat(26) });
    expect(error?.message).toContain("no push in the ledger");
    const blocked = await ask(client, "preflight.check", { pushes: [{ ...PUSH, path: "/a.rs" }] });
    const told = await ask(client, "preflight.sent", { record_id: blocked.result.pushes[0].record_id });
    expect(told.error?.message).toContain("not allowed to leave");
  });
});

describe("pull.received", () => {
  it("is written down", async () => {
    const made = smallService();
    const client = await introduced(made);
    const pull = { aura_id: "a::f", peer_id: "bob", bytes: 340, hash: `sha256:${"0a".repeat(32)}` };
    expect((await ask(client, "pull.received", pull)).result).toEqual({ recorded: true });
    expect(made.ledger.entries.at(-1)).toEqual({ kind: "pull", ...pull, hash: "0a".repeat(32) });
  });

  it.each([
    { aura_id: "/home/ada/x.rs", peer_id: "bob", bytes: 1 },
    { aura_id: "a::f", peer_id: "bob@example.com", bytes: 1 },
    { aura_id: "a::f", peer_id: "bob", bytes: -1 },
    { aura_id: "a::f", peer_id: "bob", bytes: 1, hash: "md5" },
    { aura_id: "a::f", peer_id: "bob", bytes: 1, body: "fn f() {}" },
  ])("is refused: %j", async (params) => {
    const { error } = await ask(await introduced(smallService()), "pull.received", params);
    expect(error?.code).toBe(-32602);
  });
});

describe("messages", () => {
  const request = (id: unknown, method: string, params?: unknown) => ({ jsonrpc: "2.0", id, method, params });

  it("may come as a batch, each answered by its id, notifications not at all", async () => {
    const client = smallService().service.connect();
    const batch = [
      request(1, "preflight.check", check),
      { jsonrpc: "2.0", method: "preflight.check", params: check },
      7,
      request("b", "nope"),
    ];
    const answers = JSON.parse((await client.answer(JSON.stringify(batch))) ?? "");
    expect(answers.map((answer: { id: unknown }) => answer.id)).toEqual([1, null, "b"]);
    expect(await client.answer(JSON.stringify([batch[1]]))).toBeNull();
    expect(await client.answer(JSON.stringify(batch[1]))).toBeNull();
  });

  it.each([
    ["an empty batch", "[]", -32600],
    ["a batch that is too long", JSON.stringify(Array.from({ length: 300 }, () => 1)), -32600],
    ["no JSON", "{", -32700],
    ["a very long id", JSON.stringify(request("x".repeat(300), "nope")), -32600],
    ["a method of another's", JSON.stringify(request(1, "constructor")), -32601],
  ])("are at fault: %s", async (_, text, code) => {
    const answer = await smallService().service.connect().answer(text);
    expect(JSON.parse(answer ?? "")).toMatchObject({ error: { code } });
  });

  it("are answered in any order", async () => {
    const made = smallService();
    const client = await introduced(made);
    const order: string[] = [];
    const many = { pushes: Array.from({ length: 50 }, () => PUSH) };
    await Promise.all([
      ask(client, "preflight.check", many).then(() => order.push("many")),
      ask(client, "preflight.check", check).then(() => order.push("one")),
    ]);
    expect(order).toEqual(["one", "many"]);
  });

  it("name a field that is not known, and nothing that may be a secret", async () => {
    const client = await introduced(smallService());
    const { error } = await ask(client, "preflight.check", {
      pushes: [{ ...PUSH, commit_message: stripeKey() }],
    });
    expect(error?.message).toContain("(commit_message)");
    const secret = await ask(client, "preflight.check", { pushes: [{ ...PUSH, [stripeKey()]: "x" }] });
    expect(JSON.stringify([error, secret])).not.toContain(stripeKey());
  });
});

describe("the end", () => {
  it("comes when a client asks for it", async () => {
    const made = smallService();
    const client = await introduced(made);
    await ask(client, "preflight.check", check);
    expect((await ask(client, "shutdown")).result).toEqual({});
    await made.service.ended;
    await made.service.close();
    expect(made.ledger.closed).toBe(true);
  });
});

/** Files are looked at again after a few milliseconds. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 10));
