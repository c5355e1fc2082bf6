import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { scanText } from "../../src/index.js";
import { SEVERITIES } from "../../src/rules/rule.js";
import { DEFAULT_REPLACEMENT, DEFAULTS } from "../../src/settings/defaults.js";
import { PAGE } from "../../src/settings/keys.js";
import { parseSettings } from "../../src/settings/parse.js";
import { settingsTemplate } from "../../src/settings/template.js";
import { parseToml } from "../../src/toml/document.js";

type Node = {
  readonly properties?: { readonly [key: string]: Node };
  readonly items?: Node;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: boolean;
};

const SCHEMA = JSON.parse(readFileSync(new URL("../../schema/live-1.json", import.meta.url), "utf8")) as Node;
const FILE = ".aura/live.toml";
const template = settingsTemplate();
/** The template with every key in it, and with every one that holds at the root. */
const everyKey = template.replace(/^#(?=[a-z_0-9]+ =|\[\[)/gm, "");
const inForce = everyKey.replace(/^extends = .*$/m, "");
const dataOf = (toml: string): unknown => JSON.parse(JSON.stringify(parseToml(toml, FILE).root));

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const accepts = ajv.compile(SCHEMA as object);

const sorted = (page: { readonly [header: string]: readonly string[] }) =>
  Object.fromEntries(
    Object.entries(page)
      .map(([header, keys]) => [header, [...keys].sort()] as const)
      .sort(),
  );

/** The tables that a schema or a document has, in the form of `PAGE`. */
function pageOf(
  inside: (node: unknown) => { readonly [key: string]: unknown } | null,
  first: (node: unknown) => unknown,
  root: unknown,
): { [header: string]: readonly string[] } {
  const page: { [header: string]: readonly string[] } = {};
  const walk = (node: unknown, name: string, header: string): void => {
    const keys = inside(node);
    if (keys === null) return;
    page[header] = Object.keys(keys);
    for (const [key, below] of Object.entries(keys)) {
      const path = name === "" ? key : `${name}.${key}`;
      const entry = first(below);
      if (entry === null) walk(below, path, `[${path}]`);
      else walk(entry, path, `[[${path}]]`);
    }
  };
  walk(root, "", "");
  return page;
}

describe("the template of .aura/live.toml", () => {
  it("names its schema in the first line, where an editor finds it in the installed package", () => {
    expect(template.split("\n")[0]).toBe("#:schema ../node_modules/aura-scan/schema/live-1.json");
    expect(settingsTemplate("https://example.com/live-1.json")).toMatch(
      /^#:schema https:\/\/example\.com\/live-1\.json\n/,
    );
  });

  it("is the defaults, and so are all of its keys in force but the examples", async () => {
    expect(await parseSettings(template, FILE)).toEqual({ ...DEFAULTS, file: FILE });
    const { customMasks, allow, baseline, include, ...rest } = await parseSettings(inForce, FILE);
    const { customMasks: _masks, allow: _allow, baseline: _baseline, include: every, ...defaults } = DEFAULTS;
    expect(rest).toEqual({ ...defaults, file: FILE });
    expect(include.map(({ source }) => source)).toEqual(every.map(({ source }) => source));
    expect(customMasks.map(({ name }) => name)).toEqual(["internal-token"]);
    expect(allow.map(({ reason }) => reason)).toEqual(["made-up values"]);
    expect(baseline).toBe(".aura/baseline.txt");
  });

  it("has every key that the settings know and no other, each behind a line of words", () => {
    const isTable = (node: unknown): node is { [key: string]: unknown } =>
      typeof node === "object" && node !== null && !Array.isArray(node);
    const page = pageOf(
      (node) => (isTable(node) ? node : null),
      (node) => (Array.isArray(node) && isTable(node[0]) ? node[0] : null),
      dataOf(everyKey),
    );
    expect(sorted(page)).toEqual(sorted(PAGE));
    const lines = template.split("\n");
    const unexplained = lines.filter(
      (line, at) => /^#[a-z_0-9]+ =/.test(line) && !/^# \S/.test(lines[at - 1] ?? ""),
    );
    expect(unexplained).toEqual([]);
  });

  it("has lines that fit a screen, and nothing that a rule finds, whatever is in force", async () => {
    expect(template.split("\n").filter((line) => line.length > 125)).toEqual([]);
    for (const text of [template, everyKey]) expect(await scanText(text, { path: FILE })).toEqual([]);
  });
});

describe("schema/live-1.json", () => {
  it("has every key that the settings know and no other, each with words", () => {
    const page = pageOf(
      (node) => (node as Node).properties ?? null,
      (node) => (node as Node).items ?? null,
      SCHEMA,
    );
    const tables = Object.fromEntries(Object.entries(page).filter(([header]) => header in PAGE));
    expect(sorted(tables)).toEqual(sorted(PAGE));
    expect(Object.keys(page).filter((header) => !(header in PAGE))).toEqual([]);
    const wordless = [...nodes(SCHEMA)].filter(([, node]) => (node.description ?? "") === "");
    expect(wordless.map(([name]) => name)).toEqual([]);
  });

  it("closes every table", () => {
    const open = [...nodes(SCHEMA)].filter(
      ([, node]) => node.properties !== undefined && node.additionalProperties !== false,
    );
    expect(open.map(([name]) => name)).toEqual([]);
  });

  it("tells the defaults and the choices that hold", async () => {
    const told = Object.fromEntries(
      [...nodes(SCHEMA)].flatMap(([name, node]) => ("default" in node ? [[name, node.default]] : [])),
    );
    const document = dataOf(inForce) as { readonly [key: string]: unknown };
    for (const [name, value] of Object.entries(told)) {
      if (name === "live.privacy.mask.replacement") expect(value).toBe(DEFAULT_REPLACEMENT);
      else expect([name, at(document, name)]).toEqual([name, value]);
    }
    const choices = Object.fromEntries(
      [...nodes(SCHEMA)].flatMap(([name, node]) => (node.enum === undefined ? [] : [[name, node.enum]])),
    );
    expect(choices["scan.fail_on"]).toEqual(SEVERITIES);
    for (const [name, values] of Object.entries(choices)) {
      const [, table = "", key = ""] = /^(.*)\.([^.]+)$/.exec(name) ?? [];
      for (const value of values)
        await expect(parseSettings(`[${table}]\n${key} = "${value}"\n`, FILE)).resolves.toBeDefined();
    }
  });

  it("accepts the template, with its keys in force too", () => {
    expect([accepts(dataOf(template)), accepts.errors]).toEqual([true, null]);
    expect([accepts(dataOf(everyKey)), accepts.errors]).toEqual([true, null]);
  });

  it.each([
    ["an unknown key", "[scan]\nfail_onn = 'low'\n"],
    ["an unknown table", "[scann]\n"],
    ["a wrong type", "[live]\ne2e = 'yes'\n"],
    ["a text for a list", "[scan]\nrules = 'a.toml'\n"],
    ["a choice that there is not", "[scan]\nfail_on = 'mediun'\n"],
    ["a number beyond its bounds", "[scan.limits]\nunit_file_bytes = 1\n"],
    ["a day and a half", "[live.audit]\nkeep_days = 1.5\n"],
    ["a negative time", "[scan.limits]\nseconds = -1\n"],
    ["a mask without a name", "[[live.privacy.mask]]\npattern = 'A{9}'\n"],
    ["a mask without a pattern", "[[live.privacy.mask]]\nname = 'a'\n"],
    ["a mask's name of two words", "[[live.privacy.mask]]\nname = 'a b'\npattern = 'A{9}'\n"],
    ["an allow without a reason", "[[scan.allow]]\npath = 'a'\n"],
    ["an allow without a condition", "[[scan.allow]]\nreason = 'a'\n"],
    ["a stop word of two letters", "[[scan.allow]]\nstopword = 'ab'\nreason = 'a'\n"],
    ["a fingerprint that is too short", "[[scan.allow]]\nfingerprint = '0f'\nreason = 'a'\n"],
    ["a baseline outside of the repository", "[scan]\nbaseline = '/etc/passwd'\n"],
  ])("refuses %s, as the settings do", async (_, toml) => {
    expect(accepts(dataOf(toml))).toBe(false);
    await expect(parseSettings(toml, FILE)).rejects.toThrow();
  });
});

/** Every named node of the schema; an entry of a list has the list's name. */
function* nodes(node: Node, name = ""): Generator<readonly [string, Node]> {
  yield [name, node];
  if (node.items?.properties !== undefined) yield* nodes({ ...node.items }, name);
  for (const [key, below] of Object.entries(node.properties ?? {}))
    yield* nodes(below, name === "" ? key : `${name}.${key}`);
}

function at(document: unknown, name: string): unknown {
  return name
    .split(".")
    .reduce<unknown>(
      (value, key) => (value as { readonly [key: string]: unknown } | undefined)?.[key],
      document,
    );
}
