import { isAscii } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { quickLook } from "../../src/gate/quick-look.js";
import { loadRuleSet, parseRules } from "../../src/rules/load.js";
import { sampleOf } from "../../src/rules/test-rule.js";
import { createEngine } from "../../src/scan/engine.js";
import { type QuietVersion, quietVersion } from "../../src/scan/quiet-version.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import { githubToken, letters } from "../secrets.js";

const ruleSet = await loadRuleSet([]);
const engine = createEngine(DEFAULTS, ruleSet);
const samplesOf = (id: string): readonly string[] => {
  const rule = ruleSet.rules.find((one) => one.id === id);
  return rule?.examples.map((example, index) => sampleOf(rule, "examples", index, example)) ?? [];
};
const samples = ruleSet.rules
  .flatMap(({ id }) => samplesOf(id).slice(0, 2))
  .filter((sample) => isAscii(Buffer.from(sample)) && !sample.includes("\0"));

/** Numbers that are the same in every run of the tests. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const CODE = ["src/scan/secrets-in.ts", "src/sources/git.ts", "rules/cloud.toml", "package.json"]
  .flatMap((file) => readFileSync(join(import.meta.dirname, "../..", file), "utf8").split("\n"))
  .filter((line) => isAscii(Buffer.from(line)));

const PATHS = [
  ...["a.txt", "src/x.ts", "x.rs", "x.py", "x.sh", "app.yaml", ".env", "dump.sql", "data.csv"],
  ...["k8s/secret.yaml", ".netrc", ".npmrc", "test/a.test.ts", "terraform.tfvars", "settings.json"],
];

/** Whether all of a look finds nothing, and nothing for which a syntax tree is asked. */
function isQuietAsAWhole(path: string, text: string): boolean {
  return quickLook(engine, path, Buffer.from(text, "latin1"))?.units === 0;
}

/** A rule that tells nothing alone, and one that is never told alone. */
const HALVES = `
[[rule]]
id = "half-secret"
title = "Half a secret"
kind = "provider"
severity = "high"
confidence = "high"
keywords = ["hsec_"]
pattern = '''\\bhsec_[0-9a-z]{24}\\b'''
partners = ["half-id"]
partner_lines = 20
alone = "nothing"
examples = ["x"]
counterexamples = ["x"]

[[rule]]
id = "half-id"
title = "The id of half a secret"
kind = "provider"
severity = "low"
confidence = "high"
keywords = ["hid_"]
pattern = '''\\bhid_[0-9a-z]{12}\\b'''
part = true
examples = ["x"]
counterexamples = ["x"]
`;

