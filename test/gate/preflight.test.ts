import { createHash } from "node:crypto";
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createGate, type Gate } from "../../src/gate/gate.js";
import type { PushAnswer, PushRequest } from "../../src/gate/push.js";
import { smallEngine } from "../scan/small-engine.js";
import { awsKeyId, awsTemporaryKeyId, stripeKey } from "../secrets.js";

let gate: Gate;
beforeAll(async () => {
  gate = await createGate({ root: ".", engine: await smallEngine() });
});

const body = (text: string, more: Partial<PushRequest> & { signature?: string } = {}): PushRequest =>
  ({
    kind: "body",
    path: "src/a.rs",
    body: text,
    signature: null,
    aura_id: null,
    name: null,
    language: null,
    ...more,
  }) as PushRequest;

async function answerTo(request: PushRequest): Promise<PushAnswer> {
  const [answer, ...rest] = await gate.check([request]);
  expect(rest).toEqual([]);
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

describe("a body that may leave", () => {
  it("is answered with the wire body, its length in bytes and its hash, never the original's", async () => {
    const answer = await answerTo(body(`fn f() { g("${stripeKey()}", "é") }`));
    const wire = 'fn f() { g("****MASKED****", "é") }';
    expect(answer).toMatchObject({
      aura_id: "a::f",
      name: "f",
      verdict: "allow",
      wire_body: wire,
      bytes: Buffer.byteLength(wire),
      hash: `sha256:${createHash("sha256").update(wire).digest("hex")}`,
      redactions: [{ detector: "generic-api-key", count: 1 }],
    });
  });

  it("keeps the id and the name that the daemon knows it by", async () => {
    const answer = await answerTo(body("fn f() {}", { aura_id: "billing::f", name: "f!" }));
    expect([answer.aura_id, answer.name]).toEqual(["billing::f", "f!"]);
  });

  it("is masked behind its signature only, also where that comes apart from it", async () => {
    const answer = await answerTo(body(`{ g("${stripeKey()}") }`, { signature: "fn f() " }));
    expect([answer.verdict, answer.wire_body]).toEqual(["allow", '{ g("****MASKED****") }']);
  });

  it.each([
    ["a method of a class", "src/a.ts", `async total(cart: Cart) { return g("${stripeKey()}") }`],
    ["a language without a parser", "src/a.py", `def f():\n    return g("${stripeKey()}")`],
  ])("may be %s", async (_name, file, text) => {
    const answer = await answerTo(body(text, { path: file, name: "total" }));
    expect(answer.verdict).toBe("allow");
    expect(answer.wire_body).toBe(text.replace(stripeKey(), "****MASKED****"));
  });
});

describe("a push is blocked", () => {
  it.each([
    ["a mask false negative", body(`fn f() { g("${awsTemporaryKeyId()}") }`)],
    ["a secret in the name", body(`fn f_${awsKeyId()}() {}`)],
    ["a secret in the id alone", body("fn f() {}", { aura_id: `a::${awsKeyId()}` })],
    ["a secret in the comment that comes with the body", body(`/// ${awsKeyId()}\nfn f() {}`)],
    ["a secret in a signature that comes apart", body("{}", { signature: `fn f(x: T_${awsKeyId()}) ` })],
    ["a secret in the path", body("fn f() {}", { path: `src/${awsKeyId()}.rs` })],
    ["an absolute path", body("fn f() {}", { path: "/etc/a.rs" })],
    ["a path that leaves the repository", body("fn f() {}", { path: "../a.rs" })],
    ["a Windows path", body("fn f() {}", { path: "C:\\a.rs" })],
  ])("%s", async (_name, request) => {
    const answer = await answerTo(request);
    expect(answer).toMatchObject({ verdict: "block", wire_body: null, hash: null, bytes: null });
    expect(answer.reasons.length).toBeGreaterThan(0);
    for (const secret of [awsKeyId(), awsTemporaryKeyId()])
      expect(JSON.stringify(answer)).not.toContain(secret);
  });

  it("whose file a symlink takes out of the repository", async () => {
    const root = mkdtempSync(path.join(tmpdir(), "aura-scan-gate-"));
    const outside = mkdtempSync(path.join(tmpdir(), "aura-scan-out-"));
    writeFileSync(path.join(outside, "a.rs"), "fn f() {}");
    symlinkSync(outside, path.join(root, "src"));
    const there = await createGate({ root, engine: await smallEngine() });
    const [answer] = await there.check([body("fn f() {}")]);
    expect(answer?.verdict).toBe("block");
  });
});

describe("a push is withheld", () => {
  it("when its own doc comment says @aura-local", async () => {
    expect((await answerTo(body("/// @aura-local\nfn f() {}"))).verdict).toBe("withhold");
  });

  it("when it carries an @aura-local function inside", async () => {
    expect((await answerTo(body("fn f() {\n    /// @aura-local\n    fn g() {}\n}"))).verdict).toBe(
      "withhold",
    );
  });
});

describe("a source", () => {
  it("is answered unit by unit, an outer one carrying what its inner ones hold", async () => {
    const source = `fn outer() { fn inner() { g("${awsTemporaryKeyId()}") } }\nfn clean() {}`;
    const answers = await gate.check([
      { kind: "source", path: "src/a.rs", source, aura_id: null, name: null, language: null },
    ]);
    expect(answers.map(({ aura_id, verdict }) => [aura_id, verdict])).toEqual([
      ["a::outer", "block"],
      ["a::outer::inner", "block"],
      ["a::clean", "allow"],
    ]);
    expect(
      new Set(answers.flatMap((answer) => answer.findings.map((finding) => finding.fingerprint))).size,
    ).toBe(1);
  });

  it("in a language without a parser is blocked: nobody knows its units", async () => {
    const [answer] = await gate.check([
      { kind: "source", path: "a.py", source: "def f(): pass", aura_id: null, name: null, language: null },
    ]);
    expect(answer?.verdict).toBe("block");
  });
});

describe("JSON-RPC", () => {
  const request = (params: unknown, method = "preflight.check") =>
    JSON.stringify({ jsonrpc: "2.0", id: 7, method, params });
  const push = { path: "src/a.rs", body: "fn f() {}" };

  it("answers a good request under its id", async () => {
    const answer = await gate.answer(request({ pushes: [push] }));
    expect(answer).toMatchObject({
      jsonrpc: "2.0",
      id: 7,
      result: { pushes: [{ verdict: "allow", wire_body: "fn f() {}" }] },
    });
  });

  it("gives the right hash for one of the original that came along", async () => {
    const answer = await gate.answer(request({ pushes: [{ ...push, hash: "sha256:0000" }] }));
    expect(JSON.stringify(answer)).not.toContain('0000"');
  });

  it("does not answer a notification", async () => {
    expect(
      await gate.answer(
        JSON.stringify({ jsonrpc: "2.0", method: "preflight.check", params: { pushes: [] } }),
      ),
    ).toBeNull();
  });

  it.each([
    ["half a line", '{"jsonrpc":', -32700],
    ["nothing", "", -32700],
    ["a list", "[]", -32600],
    ["another version", '{"jsonrpc":"1.0","id":1,"method":"x"}', -32600],
    ["no method", '{"jsonrpc":"2.0","id":1}', -32600],
    ["an id that is an object", '{"jsonrpc":"2.0","id":{},"method":"x"}', -32600],
    ["an unknown method", request({}, "preflight.sned"), -32601],
    ["no pushes", request({}), -32602],
    ["pushes that are no list", request({ pushes: {} }), -32602],
    ["a push without a path", request({ pushes: [{ body: "" }] }), -32602],
    ["a push with source and body", request({ pushes: [{ ...push, source: "" }] }), -32602],
    ["a push with neither", request({ pushes: [{ path: "a.rs" }] }), -32602],
    ["an unknown key", request({ pushes: [{ ...push, env: "x" }] }), -32602],
    ["a wrong type", request({ pushes: [{ ...push, name: 1 }] }), -32602],
    ["an unknown language", request({ pushes: [{ ...push, language: "cobol" }] }), -32602],
  ])("%s gets an error and no crash", async (_name, text, code) => {
    expect(await gate.answer(text)).toMatchObject({ error: { code } });
  });

  it("repeats nothing of a broken request", async () => {
    expect(JSON.stringify(await gate.answer(`{"${stripeKey()}`))).not.toContain(stripeKey());
  });
});
