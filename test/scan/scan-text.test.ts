import { beforeAll, describe, expect, it } from "vitest";
import { scanText } from "../../src/gate/scan-one-text.js";
import type { Engine } from "../../src/scan/engine.js";
import { awsKeyId, awsTemporaryKeyId, encodedForms, letters, pemBlock, stripeKey } from "../secrets.js";
import { smallEngine } from "./small-engine.js";

let engine: Engine;
beforeAll(async () => {
  engine = await smallEngine();
});

const scan = (text: string, path = "src/app.rs", using = engine) => scanText(text, { path, engine: using });

describe("surfaces", () => {
  const id = awsKeyId();
  it.each([
    ["a function's name", `fn aws_${id}() {}`, "identifier", "leak"],
    ["a function's name in camelCase", `fn awsKey${id}Prod() {}`, "identifier", "leak"],
    ["a parameter's name", `fn f(key_${id}: u8) {}`, "identifier", "leak"],
    ["a type's name in the signature", `fn f(key: Key_${id}) {}`, "identifier", "leak"],
    ["a constant's name in the body", `fn f() { const K_${id}: u8 = 1; }`, "identifier", "masked"],
    ["a constant's name outside", `const K_${id}: u8 = 1;`, "identifier", "withheld"],
    ["a doc comment", `/// ${id}\nfn f() {}`, "comment", "leak"],
    ["a line comment above", `// ${id}\nfn f() {}`, "comment", "leak"],
    ["a comment in the body", `fn f() { /* ${id} */ }`, "comment", "masked"],
    ["a string in the body", `fn f() { g("${id}") }`, "body", "masked"],
    ["a string outside", `static K: &str = "${id}";`, "text", "withheld"],
  ])("%s", async (_name, text, surface, wire) => {
    const findings = await scan(text);
    expect(findings.map((finding) => [finding.rule, finding.surface, finding.wire])).toEqual([
      ["aws-key-id", surface, wire],
    ]);
  });

  it("finds a secret in an object's key and in a default value of a TypeScript signature", async () => {
    const text = `function f(x = "${awsTemporaryKeyId()}") { return { key_${id}: 1 } }`;
    const findings = await scan(text, "src/app.ts");
    expect(findings.map((finding) => [finding.surface, finding.wire])).toEqual([
      ["signature", "leak"],
      ["identifier", "masked"],
    ]);
  });
});

describe("what stands right before a token", () => {
  it.each([
    ["a line break's escape", "\\n"],
    ["a tab's escape", "\\t"],
    ["an escaped equals sign", "\\u003d"],
    ["a percent escape", "%3d"],
    ["a letter that is no ASCII", "中"],
    ["the end of another word", "get"],
  ])("does not hide it: %s", async (_name, before) => {
    const findings = await scan(`fn f() { g("${before}${stripeKey()}") }`);
    expect(findings.map((finding) => finding.rule)).toEqual(["live-key"]);
    expect(findings[0]?.end.column).toBe(`fn f() { g("${before}${stripeKey()}`.length + 1);
  });
});

describe("source code that is not taken apart", () => {
  it.each([
    ["a language without a grammar here", "src/app.py", "leak"],
    ["a text of no functions", "notes.txt", "withheld"],
    ["out of scope", "gen/app.py", "withheld"],
  ])("%s", async (_name, path, wire) => {
    const using = await smallEngine('[live.selective]\nexclude = ["gen/**"]');
    const findings = await scan(`key = "${awsTemporaryKeyId()}"`, path, using);
    expect(findings.map((finding) => finding.wire)).toEqual([wire]);
  });
});

describe("what the wire does", () => {
  it.each([
    ["a mask false negative is a leak", "", `fn f() { g("${awsTemporaryKeyId()}") }`, "leak"],
    [
      "a unit marked @aura-local is withheld",
      "",
      `/// @aura-local\nfn f() { g("${awsTemporaryKeyId()}") }`,
      "withheld",
    ],
    [
      "an excluded file is withheld",
      '[live.selective]\nexclude = ["src/**"]',
      `fn f() { g("${awsTemporaryKeyId()}") }`,
      "withheld",
    ],
    [
      "an unmarked unit is withheld under default_private",
      "[live.privacy]\ndefault_private = true",
      `fn f() { g("${awsTemporaryKeyId()}") }`,
      "withheld",
    ],
    [
      "an @aura-public unit is not",
      "[live.privacy]\ndefault_private = true",
      `/// @aura-public\nfn f() { g("${awsTemporaryKeyId()}") }`,
      "leak",
    ],
    [
      "nothing is masked when mask_secrets is off",
      "[live.privacy]\nmask_secrets = false",
      `fn f() { g("${awsKeyId()}") }`,
      "leak",
    ],
    [
      "nothing is masked by a detector that is off",
      "[live.privacy.masks]\naws = false",
      `fn f() { g("${awsKeyId()}") }`,
      "leak",
    ],
    [
      "an inner unit's signature is masked in the outer body but leaks on its own push",
      "",
      `fn f() { fn g_${awsKeyId()}() {} }`,
      "leak",
    ],
  ])("%s", async (_name, settings, text, wire) => {
    const findings = await scan(text, "src/app.rs", await smallEngine(settings));
    expect(findings.map((finding) => finding.wire)).toEqual([wire]);
  });

  it("names the detector that would hide a leak if it were on", async () => {
    const [finding] = await scan(
      `fn f() { g("${awsKeyId()}") }`,
      "src/app.rs",
      await smallEngine("[live.privacy.masks]\naws = false"),
    );
    expect(finding?.detector).toBe("aws-access-key-id");
  });
});

