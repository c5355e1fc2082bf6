import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DETECTORS } from "../../src/mask/detectors.js";
import { BUILT_IN_NAMES } from "../../src/settings/custom-masks.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import { PAGE } from "../../src/settings/keys.js";
import { parseSettings } from "../../src/settings/parse.js";
import type { Settings } from "../../src/settings/settings.js";
import { ConfigError } from "../../src/toml/config-error.js";

const FILE = ".aura/live.toml";

/** Settings as plain data: globs and patterns by what was written. */
function plain(settings: Settings): unknown {
  return JSON.parse(JSON.stringify(settings));
}

/** The faults of `text`, one a line. */
async function faultsOf(text: string): Promise<readonly string[]> {
  try {
    await parseSettings(text, FILE);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
}

/** The specification's "Config" block and the other blocks of its page, word for word. */
const SPECIFICATION = `
[live.privacy]
default_private = false
mask_secrets = true
e2e_encryption = false
[live.privacy.masks]
# Built-in detectors enabled by default.
aws = true
generic_api_keys = true
jwt = true
bearer_tokens = true
private_key_blocks = true
[[live.privacy.mask]]
# Custom rule
name = "internal-token"
pattern = '''INT_TOK_[A-Z0-9]{24}'''
replacement = "INT_TOK_****"
`;

describe("the specification's page", () => {
  it("has a Config block that says the defaults and one custom mask", async () => {
    const settings = await parseSettings(SPECIFICATION, FILE);
    expect(plain(settings)).toEqual({
      ...(plain(DEFAULTS) as object),
      file: FILE,
      customMasks: [
        {
          name: "internal-token",
          pattern: { source: "INT_TOK_[A-Z0-9]{24}" },
          replacement: "INT_TOK_****",
          origin: { file: FILE, number: 1 },
        },
      ],
    });
  });

  it("has custom masks whose patterns match and whose replacements stay as they are", async () => {
    const { customMasks } = await parseSettings(
      `[[live.privacy.mask]]
name = "customer-email"
pattern = '''[a-z0-9._%+-]+@internal\\.example\\.com'''
replacement = "<email>"`,
      FILE,
    );
    expect(customMasks[0]?.pattern.test("to ada.l@internal.example.com now")).toBe(true);
    expect(customMasks[0]?.pattern.test(customMasks[0].replacement)).toBe(false);
  });

  it.each([
    ["[live]\ne2e = true", { e2e: true }],
    ["[live.privacy]\ne2e_encryption = true", { e2e: true }],
    ["[live]\ne2e = true\n[live.privacy]\ne2e_encryption = true", { e2e: true }],
    ["[live.privacy]\ndefault_private = true", { defaultPrivate: true }],
    [
      "[live.privacy.masks]\ngeneric_api_keys = false",
      { masks: { ...DEFAULTS.masks, generic_api_keys: false } },
    ],
  ])("switches with %j", async (text, change) => {
    expect(plain(await parseSettings(text, FILE))).toEqual({
      ...(plain(DEFAULTS) as object),
      file: FILE,
      ...change,
    });
  });

  it("keeps the names of its detectors from custom masks", () => {
    expect([...BUILT_IN_NAMES].sort()).toEqual(DETECTORS.map((detector) => detector.name).sort());
  });
});

describe("settings", () => {
  const FULL = `
[live]
e2e = true
[live.selective]
include = ["src/**", "lib/*.ts"]
exclude = ["**/*.pem"]
[live.privacy]
default_private = true
mask_secrets = false
e2e_encryption = true
[live.privacy.masks]
aws = false
generic_api_keys = false
jwt = false
bearer_tokens = false
private_key_blocks = false
[[live.privacy.mask]]
name = "a"
pattern = "A+x"
replacement = "1"
[[live.privacy.mask]]
name = "b"
pattern = "B+"
[scan]
rules = ["./rules/team.toml"]
fail_on = "high"
git_blocks_on = "leaks"
documented = "silent"
new_allows = "refuse"
baseline = ".aura/baseline.json"
[[scan.allow]]
path = "test/**"
rule = "generic-secret"
fingerprint = "${"0A".repeat(16)}"
pattern = "^test-"
stopword = ["Dummy", "sample"]
reason = "made up"
[scan.nested]
widen = ['packages/*']
ignore = ['vendor/**']
[scan.limits]
unit_file_bytes = 2048
binary_bytes = 0
seconds = 1.5
[live.audit]
keep_days = 0
keep_bytes = 4096
`;

  it("say what every key says", async () => {
    expect(plain(await parseSettings(FULL, FILE))).toEqual({
      file: FILE,
      e2e: true,
      include: [{ source: "src/**" }, { source: "lib/*.ts" }],
      exclude: [{ source: "**/*.pem" }],
      defaultPrivate: true,
      above: null,
      maskSecrets: false,
      masks: {
        aws: false,
        generic_api_keys: false,
        jwt: false,
        bearer_tokens: false,
        private_key_blocks: false,
      },
      customMasks: [
        { name: "a", pattern: { source: "A+x" }, replacement: "1", origin: { file: FILE, number: 1 } },
        {
          name: "b",
          pattern: { source: "B+" },
          replacement: "****MASKED****",
          origin: { file: FILE, number: 2 },
        },
      ],
      ruleFiles: ["rules/team.toml"],
      failOn: "high",
      gitBlocksOn: "leaks",
      allow: [
        {
          path: { source: "test/**" },
          rule: "generic-secret",
          fingerprint: "0a".repeat(16),
          pattern: { source: "^test-" },
          stopwords: ["dummy", "sample"],
          reason: "made up",
          origin: { file: FILE, number: 1 },
        },
      ],
      documented: "silent",
      newAllows: "refuse",
      baseline: ".aura/baseline.json",
      limits: { unit_file_bytes: 2048, binary_bytes: 0, seconds: 1.5 },
      audit: { keep_days: 0, keep_bytes: 4096 },
      nested: { widen: [{ source: "packages/*" }], ignore: [{ source: "vendor/**" }] },
    });
  });

  it("know exactly the keys of the page", () => {
    for (const [header, keys] of Object.entries(PAGE)) {
      for (const key of keys) {
        // Only a file below the root can say it: test/settings/nested.test.ts.
        if (key === "extends") continue;
        const isTable = Object.keys(PAGE).some((other) => other.replace(/[[\]]/g, "").endsWith(key));
        expect(isTable || new RegExp(`^${key} = `, "m").test(FULL), `${header} ${key}`).toBe(true);
      }
    }
  });

  it("are the defaults where nothing is said", async () => {
    expect(plain(await parseSettings("# nothing\n", FILE))).toEqual({
      ...(plain(DEFAULTS) as object),
      file: FILE,
    });
  });

  it("may put nothing in scope", async () => {
    expect((await parseSettings("[live.selective]\ninclude = []", FILE)).include).toEqual([]);
  });

  it.each<[text: string, faults: readonly string[]]>([
    // Keys that are not there.
    [
      "[live]\nmask_secrets = true",
      ['2:1: unknown key "live.mask_secrets"; it belongs under [live.privacy]'],
    ],
    ["[live]\nname = 'x'", ['2:1: unknown key "live.name"; it belongs under [[live.privacy.mask]]']],
    [
      "[live.privacy]\naws = false",
      ['2:1: unknown key "live.privacy.aws"; it belongs under [live.privacy.masks]'],
    ],
    [
      "extends = 'a'",
      ["1:1: extends is for a settings file in a folder below the root: nothing is above this"],
    ],
    [
      "[scan.nested]\nwiden = ['packages/*', 'a/**']",
      [
        "2:24: ** would trust every folder below, those that others bring along too: name the folders, as in packages/*",
      ],
    ],
    ["exclude = []", ['1:1: unknown key "exclude"; it belongs under [live.selective]']],
    [
      "[live.privacy]\nmask_secret = true",
      ['2:1: unknown key "live.privacy.mask_secret"; did you mean "mask_secrets"?'],
    ],
    ["[live.privacy.masks]\nAWS = false", ['2:1: unknown key "live.privacy.masks.AWS"; did you mean "aws"?']],
    [
      "[live]\nincldue = []",
      ['2:1: unknown key "live.incldue"; did you mean "include" under [live.selective]?'],
    ],
    ["[lvie]\ne2e = true", ['1:2: unknown key "lvie"; did you mean "live"?']],
    ["[policy.privacy]\nx = 1", ['1:2: unknown key "policy"; known here: extends, live, scan']],
    [
      "[[scan.allow]]\nrule = 'a'\nreason = 'r'\nwhy = 'x'",
      ['4:1: unknown key "scan.allow.why"; known here: path, rule, fingerprint, pattern, stopword, reason'],
    ],
    ["live.privacy.maks = 1", ['1:14: unknown key "live.privacy.maks"; did you mean "masks"?']],
    ["scan = { fail-on = 'low' }", ['1:10: unknown key "scan.fail-on"; did you mean "fail_on"?']],
    ["__proto__ = 1", ['1:1: unknown key "__proto__"; known here: extends, live, scan']],
    // Types.
    ["live = 1", ["1:8: live must be a table, not a number"]],
    [
      "[live.privacy]\nmask_secrets = 'yes'",
      ["2:16: live.privacy.mask_secrets must be true or false, not a string"],
    ],
    [
      "[live.privacy.mask]\nname = 'x'",
      ["1:15: live.privacy.mask must be an array of tables ([[live.privacy.mask]]), not a table"],
    ],
    ["[[live.privacy.masks]]\naws = true", ["1:16: live.privacy.masks must be a table, not a list"]],
    [
      "[live.selective]\ninclude = 'src'",
      ["2:11: live.selective.include must be a list of strings, not a string"],
    ],
    [
      "[scan]\nfail_on = 'hihg'",
      ['2:11: scan.fail_on must be one of "low", "medium", "high", "critical"; did you mean "high"?'],
    ],
    [
      "[scan]\ngit_blocks_on = 'leak'",
      ['2:17: scan.git_blocks_on must be one of "secrets", "leaks"; did you mean "leaks"?'],
    ],
    // Globs.
    [
      "[live.selective]\ninclude = [\n  'src/**',\n  'a[b',\n]",
      ['4:3: "a[b" is not a glob that can be used: "]" is missing'],
    ],
    [
      "[live.selective]\nexclude = ['!a']",
      ['2:12: "!a" is not a glob that can be used: there is no negation: put the glob under exclude'],
    ],
    // Custom masks.
    [
      "[[live.privacy.mask]]\npattern = 'ab'",
      ["1:16: a mask needs a name: the ledger and the reports call it by that"],
    ],
    ["[[live.privacy.mask]]\nname = 'a'", ["1:16: a mask needs a pattern, in Rust regex syntax"]],
    [
      "[[live.privacy.mask]]\nname = ''\npattern = 'ab'",
      ["2:8: a mask's name is made of 1 to 64 letters, digits, dots, _ and -"],
    ],
    [
      "[[live.privacy.mask]]\nname = '-'\npattern = 'ab'",
      ["2:8: a mask's name is made of 1 to 64 letters, digits, dots, _ and -"],
    ],
    [
      "[[live.privacy.mask]]\nname = 'a, 9x b'\npattern = 'ab'",
      ["2:8: a mask's name is made of 1 to 64 letters, digits, dots, _ and -"],
    ],
    [
      "[[live.privacy.mask]]\nname = 'jwt'\npattern = 'ab'",
      ['2:8: "jwt" is the name of a built-in detector: take another'],
    ],
    [
      "[[live.privacy.mask]]\nname = 'a'\npattern = 'ab'\n[[live.privacy.mask]]\nname = 'a'\npattern = 'cd'",
      ['5:8: there is a mask named "a" already; see line 2'],
    ],
    ["[[live.privacy.mask]]\nname = 'a'\npattern = ''", ["3:11: the pattern is empty"]],
    [
      "[[live.privacy.mask]]\nname = 'a'\npattern = 'a*'",
      ["3:11: the pattern can match the empty text, which is everywhere: let it need a character"],
    ],
    [
      "[[live.privacy.mask]]\nname = 'a'\npattern = '\\b'",
      ["3:11: the pattern can match the empty text, which is everywhere: let it need a character"],
    ],
    [
      "[[live.privacy.mask]]\nname = 'a'\npattern = '''x(?=y)'''",
      ["3:15: not a Rust regex: look-around, including look-ahead and look-behind, is not supported"],
    ],
    ["[[live.privacy.mask]]\nname = 'a'\npattern = 'é😀('", ["3:15: not a Rust regex: unclosed group"]],
    ['[[live.privacy.mask]]\nname = "a"\npattern = "\\\\d("', ["3:11: not a Rust regex: unclosed group"]],
    [
      "[[live.privacy.mask]]\nname = 'a'\npattern = 'ab'\nreplacement = ''",
      [
        "4:15: the replacement is empty, so nobody sees that something was masked: leave the key out for ****MASKED****",
      ],
    ],
    [
      "[[live.privacy.mask]]\nname = 'a'\npattern = 'TOK_'\nreplacement = 'TOK_****'",
      ["4:15: the pattern matches this replacement and would mask it again: change one of the two"],
    ],
    [
      "[[live.privacy.mask]]\nname = 'a'\npattern = '\\*+'",
      ["1:16: the pattern matches this replacement and would mask it again: change one of the two"],
    ],
    [
      "[[live.privacy.mask]]\nname = 1\npattern = 2\nreplacement = 3",
      [
        "2:8: live.privacy.mask.name must be a string, not a number",
        "3:11: live.privacy.mask.pattern must be a string, not a number",
        "4:15: live.privacy.mask.replacement must be a string, not a number",
      ],
    ],
    // One switch with two names.
    [
      "[live]\ne2e = true\n\n[live.privacy]\ne2e_encryption = false",
      [
        "5:1: live.privacy.e2e_encryption is false and live.e2e is true, but they name the same switch: keep one; see line 2",
      ],
    ],
    // The scanner's own.
    [
      "[[scan.allow]]\nreason = 'r'",
      ["1:8: an allowance needs a condition: path, rule, fingerprint, pattern or stopword"],
    ],
    ["[[scan.allow]]\npath = 'a'", ["1:8: an allowance needs a reason: say why the finding is fine"]],
    ["[[scan.allow]]\npath = 'a'\nreason = ' '", ["3:10: the reason is empty: say why the finding is fine"]],
    [
      "[[scan.allow]]\npath = '/a'\nreason = 'r'",
      [
        '2:8: "/a" is not a glob that can be used: a glob is relative to the repository\'s root: leave the first slash out',
      ],
    ],
    [
      "[[scan.allow]]\nrule = 'A rule'\nreason = 'r'",
      ["2:8: a rule's id is lower-case words joined by -, as a report prints it"],
    ],
    [
      "[[scan.allow]]\nfingerprint = 'abc'\nreason = 'r'",
      ["2:15: a fingerprint is 32 hex digits, as a report prints it"],
    ],
    ["[[scan.allow]]\npattern = 'a('\nreason = 'r'", ["2:13: not a Rust regex: unclosed group"]],
    [
      "[[scan.allow]]\npattern = 'a*'\nreason = 'r'",
      ["2:11: the pattern can match the empty text, which is in every secret"],
    ],
    [
      "[[scan.allow]]\nstopword = ['test', 'ab']\nreason = 'r'",
      ["2:12: a stop word has 3 letters or more: a shorter one is in too much"],
    ],
    [
      "[[scan.allow]]\nstopword = []\nreason = 'r'",
      ["2:12: the list is empty: name a word, or leave the key out"],
    ],
    [
      "[[scan.allow]]\nstopword = ['abc', 1]\nreason = 'r'",
      ["2:20: scan.allow.stopword must be a list of strings, but entry 2 is a number"],
    ],
    [
      "[scan]\nnew_allows = 'refused'",
      ['2:14: scan.new_allows must be one of "accept", "refuse"; did you mean "refuse"?'],
    ],
    [
      "[scan]\nrules = ['a.toml', '/b.toml', '../c.toml']",
      [
        '2:20: "/b.toml" is not a path in the repository: leave the first slash out',
        '2:31: "../c.toml" is not a path in the repository: a ".." part leaves the repository',
      ],
    ],
    [
      "[scan]\nbaseline = 'C:\\b.json'",
      ['2:12: "C:\\b.json" is not a path in the repository: leave the drive out'],
    ],
    ["[scan]\nbaseline = ''", ['2:12: "" is not a path in the repository: the path is empty']],
    [
      "[scan.limits]\nunit_file_bytes = 1023",
      ["2:19: scan.limits.unit_file_bytes must be a whole number between 1024 and 268435456"],
    ],
    [
      "[scan.limits]\nbinary_bytes = -1",
      ["2:16: scan.limits.binary_bytes must be a whole number between 0 and 1073741824"],
    ],
    ["[scan.limits]\nseconds = inf", ["2:11: scan.limits.seconds must be a number between 0 and 86400"]],
    // Not TOML at all.
    ["[live", ["1:2: not valid TOML: incomplete key-value: cannot find end of key"]],
  ])("that cannot be used tell why and where: %j", async (text, faults) => {
    expect(await faultsOf(text)).toEqual(faults.map((fault) => `${FILE}:${fault}`));
  });

  it("tell every fault at once, in the order of the file", async () => {
    const text =
      "[live]\ne2e = 1\nmasks = 2\n[scan]\nfail_on = 'x'\nrules = ['/a']\n[[live.privacy.mask]]\npattern = '('";
    expect((await faultsOf(text)).map((fault) => fault.slice(FILE.length + 1).split(": ", 1)[0])).toEqual([
      "2:7",
      "3:1",
      "5:11",
      "6:10",
      "7:16",
      "8:12",
    ]);
  });

  it("take the replacement literally when they ask whether the mask is stable", async () => {
    const text = "[[live.privacy.mask]]\nname = 'a'\npattern = '(x)y'\nreplacement = '$1'";
    expect((await parseSettings(text, FILE)).customMasks[0]?.replacement).toBe("$1");
  });

  it("accept a pattern that matches its replacement and leaves it as it is", async () => {
    const text = "[[live.privacy.mask]]\nname = 'a'\npattern = 'id=(?P<secret>[0-9*]+)'\nreplacement = '***'";
    expect(await faultsOf(text)).toEqual([]);
    expect(await faultsOf(text.replace("id=", "").replace("[0-9*]+", "[0-9]+|\\*{3}"))).toEqual([]);
  });

  it("are given or refused with a ConfigError for any text", async () => {
    const words = [
      ...Object.values(PAGE).flat(),
      ...Object.keys(PAGE),
      "=",
      " = ",
      "\n",
      ".",
      "[",
      "]",
      "{",
      "}",
      ",",
      "'a'",
      "'('",
      "'!'",
      "''",
      "[]",
      "['src/**']",
      "true",
      "1",
      "nan",
      "1979-05-27",
      '"\\u0000"',
      "#",
      "\ufeff",
      "\ud800",
      "__proto__",
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 24 }), async (parts) => {
        const text = parts.join("");
        try {
          expect((await parseSettings(text, FILE)).file).toBe(FILE);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("are given or refused with a ConfigError for any value of any key", async () => {
    const value = fc.constantFrom(
      "true",
      "1",
      "-1.5",
      "nan",
      "''",
      "'('",
      "'a*'",
      "'x'",
      "[]",
      "[1]",
      "['/']",
      "[['a']]",
      "{}",
      "[{}]",
      "{ name = 1 }",
      "1979-05-27T07:32:00Z",
    );
    const lines = Object.entries(PAGE).flatMap(([header, keys]) => keys.map((key) => [header, key] as const));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...lines), value, value, async ([header, key], one, other) => {
        const text = `${header}\n${key} = ${one}\nmore = ${other}\n`;
        expect((await faultsOf(text)).every((fault) => /^\.aura\/live\.toml:\d+:\d+: ./.test(fault))).toBe(
          true,
        );
        expect((await faultsOf(text)).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
