import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CacheFolder, cacheFolder } from "../../src/cache/cache-folder.js";
import { emptyHistory, readHistoryCache, writeHistoryCache } from "../../src/cache/history-cache.js";
import { pairTable } from "../../src/cache/pair-table.js";
import { scanDigest } from "../../src/cache/scan-digest.js";
import { HALF_WRITTEN } from "../../src/files/replace-file.js";
import { parseRules } from "../../src/rules/load.js";
import { parseSettings } from "../../src/settings/parse.js";
import { temporaryFolder } from "../repository.js";

const KEY = Buffer.alloc(32, 7);
const DIGEST = "d".repeat(64);
const id = (number: number) => number.toString(16).padStart(40, "0");
const outcome = { read: true, bytes: 5e9, units: 3, local: true, public: false };

describe("a table of pairs", () => {
  it("numbers each pair of blob and path once, through all of its growing", () => {
    const table = pairTable(KEY);
    const count = 20_000;
    for (let at = 0; at < count; at++) expect(table.add(id(at), `p${at % 7}`)).toBe(at);
    for (let at = 0; at < count; at += 37) {
      expect(table.add(id(at), `p${at % 7}`)).toBe(at);
      expect(table.find(id(at), "elsewhere")).toBe(-1);
    }
    expect(table.size()).toBe(count);
  });

  it("knows what was read, and gives it back from what was saved", () => {
    const table = pairTable(KEY);
    const pair = table.add(id(1), "a");
    expect(table.outcome(pair)).toBeNull();
    table.setWhole(pair, true);
    table.know(pair, outcome);
    const last = table.add(id(2), "b");
    const other = pairTable(KEY, table.saved([last, pair]));
    const again = other.find(id(1), "a");
    expect([other.size(), again, other.find(id(2), "b")]).toEqual([2, 1, 0]);
    expect(other.outcome(0)).toBeNull();
    expect(other.outcome(again)).toEqual(outcome);
    expect(other.isWhole(again)).toBe(true);
  });

  it("says nothing of a path to whoever has not got the key", () => {
    const record = (key: Buffer) => {
      const table = pairTable(key);
      return table.saved([table.add(id(1), "a")]).toString("hex");
    };
    expect(record(KEY)).toBe(record(KEY));
    expect(record(KEY)).not.toBe(record(Buffer.alloc(32, 8)));
  });
});

