import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MaskError, type MaskOptions, mask } from "../../src/mask/mask.js";
import { rustPattern } from "../../src/pattern/rust-pattern.js";

const ALL_ON = {
  aws: true,
  generic_api_keys: true,
  jwt: true,
  bearer_tokens: true,
  private_key_blocks: true,
};
const DEFAULTS: MaskOptions = { maskSecrets: true, masks: ALL_ON, customMasks: [] };

function withCustom(...customs: [name: string, pattern: string, replacement: string][]): MaskOptions {
  const customMasks = customs.map(([name, pattern, replacement]) => ({
    name,
    pattern: rustPattern(pattern),
    replacement,
  }));
  return { ...DEFAULTS, customMasks };
}

function counts(text: string, options = DEFAULTS): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { detector } of mask(text, options).redactions) found[detector] = (found[detector] ?? 0) + 1;
  return found;
}

// Put together at run time: nothing in this file looks like a credential.
const awsId = `AKIA${"Q3EGHLR7".repeat(2)}`;
const awsSecret = `${"wJa1rXUt/FEM+K7Mbx".repeat(2)}aZ9k`;
const stripe = `sk_live_${"51HqFa9Zt".repeat(3)}`;
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "c2lnbmF0dXJl"].join(".");
const material = "MIIEpAIBAAKCAQEAr7xVn2".repeat(6);
const pem = (kind: string) =>
  `-----BEGIN ${kind}PRIVATE KEY-----\n${material}\n-----END ${kind}PRIVATE KEY-----`;

describe("the specification's example", () => {
  it("masks the connect() body to exactly the wire body that the page shows", () => {
    const local = `fn connect() {
    let key = "sk_live_51HqF...yJ2nK";
    let jwt = "eyJhbGciOi...";
    client::new(key, jwt)
}`;
    const { wire, redactions } = mask(local, DEFAULTS);
    expect(wire).toBe(`fn connect() {
    let key = "****MASKED****";
    let jwt = "****MASKED****";
    client::new(key, jwt)
}`);
    expect(redactions.map((redaction) => redaction.detector)).toEqual(["generic-api-key", "jwt"]);
  });

  it("applies both custom masks of the page", () => {
    const page = withCustom(
      ["internal-token", "INT_TOK_[A-Z0-9]{24}", "INT_TOK_****"],
      ["customer-email", "[a-z0-9._%+-]+@internal\\.example\\.com", "<email>"],
    );
    const token = `INT_TOK_${"A1B2C3D4".repeat(3)}`;
    const { wire, redactions } = mask(`send("${token}", "ada.l@internal.example.com")`, page);
    expect(wire).toBe('send("INT_TOK_****", "<email>")');
    expect(redactions.map((redaction) => redaction.detector)).toEqual(["internal-token", "customer-email"]);
  });
});