describe("the mask block of a false negative", () => {
  it.each([
    ["a provider's token", `fn f() { g("${awsTemporaryKeyId()}") }`],
    ["a token grown into a word", `fn f() { g("my_${awsTemporaryKeyId()}_x") }`],
    [
      "a generic secret, of which only the value goes",
      `fn f() { token = "${letters("generic", 20, "abcdefghijk0123456789")}"; }`,
    ],
  ])("closes the leak when it is pasted: %s", async (_name, text) => {
    const [before] = await scan(text);
    expect(before?.wire).toBe("leak");
    const [after] = await scan(text, "src/app.rs", await smallEngine(before?.mask_block ?? ""));
    expect(after?.wire).toBe("masked");
  });

  it("is not offered where the mask does not reach", async () => {
    const [finding] = await scan(`fn f_${awsKeyId()}() {}`);
    expect(finding?.mask_block).toBeNull();
  });
});

describe("documentation's own keys", () => {
  it.each([
    ["low in a body", 'fn f() { g("AKIAIOSFODNN7EXAMPLE") }', "", "low"],
    ["low in text", 'static K: &str = "AKIAIOSFODNN7EXAMPLE";', "", "low"],
    ["full in a name", "fn aws_access_key_AKIAIOSFODNN7EXAMPLE() {}", "", "high"],
    [
      "full where a commit is judged as a push",
      "/// AKIAIOSFODNN7EXAMPLE\nfn f() {}",
      '[scan]\ngit_blocks_on = "leaks"',
      "high",
    ],
  ])("%s", async (_name, text, settings, severity) => {
    const findings = await scan(text, "src/app.rs", await smallEngine(settings));
    expect(findings.map((finding) => finding.severity)).toEqual([severity]);
  });
});

describe("one place is one finding", () => {
  it("the provider's rule wins and names the generic one", async () => {
    const [finding, ...rest] = await scan(`token = "${awsKeyId()}"`);
    expect(rest).toEqual([]);
    expect([finding?.rule, finding?.also]).toEqual(["aws-key-id", ["generic-assignment"]]);
  });

  it("no piece of a token is one where the token is made up", async () => {
    const madeUp = `sk_live_51HxYz${"abcdefghijklmnopqr".replace(/(.)(.)/g, (_, a, b) => a.toUpperCase() + b)}`;
    expect(await scan(`const KEY: &str = "${madeUp}";`)).toEqual([]);
  });

  it("equal values share a number", async () => {
    const findings = await scan(`a("${stripeKey()}"); b("${stripeKey("b")}"); c("${stripeKey()}");`);
    expect(findings.map((finding) => finding.secret)).toEqual([1, 2, 1]);
  });

  it("repeats on equal lines have fingerprints of their own", async () => {
    const findings = await scan(`a("${stripeKey()}");\na("${stripeKey()}");`);
    expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(2);
  });

  it("a private key is one finding over its lines", async () => {
    const [finding, ...rest] = await scan(`static K: &str = "\n${pemBlock()}\n";`);
    expect(rest).toEqual([]);
    expect([finding?.start, finding?.end.line]).toEqual([{ line: 2, column: 1 }, 15]);
  });
});

describe("a long run of base64", () => {
  const noise = letters("noise", 300, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  it.each([
    ["holds no token, whatever its letters spell", `x = "${noise}/${awsKeyId()}/${noise}"`, 0],
    ["does not hide a token beside it", `x = "${noise}", y = "${awsKeyId()}"`, 1],
  ])("%s", async (_name, text, count) => {
    expect(await scan(text)).toHaveLength(count);
  });
});

describe("places", () => {
  it("count lines and columns from 1 in UTF-16 units, behind astral characters and CRLF", async () => {
    const [finding] = await scan(`// é😀\r\n/* 😀 */ a("${stripeKey()}")`);
    expect(finding?.start).toEqual({ line: 2, column: 13 });
    expect(finding?.end).toEqual({ line: 2, column: 13 + stripeKey().length });
  });
});

describe("nothing of a secret is told", () => {
  it.each([
    ["two on one line", `a("${stripeKey()}", "${awsKeyId()}");`],
    [
      "the same value encoded beside it",
      `a("${stripeKey()}"); b("${Buffer.from(stripeKey()).toString("base64")}"); c("${Buffer.from(stripeKey()).toString("hex")}")`,
    ],
    ["in the function's name", `fn f_${awsKeyId()}() { a("${stripeKey()}") }`],
    ["over several lines", `a("${pemBlock()}"); b("${stripeKey()}");`],
    [
      "beside what no rule knows",
      `a("${stripeKey()}", "${letters("unknown", 40, "abcdefghijklmnopqrstuvwxyz0123456789")}")`,
    ],
  ])("%s", async (_name, text) => {
    const told = JSON.stringify(await scan(text, `src/${awsKeyId("path")}.rs`));
    const secrets = [
      stripeKey(),
      awsKeyId(),
      awsKeyId("path"),
      letters("unknown", 40, "abcdefghijklmnopqrstuvwxyz0123456789"),
      ...pemBlock().split("\n").slice(1, -1),
    ];
    for (const secret of secrets) for (const form of encodedForms(secret)) expect(told).not.toContain(form);
  });

  it("the preview shows the public prefix and the length", async () => {
    const [finding] = await scan(`a("${awsKeyId()}")`);
    expect(finding?.preview).toBe("AKIA…(20)");
    expect(finding?.excerpt.text).toBe('a("AKIA…(20)")');
  });
});

describe("a secret in a file's name", () => {
  it("is found, and the name is told without it", async () => {
    const [finding] = await scan("fn f() {}", `keys/${awsKeyId()}.rs`);
    expect([finding?.rule, finding?.path]).toEqual(["aws-key-id", "keys/AKIA…(20).rs"]);
  });
});
