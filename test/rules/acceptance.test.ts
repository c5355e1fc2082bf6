import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkPattern } from "../../src/pattern/rust-pattern.js";
import { accepts } from "../../src/rules/acceptance.js";
import { KINDS, type Rule, type RuleKind } from "../../src/rules/rule.js";
import { expandSample } from "../../src/rules/sample.js";
import { shannonEntropy } from "../../src/values/entropy.js";
import { isOrdinary } from "../../src/values/ordinary.js";
import { isPlaceholder } from "../../src/values/placeholder.js";

function rule(kind: RuleKind, more: Partial<Rule> = {}): Rule {
  return {
    id: "test",
    title: "Test",
    kind,
    severity: "high",
    confidence: "high",
    keywords: ["test"],
    pattern: checkPattern("test"),
    prefixes: [],
    entropy: null,
    allow: [],
    check: null,
    paths: [],
    part: false,
    partners: [],
    partnerLines: 10,
    withPartner: null,
    alone: "counts",
    documented: [],
    docs: null,
    rotate: null,
    examples: [],
    counterexamples: [],
    origin: { file: "test.toml", line: 1 },
    ...more,
  };
}

const drawn = (template: string): string => expandSample(template, "acceptance");

describe("a match counts", () => {
  it("if its entropy reaches the rule's bound", () => {
    const bound = rule("provider", { entropy: 3 });
    expect(accepts(bound, drawn("{{hex*40}}"))).toBe(true);
    expect(accepts(bound, "abab".repeat(3))).toBe(false);
  });

  it("unless one of the rule's allow patterns matches in it", () => {
    const value = drawn("{{alnum*30}}");
    expect(accepts(rule("provider", { allow: [checkPattern("^acme-")] }), `acme-${value}`)).toBe(false);
    expect(accepts(rule("provider", { allow: [checkPattern("^acme-")] }), value)).toBe(true);
  });

  it("if the provider's documentation prints it, whatever else is said", () => {
    const value = "AKIAIOSFODNN7EXAMPLE";
    expect(accepts(rule("generic", { documented: [value], entropy: 8 }), value)).toBe(true);
  });

  it.each(KINDS)("never if it is empty or masked: %s", (kind) => {
    const masked = ["", "****MASKED****", "AKIA****MASKED****", `${drawn("{{alnum*20}}")}****`];
    const documented = rule(kind, { documented: masked });
    expect(masked.filter((value) => accepts(documented, value))).toEqual([]);
  });

  it("for a generic rule only if it does not read like code", () => {
    expect(accepts(rule("structure"), "getUserTokenFromSession")).toBe(true);
    expect(accepts(rule("generic"), "getUserTokenFromSession")).toBe(false);
  });
});

describe("a placeholder", () => {
  const placeholders = [
    ...["xxxxxxxxxxxx", "XXXXXXXX", "aaaaaaaaaaaaaaaa", "****MASKED****", "sk_live_xxxxxxxxxxxxxxxx", "..."],
    ...[
      "<your-key>",
      "<API_KEY>",
      "\u0024{DB_PASSWORD}",
      "$PASSWORD",
      "{{ vault_password }}",
      "%s",
      "%(password)s",
    ],
    ...[
      "#{token}",
      "$(cat secret)",
      "%PASSWORD%",
      "<%= token %>",
      "{password}",
      "@password@".replaceAll("@", "%"),
    ],
    ...["changeme", "change-me-please", "example", "password", "secret", "password123", "your_api_key_here"],
    ...[
      "my-secret-key",
      "insert-token-here",
      "replace_me",
      "test",
      "foobar",
      "null",
      "undefined",
      "REDACTED",
    ],
    ...["process.env.TOKEN", "os.environ['TOKEN']", "config.get('token')", "self.token", "secrets.TOKEN"],
    ...["0123456789abcdef", "abcdefghijklmnop", "1234567890", "qwertyuiop", "fedcba9876543210"],
    ...["ENC[AES256_GCM,data:x]", "op://vault/item/field", "vault:secret/data/app#token"],
  ];
  it.each(placeholders)("is %s", (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  const secrets = [
    "{{alnum*12}}",
    "{{hex*32}}",
    "{{base64*40}}",
    "AKIA{{base32*16}}",
    "{{letter*6}}7!{{alnum*5}}",
  ];
  it.each(secrets)("is not %s", (template) => {
    expect(isPlaceholder(drawn(template))).toBe(false);
  });
});

describe("an ordinary value", () => {
  const ordinary = [
    ...[
      "getUserTokenFromSession",
      "user_password_reset",
      "access-token-expired",
      "AuthenticationFailedError",
    ],
    ...["com.acme.auth.TokenProvider", "application/x-www-form-urlencoded", "sha256WithRSAEncryption"],
    ...[
      "/etc/ssl/private/server.key",
      "./secrets/token.txt",
      "https://auth.acme.io/oauth2/token",
      "C:\\keys\\a.pem",
    ],
    ...["2024-11-04T12:00:00Z", "v1.22.333-beta.4", "getToken()", "tokens[0]", "a => a.token", "std::string"],
    ...["Enter your password", "hunter", "oauth2_access_token", "summer2024", "#password-field"],
  ];
  it.each(ordinary)("is %s", (value) => {
    expect(isOrdinary(value)).toBe(true);
  });

  const identities = [
    "{{hex*40}}",
    "{{hex*64}}",
    "{{hex*8}}-{{hex*4}}-4{{hex*3}}-a{{hex*3}}-{{hex*12}}",
    "sha512-{{base64*86}}==",
    "sha256:{{hex*64}}",
  ];
  it.each(identities)("is %s, which names content", (template) => {
    expect(isOrdinary(drawn(template))).toBe(true);
  });

  const secrets = [
    "{{alnum*20}}",
    "{{alnum*32}}",
    "{{hex*32}}",
    "{{base64*44}}",
    "{{letter*6}}7!{{alnum*5}}",
  ];
  it.each(secrets)("is not %s", (template) => {
    expect(isOrdinary(drawn(template))).toBe(false);
  });
});

describe("the entropy of a text", () => {
  it.each([
    ["", 0],
    ["aaaa", 0],
    ["abab", 1],
    ["abcd", 2],
    ["0123456789abcdef", 4],
  ])("%j is %d bits a character", (text, bits) => {
    expect(shannonEntropy(text)).toBeCloseTo(bits, 10);
  });

  it("lies between 0 and 8 bits for bytes, and never above the logarithm of the length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const bits = shannonEntropy(Buffer.from(bytes).toString("latin1"));
        expect(bits).toBeGreaterThanOrEqual(0);
        expect(bits).toBeLessThanOrEqual(Math.min(8, Math.log2(bytes.length)) + 1e-9);
      }),
    );
  });
});
