import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { searchBodies } from "../../src/audit/search-bodies.js";
import { verifyAgain } from "../../src/audit/verify-again.js";
import type { ReadBody } from "../../src/audit/wire-bodies.js";
import type { PushEntry } from "../../src/ledger/record.js";
import { smallEngine } from "../scan/small-engine.js";
import { awsKeyId, letters, stripeKey } from "../secrets.js";
import { blockedEntry, type MadeEntry, madePushes, pushEntry } from "./made-records.js";

const hashOf = (body: string): string => createHash("sha256").update(body).digest("hex");
const fn = (line: string): string => `pub fn compute_tax() {\n    ${line}\n}\n`;
const LEAK = fn(`let key = "${awsKeyId()}";`);
const CLEAN = fn("1 + 1");

/** A push of this body. */
const left = (body: string, change: Partial<PushEntry> & { at?: string } = {}) =>
  pushEntry({ hash: hashOf(body), bytes: body.length, ...change });

/** Reads these bodies, and counts how often each was read. */
function reading(...bodies: readonly string[]): { read: ReadBody; reads: () => number } {
  const texts = new Map(bodies.map((body) => [hashOf(body), body]));
  let reads = 0;
  return {
    read: ({ record, scrubbed }) => {
      reads++;
      const text = texts.get(record.hash ?? "");
      if (text !== undefined) return { what: "text", text };
      return scrubbed === null ? { what: "gone" } : { what: "scrubbed", reason: scrubbed.reason };
    },
    reads: () => reads,
  };
}

