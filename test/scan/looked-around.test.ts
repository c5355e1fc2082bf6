import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadRuleSet } from "../../src/rules/load.js";
import { sampleOf } from "../../src/rules/test-rule.js";
import { createEngine } from "../../src/scan/engine.js";
import { secretsIn } from "../../src/scan/secrets-in.js";
import { DEFAULTS } from "../../src/settings/defaults.js";

const ruleSet = await loadRuleSet([]);
const { keywords } = createEngine(DEFAULTS, ruleSet);
const samples = ruleSet.rules.flatMap((rule) =>
  [...rule.examples.entries()].map(([index, example]) => sampleOf(rule, "examples", index, example)),
);

/** What is found does not depend on whether the bytes around keywords were looked at before. */
function expectSame(text: string, path: string | null = "a.txt"): void {
  const { hits } = keywords.signsIn(Buffer.from(text), path);
  const found = secretsIn(text, keywords, path, hits).map(told);
  const all = secretsIn(text, keywords, path, keywords.allHitsIn(text, path)).map(told);
  // To compare deeply takes longer than to search.
  if (JSON.stringify(found) !== JSON.stringify(all)) expect([text, found]).toEqual([text, all]);
}

function told({ rule, secret, also, confidence }: ReturnType<typeof secretsIn>[number]) {
  return { rule: rule.id, ...secret, also, confidence };
}

describe("a keyword that nothing fits around is none", () => {
  const around: Readonly<Record<string, (sample: string) => string>> = {
    "as it is": (sample) => sample,
    "in a line of code": (sample) => `  const x = f("${sample}", other);\n`,
    "in JSON": (sample) => JSON.stringify({ text: `first\n${sample}\tlast` }),
    "behind escapes": (sample) => `\\x3d${sample}\\n\\u0022${sample}\\u{22}%3D${sample}%26`,
    "with every sign escaped": (sample) => sample.replace(/[^0-9A-Za-z]/g, (sign) => `%${hexOf(sign)}`),
    "behind other letters": (sample) => `名前${sample}é ${sample}– ü${sample}`,
    "cut short": (sample) => sample.slice(0, -1),
    "grown into a word": (sample) => `my_${sample}_x X${sample}`,
    "far behind": (sample) => `${"x ".repeat(40_000)}${sample} ${"y".repeat(3000)}`,
  };

  it.each(Object.entries(around).map(([name, made], turn) => ({ name, made, turn })))(
    "$name",
    ({ made, turn }) => {
      // Each rule in some of the ways; all rules in all ways take minutes.
      for (const sample of samples.filter((_, index) => index % 10 === turn)) expectSame(made(sample));
    },
  );

  it("where bytes are cut", () => {
    for (const sample of samples.filter((_, index) => index % 40 === 0)) {
      for (const before of [65_536 - 40, 65_536 - 3, 65_536, 65_536 * 2 - sample.length]) {
        expectSame(`${"é".repeat(9)}${"x ".repeat(before / 2)}${sample}`);
      }
    }
  });

  it("in this repository's own texts", () => {
    for (const folder of ["src/scan", "src/rules", "test/constants", "rules"]) {
      for (const file of filesIn(join(import.meta.dirname, "../..", folder)))
        expectSame(readFileSync(file, "utf8"), file);
    }
  });
});

function hexOf(sign: string): string {
  return sign.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase();
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
}

describe("a name to which nothing is given is none", () => {
  const name = fc.constantFrom("api_key", "TOKEN", "db-password", "clientSecret", "auth", "Passwort", "pwd");
  const close = fc.constantFrom("", '"', "'", '\\"', ")", '"]', "]", "}}", "`)", "é");
  const type = fc.constantFrom("", ": string", ": &'static str", ": Option<&str>", ":str");
  const blank = fc.constantFrom(
    "",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n    ",
    " \\\n  ",
    " # why\n",
    "\\n",
    "%20",
    "\u00a0",
  );
  const joint = fc.constantFrom(
    ...[
      "",
      "=",
      ":",
      "=>",
      ":=",
      "||",
      "??",
      "==",
      "!=",
      "+=",
      "(",
      ",",
      "->",
      "is",
      "was set to",
      "–",
      "<",
      ">",
    ],
    ...[
      "</key><string>",
      'type="x">',
      'value="',
      "value:",
      "default =",
      "><![CDATA[",
      "</name>\n<value>",
      "|",
    ],
  );
  const open = fc.constantFrom(
    "",
    '"',
    "'",
    '"""',
    '\\"',
    'b"',
    'f(x("',
    'std::str("',
    "${",
    "Bearer ",
    '"Basic ',
  );
  const value = fc.oneof(
    fc.constantFrom("true", "config.value", "someOtherName", "hunter2!", "Tr0ub4dor&3"),
    fc.constantFrom("p w 12345678", "läng3r!Wort", "0123456789ab", "x".repeat(400)),
    fc.string({ unit: fc.constantFrom(..."aB3xQ9zK7_-.+/=\\%"), minLength: 5, maxLength: 44 }),
    fc.stringMatching(/^[0-9a-f]{32}$/),
  );
  const end = fc.constantFrom("", '"', "'", '"""', '\\"', ");", "\n", "</string>", "]]>", " other");

  it("in any syntax", () => {
    const parts = fc.tuple(name, close, type, blank, joint, blank, open, value, end);
    fc.assert(
      fc.property(parts, (drawn) => {
        expectSame(drawn.join(""));
      }),
      { numRuns: 20_000 },
    );
  });
});
