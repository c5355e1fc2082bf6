import { describe, expect, it } from "vitest";
import { type Entry, readLine, sealed } from "../../src/ledger/record.js";
import { RECORD_ID, recordIds } from "../../src/ledger/record-id.js";
import { push, sha256 } from "./ledgers.js";

const STAMP = { v: 1, at: "2025-01-02T03:04:05.678Z", writer: "W", seq: 4, prev: sha256("before") } as const;
const bytes = (line: string): Buffer => Buffer.from(line.slice(0, -1));

describe("a record's line", () => {
  it("is its JSON text, sealed by the hash of the line before and of itself", () => {
    const { record, line } = sealed(STAMP, push("A", { hash: sha256("body") }));
    const { chain, ...rest } = JSON.parse(line);
    expect(chain).toBe(sha256(`${STAMP.prev}\n${JSON.stringify(rest)}`));
    expect(record).toEqual(JSON.parse(line));
    expect(record).toMatchObject({ hash: sha256("body"), chain });
    expect(readLine(bytes(line))).toEqual({ what: "record", record });
  });

  it.each([
    "ein Wort: größer, 語, \u{1F511}",
    "line\nfeed \u2028 and \0",
    "half a pair: \ud800",
    '"},"chain":"',
  ])("keeps any text in one line: %j", (name) => {
    const { line } = sealed(STAMP, push("A", { name }));
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(readLine(bytes(line))).toMatchObject({ what: "record", record: { name } });
  });

  it("does not let an entry say what its stamp says", () => {
    const entry: Entry = { ...push("A"), ...{ seq: 99, prev: "", writer: "another" } };
    expect(sealed(STAMP, entry).record).toMatchObject({ seq: 4, writer: "W", prev: STAMP.prev });
  });

  it("may tell of a commit or a push that went unseen, and is broken where that makes no sense", () => {
    const skip = { kind: "skip", hook: "pre-push", head: null, commits: ["ab"] } as const;
    expect(readLine(bytes(sealed(STAMP, skip).line))).toMatchObject({ what: "record", record: skip });
    const odd = { ...skip, hook: "post-commit" as unknown as "pre-push" };
    expect(readLine(bytes(sealed(STAMP, odd).line)).what).toBe("broken");
  });

  it("is told as a later version's where it is sealed and this one does not know it", () => {
    const later = { ...STAMP, v: 2 as unknown as 1 };
    expect(readLine(bytes(sealed(later, push("A")).line)).what).toBe("later");
    const unknown = { ...push("A"), kind: "weather" as unknown as "push" };
    expect(readLine(bytes(sealed(STAMP, unknown).line)).what).toBe("later");
  });

  it.each<[string, object]>([
    ["no id", { record_id: undefined }],
    ["redactions that are no list", { redactions: {} }],
    ["a state that there is not", { state: "sent" }],
    ["bytes that are none", { bytes: -1 }],
  ])("is none of ours with %s, however well it is sealed", (_, change) => {
    expect(readLine(bytes(sealed(STAMP, { ...push("A"), ...change } as Entry).line)).what).toBe("broken");
  });

  it.each([
    "",
    "{}",
    "null",
    "[1]",
    `{"chain":"${sha256("")}"}`,
    `{"v":1,"chain":"${sha256("")}"}`,
    "\0".repeat(200),
  ])("is none of ours: %j", (text) => expect(readLine(Buffer.from(text)).what).toBe("broken"));
});

describe("record ids", () => {
  it("are 26 characters, differ, and sort as they were made, whatever the clock does", () => {
    const times = [5, 5, 5, 4, 1, 6, 6, 1_700_000_000_000, 3, 2];
    let at = 0;
    const next = recordIds(() => times[at++ % times.length] ?? 0);
    const ids = Array.from({ length: 2000 }, next);
    for (const id of ids) expect(id).toMatch(RECORD_ID);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });

  it("of two writers differ in the same millisecond", () => {
    expect(recordIds(() => 1)()).not.toBe(recordIds(() => 1)());
  });

  it("begin with the time", () => {
    expect(recordIds(() => 0)().startsWith("0000000000")).toBe(true);
    expect(recordIds(() => 32)().startsWith("0000000010")).toBe(true);
  });
});
