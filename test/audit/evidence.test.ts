import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { evidenceOf } from "../../src/audit/evidence/evidence-of.js";
import { settingsIn } from "../../src/audit/evidence/settings-in-time.js";
import type { Window } from "../../src/audit/selection.js";
import { pushesOf } from "../../src/ledger/pushes.js";
import type { Entry, RecordOf } from "../../src/ledger/record.js";
import type { Evidence } from "../../src/report/evidence/evidence.js";
import { evidenceFiles } from "../../src/report/evidence/files.js";
import { evidencePage } from "../../src/report/evidence/page.js";
import { periodsOf } from "../../src/report/page/periods.js";
import { githubToken } from "../secrets.js";
import { blockedEntry, madeRecords, pushEntry } from "./made-records.js";

const OPEN: Window = { since: null, until: null };
const on = (day: number, time = "10:00:00"): string => `2026-05-${String(day).padStart(2, "0")}T${time}.000Z`;

function evidence(entries: readonly (Entry & { readonly at?: string })[], window: Window = OPEN): Evidence {
  const records = madeRecords(...entries);
  return evidenceOf({
    records,
    pushes: pushesOf(records),
    window,
    verification: {
      ...{ ok: true, segments: 1, records: records.length, anchors: 0, problems: [] },
      clock_back: { times: 2, records: 3, most_ms: 90_000_000 },
    },
    repository: "shop",
    rules: 240,
    settingsDigest: "s2",
    keep: { keep_days: 90, keep_bytes: 1_073_741_824 },
    now: Date.parse(on(20)),
  });
}

const settings = (at: string, digest: string, table: object, change: object = {}): RecordOf<"settings"> =>
  ({
    ...{ kind: "settings", settings_digest: digest, policy_digest: null, policy: null, fault: null },
    ...{ at, settings: table, ...change },
  }) as unknown as RecordOf<"settings">;

const opened = (at: string, tool: string, rules = 240): Entry & { at: string } => ({
  ...{ kind: "open", segment: "s", tool, rules, rules_digest: `r${rules}`, settings_digest: "s1" },
  ...{ policy_digest: null, heads: {}, at },
});

const RECORDS = [
  opened(on(1), "aura-scan 0.1.0"),
  settings(on(1), "s1", { mask_secrets: true, masks: { jwt: true }, custom_masks: [] }),
  pushEntry({ record_id: "1", at: on(1), redactions: [{ detector: "jwt", count: 2 }] }),
  { kind: "state", record_id: "1", state: "sent", mothership: "beta", error: null, at: on(1) } as const,
  pushEntry({
    record_id: "2",
    at: on(1),
    redactions: [
      { detector: "jwt", count: 1 },
      { detector: "bearer", count: 1 },
    ],
  }),
  blockedEntry({ record_id: "3", at: on(3), rules: ["github-token", "github-token"] }),
  blockedEntry({ record_id: "4", at: on(3), state: "withheld", rules: [], reasons: ["@aura-local"] }),
  settings(on(4), "s2", { mask_secrets: true, masks: { jwt: false }, custom_masks: ["internal-token"] }),
  opened(on(4), "aura-scan 0.2.0", 260),
  { kind: "pull", aura_id: "a", peer_id: "alice", bytes: 340, hash: null, at: on(4) } as const,
  { kind: "scrub", record_id: "2", hash: "ab".repeat(32), reason: "a test token", at: on(5) } as const,
  {
    kind: "anchor",
    segments: [{ segment: "old", head: "0".repeat(64), records: 7, from: on(1), to: on(2) }],
    mac: "m",
    at: on(5),
  } as const,
];

