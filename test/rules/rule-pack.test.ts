import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { Glob } from "../../src/pattern/glob.js";
import type { RustPattern } from "../../src/pattern/rust-pattern.js";
import { defaultContents, rulesInPack } from "../../src/rules/load.js";
import { packed, partsOf } from "../../src/rules/pack-parts.js";
import { DEFAULT_FOLDER } from "../../src/rules/pack-sources.js";
import type { Rule } from "../../src/rules/rule.js";
import { packedRules, RECORDS } from "../../src/rules/rule-pack.js";
import { expandSample } from "../../src/rules/sample.js";
import { rulePack } from "../../src/rules/write-pack.js";

const written = (await defaultContents()).flatMap(({ content }) => content.rules);
const pack = await rulePack();
const parts = partsOf(pack) ?? new Map<string, Uint8Array>();
const inPack = () =>
  packedRules(parts, (start, end) => parts.get(RECORDS)?.subarray(start, end) ?? new Uint8Array());
const read = inPack();

const folder = mkdtempSync(path.join(os.tmpdir(), "aura-scan-pack-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the pack of the default rules", () => {
  it("holds the rules of the files, in their order", () => {
    expect(read?.rules.map(({ id }) => id)).toEqual(written.map(({ id }) => id));
    const counts = (read?.files ?? []).map(({ rules }) => rules);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(written.length);
  });

  it("gives every field of every rule as the files state it", () => {
    for (const [index, rule] of written.entries()) {
      const same = read?.rules[index];
      for (const key of Object.keys(rule) as (keyof Rule)[]) {
        expect(plain(same?.[key]), `${rule.id}: ${key}`).toEqual(plain(rule[key]));
      }
    }
  });

  it("finds by every pattern what the pattern of the files finds", () => {
    for (const [index, rule] of written.entries()) {
      const pattern = read?.rules[index]?.pattern;
      for (const template of [...rule.examples, ...rule.counterexamples]) {
        const text = expandSample(template, rule.id);
        expect(pattern?.matches(text), rule.id).toEqual(rule.pattern.matches(text));
      }
    }
  });

  it("tells what is documented without reading the rules, and afterwards too", () => {
    const again = inPack()?.rules ?? [];
    for (const [index, rule] of written.entries()) {
      const lazy = again[index];
      expect(lazy?.documented).toEqual(rule.documented);
      expect(lazy?.title).toBe(rule.title);
      expect(lazy?.documented).toEqual(rule.documented);
    }
  });
});

describe("a pack's parts", () => {
  const parts = new Map([
    ["first", Uint8Array.of(1, 2, 3)],
    ["empty", new Uint8Array()],
    ["last", new Uint8Array(new Uint32Array([7, 8]).buffer)],
  ]);

  it("come back as they were, each at a place where numbers can be read", () => {
    const back = partsOf(packed(parts));
    expect([...(back ?? [])].map(([name, bytes]) => [name, [...bytes]])).toEqual(
      [...parts].map(([name, bytes]) => [name, [...bytes]]),
    );
    expect([...(back?.values() ?? [])].map(({ byteOffset }) => byteOffset % 8)).toEqual([0, 0, 0]);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a length and no header", Uint8Array.of(200, 0, 0, 0, 1)],
    ["a header that is no JSON", Uint8Array.of(2, 0, 0, 0, 1, 1)],
    ["another form", Buffer.concat([Uint8Array.of(2, 0, 0, 0), Buffer.from("{}  ")])],
    ["a pack that was cut short", packed(parts).subarray(0, -1)],
  ])("are not read of %s", (_, bytes) => {
    expect(partsOf(bytes)).toBeNull();
  });
});

describe("a pack on the disk", () => {
  const rules = `${folder}/rules/`;
  const file = path.join(folder, "rules.pack");
  const someFile = `${rules}cloud.toml`;
  const INSTALLED = 499_162_500;
  const fresh = (): void => {
    rmSync(rules, { recursive: true, force: true });
    cpSync(fileURLToPath(DEFAULT_FOLDER), rules, { recursive: true });
    writeFileSync(file, pack);
    // As in a package that was installed.
    for (const name of readdirSync(rules)) utimesSync(rules + name, INSTALLED, INSTALLED);
    utimesSync(file, INSTALLED, INSTALLED);
  };

  it.each<[string, () => void]>([
    ["as it was made", () => undefined],
    ["a file that is older than it", () => utimesSync(someFile, 1, 1)],
    ["a file that is newer than it and says the same", () => writeFileSync(someFile, readFileSync(someFile))],
  ])("is read beside %s", (_, change) => {
    fresh();
    change();
    expect(rulesInPack(file, rules)?.rules.length).toBe(written.length);
  });

  it("tells its rules though it has been taken away since", () => {
    fresh();
    const rulesThen = rulesInPack(file, rules)?.rules ?? [];
    rmSync(file);
    expect(rulesThen.map(({ title }) => title)).toEqual(written.map(({ title }) => title));
  });

  it.each<[string, () => void]>([
    [
      "a rule file that says something else in as many bytes",
      () => writeFileSync(someFile, readFileSync(someFile, "utf8").replace("severity", "severitx")),
    ],
    ["a rule file that is longer", () => writeFileSync(someFile, "\n", { flag: "a" })],
    ["a rule file more", () => writeFileSync(`${rules}more.toml`, "")],
    ["a rule file less", () => rmSync(someFile)],
    ["itself cut short", () => truncateSync(file, 1000)],
    ["nothing, for it is not there", () => rmSync(file)],
  ])("is not read beside %s", (_, change) => {
    fresh();
    change();
    expect(rulesInPack(file, rules)).toBeNull();
  });
});

/** What stands in a field, with patterns and globs as data. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if ("extent" in value) {
    const { source, extent } = value as RustPattern;
    return { source, extent: extent() };
  }
  return "matches" in value ? (value as Glob).source : value;
}
