import { describe, expect, it } from "vitest";
import { createGate } from "../../src/gate/gate.js";
import type { PushAnswer } from "../../src/gate/push.js";
import { smallEngine } from "../scan/small-engine.js";
import { letters } from "../secrets.js";

/** What the gate says of a Rust file's units, by name, under the settings given. */
async function verdicts(source: string, settings = ""): Promise<Record<string, PushAnswer>> {
  const gate = await createGate({ root: ".", engine: await smallEngine(settings) });
  const answers = await gate.check([
    { kind: "source", path: "src/billing.rs", source, aura_id: null, name: null, language: null },
  ]);
  return Object.fromEntries(answers.map((answer) => [answer.name, answer]));
}

describe("Live Sync Privacy, the page", () => {
  it("Layer 2, scope: a function marked @aura-local is excluded from outbound pushes", async () => {
    const { dev_login } = await verdicts(`/// @aura-local — contains hardcoded creds for local dev only
fn dev_login() {
    let token = "dev-token-abc123";
    // ...
}
`);
    expect(dev_login).toMatchObject({ verdict: "withhold", wire_body: null, hash: null });
    expect(dev_login?.reasons[0]).toContain("@aura-local");
  });

  it("Layer 3, content masking: the body on the wire", async () => {
    const { connect } = await verdicts(`fn connect() {
    let key = "sk_live_51HqF...yJ2nK";
    let jwt = "eyJhbGciOi...";
    client::new(key, jwt)
}
`);
    expect(connect?.verdict).toBe("allow");
    expect(connect?.wire_body).toBe(`fn connect() {
    let key = "****MASKED****";
    let jwt = "****MASKED****";
    client::new(key, jwt)
}`);
    expect(connect?.redactions).toEqual([
      { detector: "generic-api-key", count: 1 },
      { detector: "jwt", count: 1 },
    ]);
  });

  it("Custom masking rules: both of the page's masks work", async () => {
    const settings = `
[[live.privacy.mask]]
name = "internal-token"
pattern = '''INT_TOK_[A-Z0-9]{24}'''
replacement = "INT_TOK_****"

[[live.privacy.mask]]
name = "customer-email"
pattern = '''[a-z0-9._%+-]+@internal\\.example\\.com'''
replacement = "<email>"
`;
    const token = `INT_TOK_${letters("internal", 24, "ABCDEFGH01234567")}`;
    const { notify } = await verdicts(
      `fn notify() { send("${token}", "ada@internal.example.com") }`,
      settings,
    );
    expect(notify?.wire_body).toBe('fn notify() { send("INT_TOK_****", "<email>") }');
    expect(notify?.redactions).toEqual([
      { detector: "internal-token", count: 1 },
      { detector: "customer-email", count: 1 },
    ]);
  });

  it("Private-by-default mode: functions do not sync unless marked @aura-public", async () => {
    const { compute_tax, other } = await verdicts(
      `/// @aura-public
fn compute_tax(cart: &Cart) -> Tax {
    // ...
}

fn other() {}
`,
      "[live.privacy]\ndefault_private = true",
    );
    expect(compute_tax).toMatchObject({ verdict: "allow", aura_id: "billing::compute_tax" });
    expect(other?.verdict).toBe("withhold");
  });

  it("What does not sync: files outside the include globs, and files matching any exclude glob", async () => {
    const globs = '[live.selective]\ninclude = ["src/**"]\nexclude = ["src/billing.rs"]';
    const [answer] = Object.values(await verdicts("fn f() {}", globs));
    expect(answer).toMatchObject({ verdict: "withhold", wire_body: null });
  });

  it("Residual risks: a secret in a function's name is blocked, and is not repeated", async () => {
    const answers = Object.values(await verdicts("fn aws_access_key_AKIAIOSFODNN7EXAMPLE() {}"));
    expect(answers.map((answer) => answer.verdict)).toEqual(["block"]);
    expect(answers[0]?.findings.map((finding) => finding.surface)).toEqual(["identifier"]);
    expect(JSON.stringify(answers)).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });
});
