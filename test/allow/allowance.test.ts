import { beforeAll, describe, expect, it } from "vitest";
import { asComment } from "../../src/allow/comment.js";
import { scanText } from "../../src/gate/scan-one-text.js";
import { createEngine, type Engine } from "../../src/scan/engine.js";
import type { BaselineState } from "../../src/settings/baseline.js";
import { smallEngine } from "../scan/small-engine.js";
import { awsTemporaryKeyId, letters, pemBlock, stripeKey } from "../secrets.js";

const ALLOW = ["aura-scan", "allow"].join(":");

let engine: Engine;
beforeAll(async () => {
  engine = await smallEngine();
});

const scan = (text: string, path: string, using = engine) => scanText(text, { path, engine: using });
const standings = async (text: string, path: string, using = engine) =>
  (await scan(text, path, using)).map(({ rule, allowed, allowed_by }) => [rule, allowed_by, allowed]);

describe("a comment, pasted as it is printed", () => {
  const key = stripeKey();
  const other = stripeKey("other");
  const named = letters("named", 32, "abcdefghijkmnpqrstuvwxyz0123456789");
  it.each([
    ["Rust", "src/a.rs", `fn f() {\n    g("${key}");\n}`],
    ["Rust, a comment there already", "src/a.rs", `fn f() {\n    g("${key}"); // the key\n}`],
    ["TypeScript", "src/a.ts", `export function f() {\n  g("${key}");\n}`],
    ["TypeScript, by its name", "src/a.ts", `const token = "${named}";`],
    ["Python", "a.py", `def f():\n    g("${key}")\n`],
    ["Python, by its name", "a.py", `token = "${named}"`],
    ["YAML", "a.yml", `pay:\n  key: ${key}\n  other: 1\n`],
    ["YAML, by its name", "a.yml", `token: ${named}`],
    ["a dotenv file", ".env", `A=1\nTOKEN=${named}\n`],
    ["HTML", "a.html", `<body>\n<a data-key="${key}">x</a>\n</body>`],
    ["XML", "a.xml", `<a>\n  <key>${key}</key>\n</a>`],
    ["SQL", "a.sql", `insert into k\n  values ('${key}');\n`],
    ["CSS", "a.css", `a::after { content: "${key}" }`],
    ["several lines", "a.yml", `key: |\n${pemBlock()}\nend: 1`],
  ])("above and behind: %s", async (_name, path, text) => {
    const [before] = await scan(text, path);
    expect(before).toMatchObject({ allowed: null, allowed_by: null });
    const { fingerprint = "", rule = "", start = { line: 0 } } = before ?? {};
    const comment = asComment(`${ALLOW} ${rule}@${fingerprint.slice(0, 12)} -- a test`, path) ?? "";
    const lines = text.split("\n");
    const above = lines.toSpliced(start.line - 1, 0, comment).join("\n");
    const behind = lines.with(start.line - 1, `${lines[start.line - 1]} ${comment}`).join("\n");
    for (const pasted of path === "a.yml" && text.includes("BEGIN") ? [above] : [above, behind]) {
      const after = await scan(pasted, path);
      expect(after).toMatchObject([{ fingerprint, allowed: "a test", allowed_by: "inline" }]);
      if (!pasted.includes(key)) continue;
      expect(await standings(pasted.replace(key, other), path), "another secret in its place").toEqual([
        [rule, null, null],
      ]);
    }
  });

  it("holds on the wire too, in every unit that holds the value", async () => {
    const text = `function f() {\n  function g() {\n    h("${awsTemporaryKeyId()}");\n  }\n}`;
    const [{ fingerprint = "" } = {}] = await scan(text, "src/a.ts");
    const pasted = text.replace('");', `"); // ${ALLOW} aws-key-id@${fingerprint.slice(0, 8)} -- a test`);
    const { checkPush } = await import("../../src/gate/check-push.js");
    const about = { path: "src/a.ts", aura_id: null, name: null, language: null } as const;
    const answers = checkPush(engine, { kind: "source", source: pasted, ...about });
    expect(answers.map(({ answer }) => answer.verdict)).toEqual(["allow", "allow"]);
    const plain = checkPush(engine, { kind: "source", source: text, ...about });
    expect(plain.map(({ answer }) => answer.verdict)).toEqual(["block", "block"]);
  });
});