describe("a push that is verified again", () => {
  it("gives nothing where nothing is in it, and is counted", async () => {
    const again = await verifyAgain(await smallEngine(), madePushes(left(CLEAN)), reading(CLEAN).read);
    expect(again).toEqual({ located: [], pushes: 1, bodies: 1, bytes: CLEAN.length, skipped: [] });
  });

  it("is not passed over where the time ran out", async () => {
    const pushes = madePushes(left(CLEAN, { record_id: "01A" }), left(CLEAN, { record_id: "01B" }));
    const bodies = reading(CLEAN);
    const again = await verifyAgain(await smallEngine(), pushes, bodies.read, () => "time ran out");
    expect(again).toMatchObject({ located: [], pushes: 0 });
    expect(again.skipped).toEqual([
      {
        path: "src/billing.rs",
        reason: "push 01A and 1 more not verified again: time ran out",
        incomplete: true,
      },
    ]);
    expect(bodies.reads()).toBe(0);
  });

  it("tells of a leak which push carried it, when, where to, which unit, how to rotate, and what stops it", async () => {
    const engine = await smallEngine("[live.privacy.masks]\naws = false\n");
    const pushes = madePushes(
      left(LEAK, { record_id: "01A", at: "2026-05-01T10:00:00.000Z" }),
      { kind: "state", record_id: "01A", state: "sent", mothership: "beta", error: null },
      left(CLEAN, { record_id: "01B" }),
    );
    const { located } = await verifyAgain(engine, pushes, reading(LEAK, CLEAN).read);
    expect(located.map(({ finding }) => finding)).toEqual([
      expect.objectContaining({
        rule: "aws-key-id",
        wire: "leak",
        path: "src/billing.rs",
        unit: { aura_id: "billing::compute_tax", name: "compute_tax", marker: null },
        start: { line: 2, column: 16 },
        push: "01A",
        pushed: {
          at: "2026-05-01T10:00:00.000Z",
          last_at: "2026-05-01T10:00:00.000Z",
          times: 1,
          motherships: ["beta"],
          sent: true,
        },
        rotate: "Delete the key in the IAM console.",
        mask_block: expect.stringContaining("[[live.privacy.mask]]"),
        fix: expect.stringMatching(
          /^It has left this machine: rotate it first\. .*paste this into \.aura\/live\.toml:$/,
        ),
      }),
    ]);
  });

  it("is a leak whatever today's mask and scope would do with it", async () => {
    const tables = ["", '[live.selective]\nexclude = ["**/*"]\n', "[live.privacy]\ndefault_private = true\n"];
    for (const toml of tables) {
      const { located } = await verifyAgain(
        await smallEngine(toml),
        madePushes(left(LEAK)),
        reading(LEAK).read,
      );
      expect(located.map(({ finding }) => [finding.wire, finding.rule])).toEqual([["leak", "aws-key-id"]]);
    }
    const { located } = await verifyAgain(await smallEngine(), madePushes(left(LEAK)), reading(LEAK).read);
    expect(located[0]?.finding.fix).toContain("Today's mask hides it (aws-access-key-id)");
  });

  it("tells what a mask of today hides, though no rule knows it", async () => {
    const address = "ada@internal.example.com";
    const body = fn(`mail("${address}");`);
    const toml = `[[live.privacy.mask]]\nname = "customer-email"\npattern = '[a-z]+@internal[.]example[.]com'\nreplacement = "<email>"\n`;
    const [before, after] = [await smallEngine(), await smallEngine(toml)];
    expect((await verifyAgain(before, madePushes(left(body)), reading(body).read)).located).toEqual([]);
    const { located } = await verifyAgain(after, madePushes(left(body)), reading(body).read);
    expect(located.map(({ finding }) => finding)).toEqual([
      expect.objectContaining({
        rule: "mask:customer-email",
        severity: "medium",
        wire: "leak",
        start: { line: 2, column: 11 },
        preview: "…(24)",
      }),
    ]);
    expect(JSON.stringify(located)).not.toContain(address);
  });

  it("is read once for a body and a unit, and one leak is told once, by its first push", async () => {
    const later = fn(`// later\n    let key = "${awsKeyId()}";`);
    const pushes = madePushes(
      left(LEAK, { record_id: "01A", at: "2026-05-01T10:00:00.000Z" }),
      left(LEAK, { record_id: "01B", at: "2026-05-02T10:00:00.000Z", mothership: "beta" }),
      left(later, { record_id: "01C", at: "2026-05-03T10:00:00.000Z" }),
    );
    const bodies = reading(LEAK, later);
    const again = await verifyAgain(await smallEngine(), pushes, bodies.read);
    expect(bodies.reads()).toBe(2);
    expect(again).toMatchObject({ pushes: 3, bodies: 2 });
    expect(again.located.map(({ finding }) => [finding.push, finding.pushed])).toEqual([
      [
        "01A",
        {
          at: "2026-05-01T10:00:00.000Z",
          last_at: "2026-05-03T10:00:00.000Z",
          times: 3,
          motherships: ["alpha", "beta"],
          sent: false,
        },
      ],
    ]);
  });

  it("tells two functions apart that hold the same line", async () => {
    const other = LEAK.replace("compute_tax", "other");
    const pushes = madePushes(
      left(LEAK, { record_id: "01A" }),
      left(other, { record_id: "01B", aura_id: "billing::other", name: "other" }),
    );
    const { located } = await verifyAgain(await smallEngine(), pushes, reading(LEAK, other).read);
    expect(located.map(({ finding }) => finding.unit?.aura_id)).toEqual([
      "billing::compute_tax",
      "billing::other",
    ]);
  });

  it("finds a secret in an id or a name, and does not repeat it", async () => {
    const name = `pay_${stripeKey()}`;
    const { located } = await verifyAgain(
      await smallEngine(),
      madePushes(left(CLEAN, { aura_id: `billing::${name}`, name })),
      reading(CLEAN).read,
    );
    expect(located.map(({ finding }) => [finding.rule, finding.surface])).toEqual([
      ["live-key", "identifier"],
    ]);
    expect(JSON.stringify(located)).not.toContain(stripeKey().slice(8));
  });

  it("finds what stands in the signature, which no mask reaches", async () => {
    const body = `pub fn compute_tax(key: &str = "${stripeKey()}") {\n}\n`;
    const signature_bytes = Buffer.byteLength(body.slice(0, body.indexOf("{")));
    const { located } = await verifyAgain(
      await smallEngine(),
      madePushes(left(body, { signature_bytes })),
      reading(body).read,
    );
    expect(located.map(({ finding }) => [finding.rule, finding.surface, finding.mask_block])).toEqual([
      ["live-key", "signature", null],
    ]);
  });

  it("is fine where an allow of today says so", async () => {
    const toml = `[[scan.allow]]\nrule = "aws-key-id"\npath = "src/billing.rs"\nreason = "revoked"\n`;
    const { located } = await verifyAgain(
      await smallEngine(toml),
      madePushes(left(LEAK)),
      reading(LEAK).read,
    );
    expect(located.map(({ finding }) => finding.allowed)).toEqual(["revoked"]);
  });

  it.each<[string, MadeEntry[], boolean, RegExp]>([
    ["is gone makes the run incomplete", [left(LEAK)], true, /the body of push 01A+ is gone from the ledger/],
    [
      "was scrubbed is named, and is no fault",
      [left(LEAK), { kind: "scrub", record_id: "x", hash: hashOf(LEAK), reason: "a test token" }],
      false,
      /was scrubbed: a test token/,
    ],
  ])("whose body %s", async (_name, entries, incomplete, reason) => {
    const again = await verifyAgain(await smallEngine(), madePushes(...entries), reading().read);
    expect(again).toMatchObject({ pushes: 0, located: [] });
    expect(again.skipped).toEqual([
      { path: "src/billing.rs", reason: expect.stringMatching(reason), incomplete },
    ]);
  });

  it("is not looked at where it never left", async () => {
    const bodies = reading();
    const again = await verifyAgain(await smallEngine(), madePushes(blockedEntry()), bodies.read);
    expect([again.pushes, again.skipped, bodies.reads()]).toEqual([0, [], 0]);
  });
});

describe("a text that is looked for in what left", () => {
  const needle = letters("needle", 24, "abcdef0123456789");
  const encoded = fn(`let a = "${Buffer.from(needle).toString("base64")}";`);
  const plain = fn(`let a = "${needle}";`);

  it.each<[string, string, number]>([
    ["as it stands", plain, 1],
    ["in part", plain.replace(needle, `${needle.slice(0, 10)} ${needle.slice(10)}`), 0],
    ["encoded as it travels", encoded, 1],
    ["not at all", CLEAN, 0],
  ])("is found %s", (_name, body, count) => {
    const searched = searchBodies(madePushes(left(body)), needle, reading(body).read);
    expect([searched.carriers.length, searched.bodies, searched.unread]).toEqual([count, 1, []]);
  });

  it("is looked for once in a body that many pushes share, and what cannot be read is told", () => {
    const pushes = madePushes(
      left(plain, { record_id: "01A" }),
      left(plain, { record_id: "01B" }),
      left(LEAK, { record_id: "01C" }),
      blockedEntry({ record_id: "01D" }),
    );
    const bodies = reading(plain);
    const searched = searchBodies(pushes, needle, bodies.read);
    expect(searched.carriers.map(({ record }) => record.record_id)).toEqual(["01A", "01B"]);
    expect(searched.unread.map(({ push, body }) => [push.record.record_id, body.what])).toEqual([
      ["01C", "gone"],
    ]);
    expect(bodies.reads()).toBe(2);
  });
});