describe("evidence", () => {
  it("counts pushes by verdict, by day, by detector and by Mothership", () => {
    const made = evidence(RECORDS);
    expect(made.pushes).toEqual({
      total: 4,
      states: { sent: 1, cleared: 1, failed: 0, blocked: 1, withheld: 1 },
      bytes: 552,
      bodies: 1,
      units: 1,
      with_redactions: 2,
      redactions: 4,
    });
    expect(made.days.map(({ day, sent, blocked, redactions }) => [day, sent, blocked, redactions])).toEqual([
      ["2026-05-01", 1, 0, 4],
      ["2026-05-02", 0, 0, 0],
      ["2026-05-03", 0, 1, 0],
    ]);
    expect(made.detectors).toEqual([
      { detector: "jwt", redactions: 3, pushes: 2 },
      { detector: "bearer", redactions: 1, pushes: 1 },
    ]);
    expect(made.motherships).toEqual([
      { name: "beta", pushes: 1, bytes: 276 },
      { name: "alpha", pushes: 1, bytes: 276 },
    ]);
  });

  it("tells what was blocked by which rules, what was scrubbed, dropped and pulled, and which versions wrote", () => {
    const made = evidence(RECORDS);
    expect(made.blocked).toEqual([
      expect.objectContaining({ record_id: "3", path: "src/billing.rs", rules: ["github-token"] }),
    ]);
    expect(made.scrubs).toEqual([expect.objectContaining({ record_id: "2", reason: "a test token" })]);
    expect(made.retention).toEqual({
      keep_days: 90,
      keep_bytes: 1_073_741_824,
      dropped: [{ at: on(5), segment: "old", records: 7, from: on(1), to: on(2) }],
    });
    expect(made.pulls).toEqual({ total: 1, bytes: 340 });
    expect(made.versions.map(({ tool, rules }) => [tool, rules])).toEqual([
      ["aura-scan 0.1.0", 240],
      ["aura-scan 0.2.0", 260],
    ]);
    expect(made.window).toEqual({ since: null, until: null, first: on(1), last: on(5) });
  });

  it("of a window holds what lies in it, and what was in force when it began", () => {
    const made = evidence(RECORDS, {
      since: Date.parse(on(3, "00:00:00")),
      until: Date.parse(on(3, "23:59:59")),
    });
    expect([made.pushes.total, made.scrubs, made.pulls.total]).toEqual([2, [], 0]);
    expect(made.versions.map(({ tool }) => tool)).toEqual(["aura-scan 0.1.0"]);
    expect(made.settings.in_force?.settings_digest).toBe("s1");
    expect(made.settings.changes).toEqual([]);
  });
});

describe("settings in time", () => {
  const told = (records: readonly RecordOf<"settings">[]) =>
    settingsIn(records, OPEN, "s2").changes.map(({ at, changed, fault }) => [at, changed, fault]);

  it("are told with each key that changed, its old and its new value", () => {
    const { settings: made } = evidence(RECORDS);
    expect(made.changes.map(({ changed }) => changed)).toEqual([
      [],
      [
        { key: "custom_masks", from: "none", to: "internal-token" },
        { key: "masks.jwt", from: "true", to: "false" },
      ],
    ]);
    expect(made.are_todays).toBe(true);
  });

  it("are told once where several writers say the same", () => {
    expect(told([settings(on(1), "s1", { a: 1 }), settings(on(2), "s1", { a: 1 })])).toHaveLength(1);
  });

  it("that could not be used are told as that, and those after them by what changed since they last could", () => {
    const broken = settings(on(2), "", {}, { fault: "line 3: not TOML" });
    expect(told([settings(on(1), "s1", { a: 1 }), broken, settings(on(3), "s2", { a: 2 })])).toEqual([
      [on(1), [], null],
      [on(2), [], "line 3: not TOML"],
      [on(3), [{ key: "a", from: "1", to: "2" }], null],
    ]);
  });

  it("and a policy that comes, changes or goes", () => {
    const asked = (require_e2e: boolean) => ({ policy_digest: `p${require_e2e}`, policy: { require_e2e } });
    const changes = told([
      settings(on(1), "s1", {}),
      settings(on(2), "s1", {}, asked(false)),
      settings(on(3), "s1", {}, asked(true)),
    ]);
    expect(changes.map(([, changed]) => changed)).toEqual([
      [],
      [{ key: "policy: require_e2e", from: null, to: "false" }],
      [{ key: "policy: require_e2e", from: "false", to: "true" }],
    ]);
  });

  it("of which no record is there are not made up", () => {
    expect(settingsIn([], OPEN, "s2")).toEqual({ in_force: null, are_todays: null, changes: [] });
  });
});