describe("a comment", () => {
  it("makes no other finding of its neighbours on the line", async () => {
    const line = `f("${stripeKey()}", "${awsTemporaryKeyId()}")`;
    const prints = async (text: string) => (await scan(text, "a.py")).map(({ fingerprint }) => fingerprint);
    expect(await prints(`${line}  # ${ALLOW} live-key -- x`)).toEqual(await prints(line));
    expect(await prints(`${line} # ${ALLOW}`)).toEqual(await prints(line));
    expect(await prints(`${line} # more`)).not.toEqual(await prints(line));
  });

  it("hides nothing in its reason, and is not looked at itself", async () => {
    const [finding] = await scan(`# ${ALLOW} live-key -- as ${stripeKey()} is`, "a.py");
    expect(finding?.rule).toBe("live-key");
    expect(await scan(`# ${ALLOW} generic-assignment@${"0a1b2c3d".repeat(4)} -- x`, "a.py")).toEqual([]);
  });

  it("that is no comment but part of the secret allows nothing", async () => {
    const block = pemBlock().split("\n").with(3, `${ALLOW} private-key -- x`).join("\n");
    expect((await scan(block, "a.txt")).filter(({ allowed }) => allowed !== null)).toEqual([]);
  });

  it("never shows a secret that stands in its reason", async () => {
    const [finding] = await scan(
      `k = "${stripeKey()}" # ${ALLOW} live-key -- as ${stripeKey("b")} is`,
      "a.py",
    );
    expect(finding?.allowed).toMatch(/^as \S{1,12} is$/);
  });
});

describe("what allows a finding", () => {
  const key = stripeKey();
  it.each<readonly [string, string, boolean]>([
    ["a path", 'path = "src/**"', true],
    ["another path", 'path = "lib/**"', false],
    ["a rule", 'rule = "live-key"', true],
    ["a pattern", `pattern = '^sk_live_\\w+$'`, true],
    ["a pattern of a part", `pattern = '${key.slice(10, 14)}'`, true],
    ["a pattern that does not match", `pattern = '^${key.slice(1)}'`, false],
    ["a stop word, in any case", `stopword = "${key.slice(8, 14).toUpperCase()}"`, true],
    ["one of several", 'stopword = ["no such word", "SK_LIVE"]', true],
    ["none of several", 'stopword = ["no such word", "nor this"]', false],
    ["all conditions", 'path = "src/**"\nrule = "live-key"\nstopword = "live"', true],
    ["not all conditions", 'path = "src/**"\nrule = "live-key"\nstopword = "dead"', false],
  ])("%s", async (_name, conditions, allows) => {
    const using = await smallEngine(`[[scan.allow]]\n${conditions}\nreason = "why"`);
    expect(await standings(`k = "${key}"`, "src/a.py", using)).toEqual([
      ["live-key", allows ? "settings" : null, allows ? "why" : null],
    ]);
  });

  it.each<BaselineState>(["open", "accepted", "false-positive"])(
    "a baseline entry that is %s",
    async (state) => {
      const [{ fingerprint = "" } = {}] = await scan(`k = "${key}"`, "src/a.py");
      const entry = { fingerprint, rule: null, path: null, state, reason: "why" };
      const baseline = new Map([[fingerprint, entry]]);
      const using = createEngine(engine.settings, engine.ruleSet, { baseline });
      expect(await standings(`k = "${key}"`, "src/a.py", using)).toEqual([
        ["live-key", "baseline", `${state}: why`],
      ]);
    },
  );
});