describe("what is kept of a history", () => {
  let root: string;
  let gitDir: string;
  beforeEach(() => {
    root = temporaryFolder();
    gitDir = temporaryFolder();
  });
  afterEach(() => {
    for (const folder of [root, gitDir]) rmSync(folder, { recursive: true, force: true });
  });

  const files = () => readdirSync(join(root, ".aura/cache"));
  function folder(): CacheFolder {
    const opened = cacheFolder(root, gitDir);
    if (opened === null) throw new Error("no cache folder");
    return opened;
  }
  const whole = { tips: [id(1)], others: [], cut: [], commits: 9 };
  const notable = {
    blob: id(3),
    path: "ü.png",
    skips: ["image"],
    findings: [],
    first: [5, id(4)] as const,
    last: null,
  };
  function keep(at: CacheFolder, count: number): boolean {
    const { pairs } = emptyHistory(at.key);
    for (let pair = 0; pair < count; pair++) pairs.know(pairs.add(id(pair), "a"), outcome);
    pairs.add("unread", "a");
    const isKept = (pair: number) => pair > 0;
    return writeHistoryCache(at, DIGEST, { pairs, notable: new Map([[2, notable]]), whole }, isKept);
  }

  it("is given back to the same rules and settings, without what was not read or not to be kept", () => {
    expect(keep(folder(), 4)).toBe(true);
    const read = readHistoryCache(folder(), DIGEST);
    expect(read.whole).toEqual(whole);
    expect(read.pairs.size()).toBe(3);
    expect(read.notable.get(read.pairs.find(id(2), "a"))).toEqual(notable);
    expect(readHistoryCache(folder(), "e".repeat(64)).pairs.size()).toBe(0);
  });

  it("is not believed once a byte of it is another, wherever", () => {
    keep(folder(), 3);
    const name = files().find((one) => one.startsWith("history-")) ?? "";
    const path = join(root, ".aura/cache", name);
    const bytes = readFileSync(path);
    for (let at = 0; at < bytes.length; at += 11) {
      const spoilt = Buffer.from(bytes);
      spoilt[at] = (spoilt[at] ?? 0) ^ 255;
      writeFileSync(path, spoilt);
      expect(readHistoryCache(folder(), DIGEST).pairs.size()).toBe(0);
    }
    for (const length of [0, 1, 31, 32, bytes.length - 1]) {
      writeFileSync(path, bytes.subarray(0, length));
      expect(readHistoryCache(folder(), DIGEST).pairs.size()).toBe(0);
    }
  });

  it("is bounded: the oldest files and what was left half-written are swept away", () => {
    const { write } = folder();
    const path = (name: string) => join(root, ".aura/cache", name);
    const past = (hours: number) => Date.now() / 1000 - hours * 3600;
    for (let hours = 9; hours > 0; hours--) {
      writeFileSync(path(`history-${hours}`), "x");
      utimesSync(path(`history-${hours}`), past(hours), past(hours));
    }
    for (const [name, hours] of [
      [`old${HALF_WRITTEN}`, 2],
      [`young${HALF_WRITTEN}`, 0],
    ] as const) {
      writeFileSync(path(name), "x");
      utimesSync(path(name), past(hours), past(hours));
    }
    expect(write("history-new", Buffer.from("x"))).toBe(true);
    expect(files().sort()).toEqual([
      ".gitignore",
      "history-1",
      "history-2",
      "history-3",
      "history-new",
      `young${HALF_WRITTEN}`,
    ]);
  });

  it("keeps itself out of git, and its key in git's own folder", () => {
    const { key } = folder();
    expect(readFileSync(join(root, ".aura/cache/.gitignore"), "utf8")).toBe("*\n");
    expect(folder().key).toEqual(key);
    expect(key).toHaveLength(32);
    expect(readdirSync(gitDir)).toEqual(["aura-scan-cache-key"]);
    writeFileSync(join(gitDir, "aura-scan-cache-key"), "short");
    expect(folder().key).not.toEqual(key);
  });

  it.skipIf(process.platform === "win32").each([".aura", ".aura/cache"])(
    "is not kept behind a link at %s, nor where a file stands there",
    (name) => {
      const outside = join(gitDir, "outside");
      if (name === ".aura/cache") folder();
      rmSync(join(root, name), { recursive: true, force: true });
      symlinkSync(outside, join(root, name));
      expect(cacheFolder(root, gitDir)).toBeNull();
      expect(existsSync(outside)).toBe(false);
      rmSync(join(root, name));
      writeFileSync(join(root, name), "");
      expect(cacheFolder(root, gitDir)).toBeNull();
    },
  );
});

describe("what the cache is kept for", () => {
  const rule = (more: string) =>
    parseRules(
      `[[rule]]\nid = "live-key"\ntitle = "Key"\nkind = "provider"\nseverity = "high"\nconfidence = "high"\n` +
        `keywords = ["sk_live_"]\npattern = '''\\bsk_live_[0-9A-Za-z]{24}\\b'''\nexamples = ["x"]\ncounterexamples = ["x"]\n${more}`,
      "rules.toml",
    );
  const digest = async (settings: string, more = "") =>
    scanDigest(await parseSettings(settings, ".aura/live.toml"), { rules: await rule(more) }, "1.0.0");

  it.each([
    ["another pattern", "", "allow = ['''x''']\n"],
    ["another path", "", 'paths = ["**/*.env"]\n'],
    ["a mask", '[[live.privacy.mask]]\nname = "a"\npattern = "abc"\nreplacement = "x"\n', ""],
    ["what is in scope", '[live.selective]\nexclude = ["a/**"]\n', ""],
    ["whether leaks block", '[scan]\ngit_blocks_on = "leaks"\n', ""],
    ["how much of a binary is read", "[scan.limits]\nbinary_bytes = 1000\n", ""],
  ])("is another thing with %s", async (_what, settings, more) => {
    expect(await digest(settings, more)).not.toBe(await digest(""));
  });

  it.each([
    ["an allow", '[[scan.allow]]\npath = "a/**"\nreason = "made up"\n'],
    ["a baseline", '[scan]\nbaseline = "known"\n'],
    ["the least severity that blocks", '[scan]\nfail_on = "high"\n'],
    ["a time limit", "[scan.limits]\nseconds = 9\n"],
  ])("is the same with %s, which is asked for in every run", async (_what, settings) => {
    expect(await digest(settings)).toBe(await digest(""));
  });
});
