import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { HALF_WRITTEN } from "../../src/files/replace-file.js";
import { bodyPath } from "../../src/ledger/bodies.js";
import { auditKey, knownAuditKey } from "../../src/ledger/key.js";
import { bodyOf, pushesOf, readLedger, verifyLedger } from "../../src/ledger/read-ledger.js";
import type { Entry } from "../../src/ledger/record.js";
import { scrubBody } from "../../src/ledger/scrub.js";
import { KEY, ledgerIn, ledgerPlace, push, segmentFiles, sha256 } from "./ledgers.js";

let folder: string;
beforeEach(() => {
  folder = ledgerPlace();
});

const state = (
  id: string,
  what: "sent" | "failed",
  mothership: string | null,
  error: string | null = null,
): Entry => ({
  ...{ kind: "state", record_id: id, state: what, mothership, error },
});

describe("a push", () => {
  it.each<[string, readonly Entry[], object]>([
    [
      "is what the gate said",
      [push("A", { state: "blocked" })],
      { state: "blocked", sent_at: null, deliveries: [] },
    ],
    [
      "was sent when the daemon says so, however late it tells",
      [push("A"), { ...state("A", "sent", "m"), happened_at: "2026-01-31T12:00:00Z" } as Entry],
      { state: "sent", sent_at: "2026-01-31T12:00:00Z" },
    ],
    ["failed", [push("A"), state("A", "failed", "m", "no route")], { state: "failed", error: "no route" }],
    [
      "failed, and was sent then",
      [push("A"), state("A", "failed", "m", "no route"), state("A", "sent", "m2")],
      { state: "sent", error: null, mothership: "m2" },
    ],
    [
      "was sent to one and not to another",
      [push("A"), state("A", "sent", "m"), state("A", "failed", "m2", "full")],
      { state: "failed", mothership: "m", error: "full" },
    ],
    ["goes where it was to go", [push("A", { mothership: "m" })], { mothership: "m" }],
    [
      "is one, and what is told of others is not told of it",
      [state("B", "sent", "m"), push("A")],
      { state: "cleared" },
    ],
  ])("%s", async (_, entries, expected) => {
    const ledger = await ledgerIn(folder);
    await ledger.append(entries);
    const pushes = pushesOf(readLedger(folder).records);
    expect(pushes).toMatchObject([{ record: { record_id: "A" }, scrubbed: null, ...expected }]);
  });
});

describe("a body", () => {
  it.each(["", "fn a() {}", "ein Wort: größer, 語, \u{1F511}", "x\n".repeat(100_000)])(
    "is kept once, compressed, by its hash, and read as it was",
    async (body) => {
      const [first, second] = [await ledgerIn(folder), await ledgerIn(folder)];
      const hash = await first.keepBody(body);
      expect(hash).toBe(sha256(body));
      const before = statSync(bodyPath(folder, hash));
      expect(await second.keepBody(body)).toBe(hash);
      expect(await first.keepBody(body)).toBe(hash);
      expect(statSync(bodyPath(folder, hash)).ino).toBe(before.ino);
      expect(before.mode & 0o777).toBe(0o600);
      expect(before.size).toBeLessThan(Math.max(100, body.length / 10));
      expect(bodyOf(folder, hash)).toBe(body);
    },
  );

  it("is kept whatever becomes of others that are asked for at once, and nothing is left of those", async () => {
    const ledger = await ledgerIn(folder);
    const texts = Array.from({ length: 600 }, (_, at) => `fn f${at}() {}`);
    const spoiled = dirname(bodyPath(folder, sha256("fn f7() {}")));
    writeFileSync(spoiled, "");
    const kept = await Promise.allSettled([...texts, ...texts].map((text) => ledger.keepBody(text)));
    for (const [at, one] of kept.entries()) {
      const text = texts[at % texts.length] ?? "";
      const hash = sha256(text);
      const isSpoiled = dirname(bodyPath(folder, hash)) === spoiled;
      expect(one).toMatchObject(
        isSpoiled
          ? { status: "rejected", reason: { name: "LedgerError", code: "damaged" } }
          : { status: "fulfilled", value: hash },
      );
      if (!isSpoiled && at < 60) expect(bodyOf(folder, hash)).toBe(text);
    }
    const names = readdirSync(join(folder, "bodies"), { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => name.endsWith(HALF_WRITTEN))).toEqual([]);
  });

  it("that a stopped writer left empty is written anew", async () => {
    const ledger = await ledgerIn(folder);
    const hash = await ledger.keepBody("fn a() {}");
    writeFileSync(bodyPath(folder, hash), "");
    await ledger.keepBody("fn a() {}");
    expect(bodyOf(folder, hash)).toBe("fn a() {}");
  });
});

describe("a body that is scrubbed", () => {
  it("is gone for all pushes that had it; its hash and records stay, and all verifies", async () => {
    const ledger = await ledgerIn(folder);
    const body = `let key = "${sha256("secret")}"`;
    const hash = await ledger.keepBody(body);
    await ledger.append([push("A", { hash }), push("B", { hash }), push("C")]);
    expect(await scrubBody(folder, ledger, "A", "a leak")).toMatchObject({ done: true, hash, pushes: 2 });
    expect(existsSync(bodyPath(folder, hash))).toBe(false);
    expect(bodyOf(folder, hash)).toBe(null);
    expect(verifyLedger(folder, () => KEY, { bodies: true })).toMatchObject({ ok: true, problems: [] });
    const pushes = pushesOf(readLedger(folder).records);
    expect(pushes.map(({ scrubbed }) => scrubbed?.reason ?? null)).toEqual(["a leak", "a leak", null]);
    expect([...segmentFiles(folder).values()].join()).not.toContain(sha256("secret"));
  });

  it("is scrubbed once, and once more where that was stopped half-way", async () => {
    const ledger = await ledgerIn(folder);
    const hash = await ledger.keepBody("fn a() {}");
    await ledger.append([push("A", { hash }), { kind: "scrub", record_id: "A", hash, reason: "a leak" }]);
    expect(await scrubBody(folder, ledger, "A", "again")).toMatchObject({ done: true });
    expect(bodyOf(folder, hash)).toBe(null);
    expect(await scrubBody(folder, ledger, "A", "again")).toEqual({
      ...{ done: true, hash, pushes: 1, freed: 0 },
      before: { at: expect.any(String), reason: "a leak" },
    });
    expect(readLedger(folder).records.filter(({ kind }) => kind === "scrub")).toHaveLength(1);
  });

  it("has to be there: the push is known, and left", async () => {
    const ledger = await ledgerIn(folder);
    await ledger.append([push("A", { state: "blocked" })]);
    expect(await scrubBody(folder, ledger, "Z", "r")).toEqual({
      done: false,
      message: "No push has the id Z.",
    });
    expect(await scrubBody(folder, ledger, "A", "r")).toMatchObject({
      done: false,
      message: expect.stringMatching(/has no body/),
    });
  });
});

describe("the key", () => {
  it("is made when it is first asked for, for its owner, and stays", async () => {
    await ledgerIn(folder);
    const path = join(dirname(folder), "key");
    expect(knownAuditKey(path)).toBe(null);
    const key = auditKey(path);
    expect(key).toHaveLength(32);
    expect([auditKey(path), knownAuditKey(path), readFileSync(path)]).toEqual([key, key, key]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is never made anew in the place of a file that holds none", async () => {
    await ledgerIn(folder);
    const path = join(dirname(folder), "key");
    writeFileSync(path, "short");
    expect(() => auditKey(path)).toThrow(/holds none/);
    expect(readFileSync(path, "utf8")).toBe("short");
  });
});
