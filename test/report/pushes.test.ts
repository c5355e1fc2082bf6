import { describe, expect, it } from "vitest";
import { pushesOf } from "../../src/ledger/pushes.js";
import { pushJson } from "../../src/report/pushes/push-json.js";
import { auditLine } from "../../src/report/pushes/push-words.js";
import { traceOf, traceText } from "../../src/report/pushes/trace.js";
import { blockedEntry, type MadeEntry, madePushes, madeRecords, pushEntry } from "../audit/made-records.js";
import { githubToken } from "../secrets.js";

const NOW = Date.parse("2026-05-01T12:00:00.000Z");
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();

const sent = (record_id: string): MadeEntry => ({
  ...{ kind: "state", record_id, state: "sent", mothership: null, error: null },
});

describe("the trace", () => {
  const records = madeRecords(
    pushEntry({
      record_id: "1",
      at: ago(21),
      aura_id: "auth::login",
      bytes: 198,
      redactions: [
        { detector: "jwt", count: 1 },
        { detector: "bearer", count: 1 },
      ],
    }),
    { kind: "pull", aura_id: "billing::fmt", peer_id: "alice", bytes: 340, hash: null, at: ago(11) },
    pushEntry({
      record_id: "2",
      at: ago(8),
      aura_id: "billing::format_invoice",
      bytes: 412,
      redactions: [{ detector: "generic-api-key", count: 1 }],
    }),
    pushEntry({ record_id: "3", at: ago(3) }),
    ...["1", "2", "3"].map((record_id) => sent(record_id)),
  );

  it("is printed as the specification shows it", () => {
    expect(traceText(traceOf(pushesOf(records), records, 20), NOW)).toBe(
      [
        "recent pushes:",
        "3s billing::compute_tax 276 B masked: 0",
        "8s billing::format_invoice 412 B masked: 1 (1x generic-api-key)",
        "21s auth::login 198 B masked: 2 (1x jwt, 1x bearer)",
        "recent pulls:",
        "11s from alice billing::fmt 340 B",
        "",
      ].join("\n"),
    );
  });

  it("holds as many of each as are asked for, the newest", () => {
    const { pushes, pulls } = traceOf(pushesOf(records), records, 1);
    expect(pushes.map(({ record }) => record.record_id)).toEqual(["3"]);
    expect(pulls).toHaveLength(1);
  });

  it("says so where there is nothing yet", () => {
    expect(traceText(traceOf([], [], 20), NOW)).toBe("recent pushes:\nnone yet\nrecent pulls:\nnone yet\n");
  });

  it.each<[string, MadeEntry[], string]>([
    [
      "what was blocked, by which rules",
      [blockedEntry({ at: ago(5) })],
      "5s billing::compute_tax blocked (github-token)",
    ],
    [
      "what failed, and why",
      [
        pushEntry({ record_id: "1", at: ago(90) }),
        { kind: "state", record_id: "1", state: "failed", mothership: null, error: "timeout" },
      ],
      "1m billing::compute_tax 276 B masked: 0 failed: timeout",
    ],
    [
      "what was sent and scrubbed",
      [
        pushEntry({ record_id: "1", at: ago(9) }),
        sent("1"),
        { kind: "scrub", record_id: "1", hash: "ab".repeat(32), reason: "test token" },
      ],
      "9s billing::compute_tax 276 B masked: 0 scrubbed",
    ],
    ["hours", [pushEntry({ at: ago(7300) })], "2h billing::compute_tax 276 B masked: 0 cleared"],
    ["days", [pushEntry({ at: ago(3 * 86_400) })], "3d billing::compute_tax 276 B masked: 0 cleared"],
    [
      "a clock that went back, as now",
      [pushEntry({ at: ago(-60) })],
      "0s billing::compute_tax 276 B masked: 0 cleared",
    ],
    [
      "a name that draws on the terminal, written out",
      [pushEntry({ at: ago(1), aura_id: "a\u001b[2J\n" })],
      "1s a\\u{1b}[2J\\n 276 B masked: 0 cleared",
    ],
  ])("tells %s", (_name, entries, line) => {
    const made = madeRecords(...entries);
    expect(traceText(traceOf(pushesOf(made), made, 20), NOW).split("\n")[1]).toBe(line);
  });

  it("leaves out what was only kept back: that is no traffic", () => {
    const kept = madePushes(blockedEntry({ state: "withheld", rules: [] }));
    expect(traceOf(kept, [], 20).pushes).toEqual([]);
  });
});

describe("a line of the audit", () => {
  it.each<[string, MadeEntry[], RegExp]>([
    [
      "has masked:0 for the specification's grep",
      [pushEntry()],
      / cleared billing::compute_tax 276 B masked:0 to alpha$/,
    ],
    [
      "has masked:- for what did not leave",
      [blockedEntry()],
      / blocked billing::compute_tax masked:- to alpha \(github-token\)$/,
    ],
    [
      "tells what was masked",
      [pushEntry({ redactions: [{ detector: "jwt", count: 10 }] })],
      / masked:10 \(10x jwt\) to alpha$/,
    ],
    [
      "tells that its body was scrubbed",
      [
        pushEntry({ record_id: "1" }),
        { kind: "scrub", record_id: "1", hash: "ab".repeat(32), reason: "test token" },
      ],
      /\[scrubbed: test token\]$/,
    ],
  ])("%s", (_name, entries, expected) => {
    const [push] = madePushes(...entries);
    expect(push === undefined ? "" : auditLine(push)).toMatch(expected);
  });

  it("shows no name that looks like a secret, nor does JSON", () => {
    const token = githubToken();
    const [push] = madePushes(
      pushEntry({ aura_id: `a::${token}`, name: token, peer_id: token, path: `src/${token}.rs` }),
    );
    if (push === undefined) throw new Error("no push");
    expect(auditLine(push) + JSON.stringify(pushJson(push))).not.toContain(token.slice(-10));
  });
});