describe("a version beside another one is quiet only if it is as a whole", () => {
  const signs = [...`"'=:\\+%/ xA0`, "\n", "EXAMPLE", "<", "${", "AAAA"];

  it.each([1, 2, 3, 4])("when secrets come, go, are cut and made whole (%i)", (seed) => {
    const number = numbersFrom(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[number(items.length)] as Item;
    const cut = (sample: string): string => {
      const at = number(sample.length + 1);
      return sample.slice(0, at) + pick(signs) + sample.slice(at + number(3));
    };
    const quietLine = (path: string, make: () => string): string => {
      const line = make();
      return !/\\|["'`]\s*[+.&,]/.test(line) && isQuietAsAWhole(path, `${line}\n`) ? line : "nothing";
    };
    const edited = (text: string): string => {
      const at = number(text.length);
      const lines = text.split("\n");
      const line = number(lines.length);
      const sample = pick(samples);
      switch (number(7)) {
        case 0:
          return text.slice(0, at) + text.slice(at + number(4));
        case 1:
          return text.slice(0, at) + pick(signs) + text.slice(at);
        case 2:
          return lines.toSpliced(line, number(4)).join("\n");
        case 3:
          return lines.toSpliced(line, 0, number(2) === 0 ? sample : cut(sample)).join("\n");
        case 4:
          return lines
            .toSpliced(line, 1)
            .toSpliced(number(lines.length), 0, lines[line] ?? "")
            .join("\n");
        case 5:
          return text.slice(0, at) + sample.slice(number(sample.length)) + text.slice(at);
        default: {
          const half = sample.slice(0, sample.length >> 1);
          const place = text.indexOf(half);
          return place < 0
            ? lines.toSpliced(line, 0, pick(CODE)).join("\n")
            : text.slice(0, place) + sample + text.slice(place + sample.length + number(3));
        }
      }
    };
    let told = 0;
    let beside = 0;
    for (let turn = 0; turn < 120; turn++) {
      const path = pick(PATHS);
      const lines = Array.from({ length: 5 + number(100) }, () =>
        quietLine(path, () => (number(20) === 0 ? cut(pick(samples)) : pick(CODE))),
      );
      let text = lines.join("\n");
      let before: QuietVersion | null = null;
      for (let step = 0; step < 12; step++) {
        const version = quietVersion(engine, path, Buffer.from(text, "latin1"), before);
        if (version !== null && !isQuietAsAWhole(path, text)) expect([path, before, text]).toEqual(null);
        if (version !== null && before !== null) beside++;
        if (version === null && before !== null) told++;
        if (version === null && before === null) break;
        before = version ?? before;
        text = edited(before?.bytes.toString("latin1") ?? "");
      }
    }
    // Both are common, or this proves nothing.
    expect({ beside: beside > 300, told: told > 50 }).toEqual({ beside: true, told: true });
  });

  it("when the other half of a pair comes, or comes nearer", async () => {
    const rules = await parseRules(HALVES, "rules.toml");
    const files = [{ file: "rules.toml", rules: rules.length }];
    const halves = createEngine(DEFAULTS, { rules, files, disabled: [] });
    const own = `hsec_${letters("own", 24, "0123456789abcdefghijk")}`;
    const other = `hid_${letters("other", 12, "0123456789abcdefghijk")}`;
    const [near, far] = [8, 30].map((times) => `${"plain words ".repeat(60)}\n`.repeat(times));
    const versions: readonly (readonly [string, string])[] = [
      [`\n${own}\n${near}\n`, `\n${own}\n${near}\n${other}\n`],
      [`\n${near}\n${own}\n`, `\n${other}\n${near}\n${own}\n`],
      [`\n${other}\n${near}\n`, `\n${other}\n${near}\n${own}\n`],
      [`\n${own}\n${far}\n${other}\n`, `\n${own}\n${near}\n${other}\n`],
    ];
    for (const [old, now] of versions) {
      const before = quietVersion(halves, "a.txt", Buffer.from(old), null);
      expect(before).not.toBeNull();
      expect(quietVersion(halves, "a.txt", Buffer.from(now), before)).toBeNull();
    }
  });

  it("when a value changes that stands far behind its name", () => {
    const value = letters("far", 32, "0123456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ");
    const attributes = ["one", "two", "three", "four"]
      .map((name) => ` ${name}="${"x ".repeat(31)}"`)
      .join("");
    for (const path of PATHS) {
      for (const name of ["client_secret", "api_key", "db_password"]) {
        for (const close of ["", "=", ">", '"', ">>"]) {
          const text = (given: string): string =>
            `${"plain\n".repeat(300)}<${name}${attributes}${close}>${given}</${name}>\n${"plain\n".repeat(300)}`;
          for (const [old, now] of [
            ["", value],
            [" ", value],
            [value.slice(0, 5), value],
            [`${value} ${value}`, value],
          ] as const) {
            const before = quietVersion(engine, path, Buffer.from(text(old)), null);
            if (before === null) continue;
            const isQuiet = quietVersion(engine, path, Buffer.from(text(now)), before) !== null;
            expect([path, name, old, isQuiet]).toEqual([path, name, old, isQuietAsAWhole(path, text(now))]);
          }
        }
      }
    }
  });

  it.each([
    ["a marker", "x = 1\n", "// @aura-local\nx = 1\n"],
    ["a comment that allows", "x = 1\n", "x = 1 // aura-scan:allow some-rule reason\n"],
    ["two halves of a secret", "a('b')\n", `const t = "gh" + "${githubToken().slice(2)}";\n`],
  ])("when %s comes", (_, line, now) => {
    const text = (middle: string): Buffer =>
      Buffer.from(`${"let y = 2;\n".repeat(400)}${middle}${"z\n".repeat(400)}`);
    const before = quietVersion(engine, "x.ts", text(line), null);
    expect(before).not.toBeNull();
    expect(quietVersion(engine, "x.ts", text(now), before)).toBeNull();
    expect(quietVersion(engine, "x.ts", text(line), before)).not.toBeNull();
  });
});
