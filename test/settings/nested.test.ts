import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inScope } from "../../src/scope/scope.js";
import { withNestedDigests } from "../../src/settings/digest.js";
import { loadSettings } from "../../src/settings/load.js";
import { nestedSettings } from "../../src/settings/nested/nested-settings.js";
import type { NestedFile } from "../../src/settings/nested/parse-nested.js";
import type { Settings } from "../../src/settings/settings.js";
import { temporaryFolder } from "../repository.js";

let root = "";

beforeEach(() => {
  root = temporaryFolder();
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Files by folder: each is the settings file of that folder. */
type Files = Readonly<Record<string, string>>;

function write(files: Files): void {
  for (const [folder, text] of Object.entries(files)) {
    const path = join(root, folder, ".aura/live.toml");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** What holds for the path; the root's own settings where no folder above it says anything. */
async function settingsAt(files: Files, path: string): Promise<Settings> {
  return (await nestedAt(files, path))?.settings ?? loadSettings(root);
}

async function nestedAt(files: Files, path: string): Promise<NestedFile | null> {
  write(files);
  return nestedSettings(root, await loadSettings(root)).at(path);
}

describe("the settings file of a path", () => {
  it.each<[what: string, files: Files, path: string, file: string | null]>([
    ["is the root's where there is no other", { "": "" }, "a/b.ts", ".aura/live.toml"],
    ["is none where there is none", {}, "a/b.ts", null],
    ["is the nearest one above", { "": "", a: "", "a/b": "" }, "a/b/c/d.ts", "a/b/.aura/live.toml"],
    ["is one further up where the folder has none", { "": "", a: "" }, "a/b/c.ts", "a/.aura/live.toml"],
    ["is not that of a folder beside it", { "": "", a: "" }, "ab/c.ts", ".aura/live.toml"],
    ["is not needed at the root", { a: "" }, "a/b.ts", "a/.aura/live.toml"],
    ["holds for itself, too", { "": "", a: "" }, "a/.aura/live.toml", "a/.aura/live.toml"],
    [
      "is none that the root ignores",
      { "": "scan.nested.ignore = ['vendor/**']", "vendor/x": "" },
      "vendor/x/y.ts",
      ".aura/live.toml",
    ],
    ["is found whatever way the path is written", { a: "" }, "./x/..//a/b.ts", "a/.aura/live.toml"],
    ["is not looked for outside of the root", { a: "" }, "../a/b.ts", null],
    ["is not looked for where no path can be", { a: "" }, "a\0/b.ts", null],
  ])("%s", async (_, files, path, file) => {
    expect((await settingsAt(files, path)).file).toBe(file);
  });

  it("is none behind a link that leads out of the repository", async () => {
    const outside = temporaryFolder();
    mkdirSync(join(outside, ".aura"));
    writeFileSync(join(outside, ".aura/live.toml"), "scan.fail_on = 'low'");
    symlinkSync(outside, join(root, "a"));
    expect((await settingsAt({}, "a/b.ts")).file).toBe(null);
    rmSync(outside, { recursive: true });
  });

  it("cannot be a link that leads out of the repository", async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, "live.toml"), "");
    mkdirSync(join(root, "a"));
    symlinkSync(outside, join(root, "a/.aura"));
    await expect(settingsAt({}, "a/b.ts")).rejects.toThrow(
      "a/.aura/live.toml:1:1: a symlink leads out of the repository",
    );
    rmSync(outside, { recursive: true });
  });

  it("is found when it is written later, once it is looked for again", async () => {
    const nested = nestedSettings(root, await loadSettings(root));
    expect(await nested.at("a/b.ts")).toBe(null);
    write({ a: "scan.fail_on = 'low'" });
    expect(await nested.at("a/b.ts")).toBe(null);
    nested.lookAgain();
    expect((await nested.at("a/b.ts"))?.settings.failOn).toBe("low");
    expect(nested.files()).toEqual(["a/.aura/live.toml"]);
  });
});

/** What of settings a folder's file may decide, for one path. */
function told(settings: Settings, path: string) {
  const { failOn, gitBlocksOn, defaultPrivate, maskSecrets, masks, customMasks, allow } = settings;
  return {
    failOn,
    gitBlocksOn,
    defaultPrivate,
    maskSecrets,
    jwt: masks.jwt,
    customMasks: customMasks.map(({ name }) => name),
    allow: allow.map(({ reason }) => reason),
    scope: inScope(path, settings).in,
  };
}

type Told = ReturnType<typeof told>;

const MASK = (name: string): string => `[[live.privacy.mask]]\nname = '${name}'\npattern = 'x+'\n`;
const ALLOW = (reason: string): string => `[[scan.allow]]\npath = '**'\nreason = '${reason}'\n`;
const EXTENDS = "extends = '../.aura/live.toml'\n";
const WIDEN = "scan.nested.widen = ['a']\n";

describe("a settings file below the root", () => {
  it.each<[what: string, above: string, own: string, expected: Partial<Told>]>([
    ["may block on less", "", "scan.fail_on = 'low'", { failOn: "low" }],
    ["may not block on more only", "", "scan.fail_on = 'critical'", { failOn: "medium" }],
    ["keeps the root's stricter bar", "scan.fail_on = 'low'", "", { failOn: "low" }],
    ["does not inherit a laxer bar by itself", "scan.fail_on = 'high'", "", { failOn: "medium" }],
    ["inherits it where it extends", "scan.fail_on = 'high'", EXTENDS, { failOn: "high" }],
    ["may be private by default", "", "live.privacy.default_private = true", { defaultPrivate: true }],
    [
      "may not be public where the root is private",
      "live.privacy.default_private = true",
      "live.privacy.default_private = false",
      { defaultPrivate: true },
    ],
    ["may not switch the mask off", "", "live.privacy.mask_secrets = false", { maskSecrets: true }],
    [
      "may switch it on",
      "live.privacy.mask_secrets = false",
      "live.privacy.mask_secrets = true",
      { maskSecrets: true },
    ],
    ["may not switch a detector off", "", "live.privacy.masks.jwt = false", { jwt: true }],
    ["leaves a detector off where it extends", "live.privacy.masks.jwt = false", EXTENDS, { jwt: false }],
    ["has masks besides the root's", MASK("r"), MASK("own"), { customMasks: ["r", "own"] }],
    ["has no mask twice", MASK("r"), EXTENDS + MASK("own"), { customMasks: ["r", "own"] }],
    ["may exclude", "", "live.selective.exclude = ['x/**']", { scope: false }],
    ["excludes below its folder only", "", "live.selective.exclude = ['a/x/**']", { scope: true }],
    ["may include less", "", "live.selective.include = ['y/**']", { scope: false }],
    [
      "may not include what the root does not",
      "live.selective.include = ['b/**']",
      "live.selective.include = ['**']",
      { scope: false },
    ],
    [
      "may not include what the root excludes",
      "live.selective.exclude = ['a/**']",
      "live.selective.include = ['**']",
      { scope: false },
    ],
    ["may allow nothing", "", ALLOW("own"), { allow: [] }],
    ["keeps what the root allows", ALLOW("root"), ALLOW("own"), { allow: ["root"] }],
    [
      "is held to every secret where the root looks at leaks",
      "scan.git_blocks_on = 'leaks'",
      EXTENDS,
      {
        gitBlocksOn: "secrets",
      },
    ],
    [
      "may block on more only where the root says so",
      WIDEN,
      "scan.fail_on = 'critical'",
      { failOn: "critical" },
    ],
    ["may then switch the mask off", WIDEN, "live.privacy.mask_secrets = false", { maskSecrets: false }],
    ["may then include more", `live.selective.include = []\n${WIDEN}`, "", { scope: true }],
    ["may then allow, besides the root", WIDEN + ALLOW("root"), ALLOW("own"), { allow: ["root", "own"] }],
    ["is then held to leaks, too", `scan.git_blocks_on = 'leaks'\n${WIDEN}`, "", { gitBlocksOn: "leaks" }],
  ])("%s", async (_, above, own, expected) => {
    const settings = await settingsAt({ "": above, a: own }, "a/x/f.ts");
    expect(told(settings, "a/x/f.ts")).toMatchObject(expected);
  });

  it("cannot undo what a folder in between says, nor is trusted because that one is", async () => {
    const files = {
      "": WIDEN,
      a: "live.privacy.default_private = true\nscan.fail_on = 'low'",
      "a/vendor/x": `live.privacy.default_private = false\nscan.fail_on = 'critical'\n${ALLOW("evil")}`,
    };
    const settings = await settingsAt(files, "a/vendor/x/f.ts");
    expect(told(settings, "a/vendor/x/f.ts")).toMatchObject({
      defaultPrivate: true,
      failOn: "low",
      allow: [],
    });
  });

  it.each<[what: string, above: string, own: string, outweighed: readonly string[]]>([
    ["nothing", "", "scan.fail_on = 'low'\nlive.privacy.default_private = true", []],
    [
      "all that is less strict",
      "live.privacy.default_private = true",
      `live.privacy = { default_private = false, mask_secrets = false, masks = { jwt = false } }\nscan.fail_on = 'high'\n${ALLOW("own")}`,
      [
        "live.privacy.default_private",
        "live.privacy.mask_secrets",
        "live.privacy.masks.jwt",
        "scan.fail_on",
        "scan.allow",
      ],
    ],
    ["not what it does not say", "scan.fail_on = 'low'", "", []],
    ["nothing where the root lets it", WIDEN, ALLOW("own"), []],
  ])("tells what of it does not count: %s", async (_, above, own, outweighed) => {
    expect((await nestedAt({ "": above, a: own }, "a/f.ts"))?.outweighed).toEqual(outweighed);
  });

  it.each<[text: string, fault: string]>([
    ["scan.fail_on = 1", "1:16: scan.fail_on must be a string, not a number"],
    [
      "[scan]\nrules = ['r.toml']",
      "2:1: scan.rules holds for the whole repository: say it in .aura/live.toml at its root",
    ],
    [
      "[scan.limits]\nseconds = 1",
      "1:7: scan.limits holds for the whole repository: say it in .aura/live.toml at its root",
    ],
    [
      "[live]\ne2e = true",
      "2:1: live.e2e holds for the whole repository: say it in .aura/live.toml at its root",
    ],
    [
      "extends = '../b/.aura/live.toml'",
      '1:11: extends names a settings file of a folder above, from this folder on; the nearest is "../.aura/live.toml"',
    ],
    [
      "extends = '../../etc/live.toml'",
      '1:11: extends names a settings file of a folder above, from this folder on; the nearest is "../.aura/live.toml"',
    ],
    ["[live.selective]\nexclude = ['../b/**']", '2:12: "../b/**" is not a glob that can be used'],
    ["[scam]", '1:2: unknown key "scam"; did you mean "scan"?'],
    ["scan = ", "1:8: not valid TOML"],
  ])("that cannot be used tells why and where: %j", async (text, fault) => {
    await expect(settingsAt({ "": "", a: text }, "a/f.ts")).rejects.toThrow(`a/.aura/live.toml:${fault}`);
  });
});

describe("the digest of all settings", () => {
  it("is the root's where there is nothing below, and another for each file and each content", () => {
    const digests = [
      withNestedDigests("root", new Map()),
      withNestedDigests("root", new Map([["a/.aura/live.toml", "1"]])),
      withNestedDigests("root", new Map([["a/.aura/live.toml", "2"]])),
      withNestedDigests("root", new Map([["b/.aura/live.toml", "1"]])),
    ];
    expect(digests[0]).toBe("root");
    expect(new Set(digests).size).toBe(digests.length);
  });
});
