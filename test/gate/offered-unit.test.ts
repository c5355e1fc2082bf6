import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { checkPush } from "../../src/gate/check-push.js";
import { offeredUnit, parsedUnit } from "../../src/gate/offered-unit.js";
import type { PushRequest } from "../../src/gate/push.js";
import { loadRuleSet } from "../../src/rules/load.js";
import { createEngine, type Engine } from "../../src/scan/engine.js";
import { openFile } from "../../src/scan/scan-text.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import { parseSettings } from "../../src/settings/parse.js";
import { languageOf } from "../../src/units/languages.js";
import { smallEngine } from "../scan/small-engine.js";
import { awsKeyId, awsSecretKey, awsTemporaryKeyId, githubToken, pemBlock, stripeKey } from "../secrets.js";

type Body = Extract<PushRequest, { kind: "body" }>;

const backwards = [...githubToken("back")].reverse().join("");
const half = (text: string) => `"${text.slice(0, 20)}" + "${text.slice(20)}"`;

/** Pieces of functions: what is quiet, and everything that wants a syntax tree or a mask. */
const PIECES = [
  "let x = 1;",
  "return total(cart);",
  'log("done: " + name);',
  "if (a < b) { c(); }",
  "// what it does\n",
  "const page = `${host}/v1/items`;",
  "let café = '中文 Ω';",
  'const id = "1f3870be274f6c49b3e31a0c6728957f";',
  "/// @aura-local\nfn inner() {}\n",
  "/* @aura-public */ function open() {}",
  "// @aura-other\n",
  `call("${stripeKey()}");`,
  `call("${awsKeyId()}");`,
  `call("${awsTemporaryKeyId()}");`,
  `aws("${awsSecretKey()}");`,
  `const token = ${half(githubToken())};`,
  `const token = "${githubToken()}"; // aura-scan:allow github-token -- a test`,
  `const x = "${backwards}";`,
  `const y = "${Buffer.from(githubToken("b64")).toString("base64")}";`,
  `const pem = \`${pemBlock()}\`;`,
  'key_of("sk_", "pk_");',
  'h("Authorization: Bearer ");',
  "\\x41\\x42",
  "{",
  "}",
  "\ud800",
] as const;

const body = fc.record({
  kind: fc.constant("body" as const),
  path: fc.constantFrom("src/a.ts", "src/a.rs", "lib/b.js", "src/a.py", "excluded/a.ts", "test/a.ts"),
  aura_id: fc.constantFrom("a::f", "a::f", "a::f", null),
  name: fc.constantFrom("f", "f", "f", null),
  language: fc.constantFrom(null, "typescript" as const),
  signature: fc.constantFrom(null, null, "fn f() ", "", `function f(x_${awsKeyId()}) `),
  body: fc
    .array(
      fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES.slice(0, 8)) }, fc.constantFrom(...PIECES)),
      {
        maxLength: 6,
      },
    )
    .chain((pieces) =>
      fc
        .constantFrom("fn f() ", "function f() ", "/// docs\nfn f() ", "async f() ")
        .map((head) => `${head}{ ${pieces.join(" ")} }`),
    ),
});

describe("a unit whose text is quiet is judged without a syntax tree", () => {
  const engines: Engine[] = [];
  beforeAll(async () => {
    // The rules are made ready once: that takes seconds where no build has done it.
    const engine = createEngine(DEFAULTS, await loadRuleSet([]));
    const mask = "[[live.privacy.mask]]\nname = 'brace'\npattern = '^\\{ let'\nreplacement = '{'\n";
    for (const toml of [
      "[live.selective]\nexclude = ['excluded/**']",
      "[live.privacy]\ndefault_private = true",
      "[live.privacy]\nmask_secrets = false",
      mask,
    ])
      engines.push({ ...engine, settings: await parseSettings(toml, "live.toml") });
  });

  it("and the answer is what the tree would have given", () => {
    let quick = 0;
    const property = fc.property(body, fc.nat(3), (request, which) => {
      const engine = engines[which];
      if (engine === undefined) throw new RangeError("no such engine");
      const language = request.language ?? languageOf(request.path);
      // A context counts what repeats, so each has its own.
      const context = () => openFile(engine, request.path, "wire");
      const fast = offeredUnit(engine, context(), request, language);
      const slow = parsedUnit(engine, context(), request, language);
      if (fast.signatureBytes === null) quick++;
      const judged = ({ wire, located, wireBody }: typeof fast) => ({
        wireBody,
        scope: wire.scope,
        text: wire.wireText,
        redactions: wire.redactions,
        found: located.map(({ finding }) => finding),
      });
      expect(judged(fast)).toEqual(judged(slow));
    });
    fc.assert(property, { numRuns: 600, seed: 11 });
    // The property is about the quick way: it must have been taken often.
    expect(quick).toBeGreaterThan(40);
  }, 30_000);

  it("and where the signature is given, how much of the body it is is known", () => {
    const [engine] = engines;
    if (engine === undefined) throw new RangeError("no engine");
    const request: Body = {
      kind: "body",
      path: "src/a.rs",
      aura_id: "a::f",
      name: "f",
      language: null,
      signature: "fn é() ",
      body: "fn é() { g() }",
    };
    const [judged] = checkPush(engine, request);
    expect(judged?.signatureBytes).toBe(8);
    expect(checkPush(engine, { ...request, body: "{ g() }" })[0]?.signatureBytes).toBe(0);
    expect(checkPush(engine, { ...request, signature: null })[0]?.signatureBytes).toBeNull();
  });
});

describe("a push is not even looked at", () => {
  it.each([
    ["larger than scan.limits.unit_file_bytes", "x".repeat(2 * 1024 * 1024 + 1), "larger than 2097152 bytes"],
    ["with half of a surrogate pair", "fn f() { '\ud800' }", "not valid Unicode"],
  ])("%s", async (_, text, reason) => {
    const engine = await smallEngine();
    const about = { path: "src/a.rs", aura_id: "a::f", name: "f", language: null } as const;
    for (const request of [
      { ...about, kind: "body" as const, body: text, signature: null },
      { ...about, kind: "source" as const, source: text },
    ]) {
      const [judged] = checkPush(engine, request);
      expect(judged?.answer).toMatchObject({ verdict: "block", wire_body: null });
      expect(judged?.answer.reasons[0]).toContain(reason);
    }
  });
});