describe("the page", () => {
  it("needs nothing from elsewhere and runs nothing", () => {
    const page = evidencePage(evidence(RECORDS));
    expect(page).not.toMatch(/<script|<link|<img|<iframe|https?:|url\(|@import|\son[a-z]+=/i);
    expect(page).toMatch(/content="default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri/);
    expect(page.match(/<svg /g)).toHaveLength(4);
    expect(page).toMatch(/prefers-color-scheme: dark/);
    expect(page).toMatch(/@media print/);
  });

  it("takes names for text, whatever they hold, and shows nothing that looks like a secret", () => {
    const name = `<script>alert("${githubToken()}")</script>\u202e`;
    const made = evidence([
      pushEntry({ at: on(1), mothership: name, redactions: [{ detector: name, count: 1 }] }),
      blockedEntry({ at: on(1), aura_id: name, path: name, rules: [], reasons: [name] }),
    ]);
    const page = evidencePage(made);
    expect(page).not.toContain("<script");
    expect(page).not.toContain("\u202e");
    expect(page).toContain("&lt;script&gt;");
    expect(
      evidenceFiles(made)
        .map(({ text }) => text)
        .join(""),
    ).not.toContain(githubToken().slice(-10));
  });

  it.each<[string, readonly Entry[], RegExp]>([
    ["no push", [], /No push lies in this time/],
    ["no block", [pushEntry()], /Nothing was blocked/],
    ["no settings", [pushEntry()], /holds no record of the settings/],
  ])("says so in words where there is %s", (_name, entries, words) => {
    expect(evidencePage(evidence(entries))).toMatch(words);
  });

  it("tells a ledger that does not verify before all else", () => {
    const problem = {
      segment: "W-1",
      line: 3,
      what: "changed",
      message: "W-1, line 3: it was changed.",
    } as const;
    const made = evidence(RECORDS);
    const page = evidencePage({
      ...made,
      verification: { ...made.verification, ok: false, problems: [problem] },
    });
    expect(page.indexOf("does not verify")).toBeLessThan(page.indexOf("<h2>"));
    expect(page).toContain("W-1, line 3: it was changed.");
    expect(page).not.toContain("The ledger verifies");
  });

  it("tells how often a clock went back, and how far: nobody's fault, and noted", () => {
    expect(evidencePage(evidence(RECORDS))).toContain(
      "Noted: a clock went back 2 times, by 25 h at most; 3 records written meanwhile have the time of the one before.",
    );
    expect(evidence(RECORDS).verification.clock_back).toEqual({ times: 2, records: 3, most_ms: 90_000_000 });
  });

  it("names once what lies nowhere, and calls what is not set none", () => {
    const nowhere = "(no path in the repository)";
    const entries = [
      settings(on(1), "s1", { baseline: null }),
      blockedEntry({ record_id: "1", at: on(1), aura_id: nowhere, path: nowhere }),
      blockedEntry({ record_id: "2", at: on(1), aura_id: "a::b", path: nowhere }),
    ];
    const page = evidencePage(evidence(entries));
    expect(page).not.toContain("((no path");
    expect(page).toContain("a::b (no path in the repository)");
    expect(evidence(entries).settings.in_force?.settings["baseline"]).toBe("none");
  });

  it("tells what was blocked again and again once, with how often", () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      blockedEntry({ record_id: `R${index}`, at: on(1 + (index % 9)) }),
    );
    const made = evidence(many);
    expect(made.blocked).toHaveLength(500);
    expect(evidencePage(made)).toContain("500 pushes of 1 kind");
  });

  it.each([
    [1, "day", 1],
    [62, "day", 62],
    [63, "week", 9],
    [434, "week", 62],
    [1000, "month", 33],
  ] as const)("draws %d days by %s, in %d columns, and loses no push", (count, words, columns) => {
    const days = Array.from({ length: count }, (_, index) => ({
      day: new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10),
      values: [1, 0],
    }));
    const periods = periodsOf(days);
    expect([periods.words, periods.columns.length]).toEqual([words, columns]);
    expect(periods.columns.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)).toBe(count);
  });
});

describe("the files", () => {
  it("are a page, the same as JSON, and the sums of both", () => {
    const made = evidence(RECORDS);
    const files = evidenceFiles(made);
    const [page, json, sums] = files;
    expect(files.map(({ name }) => name)).toEqual(["evidence.html", "evidence.json", "manifest.sha256"]);
    expect(JSON.parse(json?.text ?? "")).toEqual(made);
    const sumOf = (text = ""): string => createHash("sha256").update(text).digest("hex");
    expect(sums?.text).toBe(`${sumOf(page?.text)}  evidence.html\n${sumOf(json?.text)}  evidence.json\n`);
  });
});