describe("the specification's table", () => {
  it.each([
    ["AWS key IDs", `let id = "${awsId}";`, 'let id = "AKIA****MASKED****";', "aws-access-key-id"],
    ["AWS secret keys", `aws_secret = "${awsSecret}"`, 'aws_secret = "****MASKED****"', "aws-secret-key"],
    [
      "AWS secret keys, unquoted",
      `AWS_SECRET_ACCESS_KEY=${awsSecret}`,
      "AWS_SECRET_ACCESS_KEY=****MASKED****",
      "aws-secret-key",
    ],
    ["Generic API keys, sk_live_", `key("${stripe}")`, 'key("****MASKED****")', "generic-api-key"],
    ["Generic API keys, key_", `"key_${"a1b2c3d4".repeat(3)}"`, '"****MASKED****"', "generic-api-key"],
    ["Generic API keys, pk_", `"pk_${"a1b2c3d4".repeat(3)}"`, '"****MASKED****"', "generic-api-key"],
    ["JWT tokens", `t = "${jwt}"`, 't = "****MASKED****"', "jwt"],
    ["Private keys", `const K: &str = "${pem("")}";`, 'const K: &str = "****MASKED****";', "private-key"],
    ["Private keys, RSA", `a\n${pem("RSA ")}\nb`, "a\n****MASKED****\nb", "private-key"],
    [
      "Private keys, without their end",
      `"-----BEGIN EC PRIVATE KEY-----\\n${material}"`,
      '"****MASKED****"',
      "private-key",
    ],
    [
      "Bearer tokens",
      "curl -H 'Authorization: Bearer abc.DEF-123'",
      "curl -H 'Authorization: Bearer ****MASKED****'",
      "bearer",
    ],
    [
      "Bearer tokens in code",
      `h["Authorization"], "x"; ("Authorization", "Bearer ab12")`,
      `h["Authorization"], "x"; ("Authorization", "Bearer ****MASKED****")`,
      "bearer",
    ],
  ])("%s", (_name, body, wire, detector) => {
    expect(mask(body, DEFAULTS).wire).toBe(wire);
    expect(counts(body)).toEqual({ [detector]: 1 });
  });

  it.each([
    ["a line break's escape", '"a\\n%s"'],
    ["a tab's escape", '"a\\t%s"'],
    ["an escaped quote", '"a\\u0022%s"'],
    ["a percent escape", '"https://x.net/?next=%3D%s"'],
    ["a letter that is no ASCII", '"é%s"'],
  ])("masks a key right behind %s", (_name, template) => {
    for (const key of [stripe, jwt, awsId]) {
      const body = template.replace("%s", () => key);
      expect(mask(body, DEFAULTS).wire).not.toContain(key.slice(-8));
    }
  });

  it.each([
    ["key_live_", `"key_live_${"a1b2c3d4".repeat(3)}"`],
    ["parts", `"sk_live_ab12cd_${"a1b2c3d4".repeat(3)}"`],
    ["pk_ and 15 characters", '"pk_a1b2c3d4e5f6g7h"'],
    ["key_ and 32 letters", `"key_${"abcdefgh".repeat(4)}"`],
    ["a bearer token in a string of its own", `from_static("Bearer ${"a1B2c3D4".repeat(5)}")`],
    [
      "a bearer token behind an indexed header",
      `headers["Authorization"] = "Bearer ${"a1B2c3D4".repeat(5)}"`,
    ],
  ])("masks %s", (_name, body) => {
    expect(mask(body, DEFAULTS).redactions).toHaveLength(1);
  });

  it.each([
    ["a variable that spells eyJ", "keyJson.data.value; surveyJson.pages.map(f); eyJson.data.value"],
    ["a function that begins with key_", "key_abcdefghijklmnop1()"],
    ["a 40-character string with no aws near it", `token = "${awsSecret}"`],
    ["a word of code after key_", "key_internationalization_table()"],
    ["a primary key's name", "pk_customers_by_address"],
    ["a bearer placeholder", 'format!("Authorization: Bearer {}", token)'],
    [
      "a parser that names the PEM headers",
      'if s.starts_with("-----BEGIN PRIVATE KEY-----") { x(); } if s.ends_with("-----END PRIVATE KEY-----") { y(); }',
    ],
    ["a token of two parts", "eyJhbGciOi.abc"],
  ])("leaves %s alone", (_name, body) => {
    expect(mask(body, DEFAULTS)).toEqual({ wire: body, redactions: [] });
  });

  it.each([
    ["aws", `id = "${awsId}"; aws = "${awsSecret}"`],
    ["generic_api_keys", stripe],
    ["jwt", jwt],
    ["bearer_tokens", "Authorization: Bearer abc"],
    ["private_key_blocks", pem("")],
  ] as const)("switches %s off on its own", (name, body) => {
    expect(mask(body, DEFAULTS).redactions.length).toBeGreaterThan(0);
    expect(mask(body, { ...DEFAULTS, masks: { ...ALL_ON, [name]: false } })).toEqual({
      wire: body,
      redactions: [],
    });
  });

  it("hides nothing when mask_secrets is off", () => {
    expect(mask(stripe, { ...DEFAULTS, maskSecrets: false })).toEqual({ wire: stripe, redactions: [] });
  });
});

describe("overlaps", () => {
  it("lets a custom mask win, and hides what the built-in one matched beyond it", () => {
    const { wire, redactions } = mask(`"${jwt}"`, withCustom(["mine", "eyJhbGci[A-Za-z0-9]*", "<head>"]));
    expect(wire).toBe('"<head>"');
    expect(redactions.map((redaction) => redaction.detector)).toEqual(["mine"]);
  });

  it("names a JWT in a bearer header once", () => {
    expect(counts(`Authorization: Bearer ${jwt}`)).toEqual({ jwt: 1 });
  });

  it("replaces only the group named secret of a custom mask", () => {
    const options = withCustom(["pin", 'pin\\s*=\\s*"(?P<secret>[0-9]{4})"', "****"]);
    expect(mask('let pin = "1234";', options).wire).toBe('let pin = "****";');
  });

  it("takes a replacement literally", () => {
    expect(mask("abc", withCustom(["x", "(b)", "$1$0"])).wire).toBe("a$1$0c");
  });
});

describe("for every text", () => {
  const pieces = fc.constantFrom(
    awsId,
    awsSecret,
    stripe,
    jwt,
    pem("RSA "),
    "aws",
    "Authorization: Bearer ",
    "AKIA",
    "****MASKED****",
    "eyJ",
    ".",
    " ",
    "\n",
    '"',
    "=",
    "key_",
    "é",
    "😀",
    "x1Y2z3W4".repeat(5),
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 12 })
    .map((parts) => parts.join(""));

  it("mask(mask(x)) is mask(x)", () => {
    fc.assert(
      fc.property(text, (given) => {
        const once = mask(given, DEFAULTS).wire;
        expect(mask(once, DEFAULTS)).toEqual({ wire: once, redactions: [] });
      }),
      { numRuns: 400 },
    );
  });

  it("the wire is the original with the redacted spans replaced, in order, and nothing else changed", () => {
    const options = withCustom(["word", "[xX][0-9]", "<x>"]);
    fc.assert(
      fc.property(text, (given) => {
        const { wire, redactions } = mask(given, options);
        let rebuilt = "";
        let at = 0;
        for (const { span, replacement } of redactions) {
          expect(span.start).toBeGreaterThanOrEqual(at);
          rebuilt += given.slice(at, span.start) + replacement;
          at = span.end;
        }
        expect(rebuilt + given.slice(at)).toBe(wire);
      }),
      { numRuns: 400 },
    );
  });

  it("settles or refuses: masks that feed each other never get through", () => {
    const feeding = withCustom(["a", "a", "bb"], ["b", "b", "aa"]);
    expect(() => mask("a", feeding)).toThrow(MaskError);
  });
});
