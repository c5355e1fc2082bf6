import { describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { MASK_BLOCK, sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";
import { linesOf, textOf } from "./text-lines.js";

const UNREAD = { path: "locked.env", reason: "permission denied", incomplete: true };
const IMAGE = { path: "logo.png", reason: "image", incomplete: false };
const NOTHING = { files: 0, units: 0, bytes: 0 };

describe("the verdict in plain words", () => {
  it.each<readonly [string, Partial<Report>, readonly string[]]>([
    ["nothing found", {}, ["Nothing found in 214 files, 1.2 MB, 31 units with 240 rules in 420 ms."]],
    [
      "nothing found and something skipped",
      {
        scanned: sampleScanned({
          skipped: [IMAGE, IMAGE, { ...IMAGE, reason: "archive" }],
          commits: 3,
          pushes: 1,
        }),
      },
      [
        "Nothing found in 214 files, 1.2 MB, 31 units, 3 commits, 1 push with 240 rules in 420 ms; 3 skipped: image (2), archive (1).",
      ],
    ],
    [
      "nothing to look at",
      { scanned: sampleScanned(NOTHING), reasons: ["Nothing to look at: no file is staged"] },
      ["Nothing to look at: no file is staged."],
    ],
    ["nothing to look at, and nobody says why", { scanned: sampleScanned(NOTHING) }, ["Nothing to look at."]],
    [
      "only things that are skipped",
      { scanned: sampleScanned({ ...NOTHING, skipped: [IMAGE] }), reasons: ["nothing was read"] },
      ["Nothing was read. 1 skipped: image (1)."],
    ],
    [
      "incomplete",
      {
        verdict: "incomplete",
        reasons: ["one thing was not read"],
        scanned: sampleScanned({ skipped: [UNREAD] }),
      },
      [
        "Not read, though asked for:",
        "  locked.env: permission denied",
        "",
        "Looked at 214 files, 1.2 MB, 31 units with 240 rules in 420 ms; 1 skipped: permission denied (1).",
        "Incomplete: one thing was not read; this blocks because what was not read may hold a secret; --allow-incomplete lets it pass.",
      ],
    ],
    [
      "let pass although incomplete",
      { reasons: ["one thing was not read; allowed by --allow-incomplete"] },
      [
        "Nothing found in 214 files, 1.2 MB, 31 units with 240 rules in 420 ms. One thing was not read; allowed by --allow-incomplete.",
      ],
    ],
    [
      "allowed findings only",
      { findings: [sampleFinding({ allowed: "a test" })], verdict: "allow" },
      [
        "Nothing found but what is allowed in 214 files, 1.2 MB, 31 units with 240 rules in 420 ms; 1 finding allowed.",
      ],
    ],
    [
      "blocked for a reason that is no finding",
      { verdict: "block", reasons: ["the policy asks for e2e"] },
      [
        "Looked at 214 files, 1.2 MB, 31 units with 240 rules in 420 ms.",
        "Blocked: the policy asks for e2e.",
      ],
    ],
    [
      "with a notice",
      { notices: ["Both markers are used."] },
      [
        "Note: Both markers are used.",
        "",
        "Nothing found in 214 files, 1.2 MB, 31 units with 240 rules in 420 ms.",
      ],
    ],
  ])("%s", (_name, change, lines) => {
    expect(linesOf(sampleReport(change), { width: 200 })).toEqual(lines);
  });

  it.each<readonly [string, Partial<Report>, string]>([
    [
      "findings that are told only",
      {
        findings: [sampleFinding({ severity: "low" }), sampleFinding({ confidence: "low" })],
        verdict: "allow",
      },
      "Nothing blocks: 2 findings are told only (1 below medium, 1 of low confidence).",
    ],
    [
      "leaks by severity, and what the mask takes care of",
      {
        git_blocks_on: "leaks",
        findings: [
          sampleFinding(),
          sampleFinding({ secret: 2, severity: "high" }),
          sampleFinding({ wire: "masked" }),
        ],
      },
      "Blocked: 2 leaks in 1 file (1 critical, 1 high); 1 finding is told only (1 masked or withheld).",
    ],
    [
      "a value by its worst place",
      { findings: [sampleFinding({ severity: "medium" }), sampleFinding({ severity: "high" })] },
      "Blocked: 1 secret in 1 file (1 high).",
    ],
    [
      "findings and what was not read, without the gate's own count",
      {
        findings: [sampleFinding()],
        reasons: ["1 secret in 1 file of severity medium or above", "one thing was not read"],
      },
      "Blocked: 1 secret in 1 file (1 critical). One thing was not read.",
    ],
  ])("ends with %s", (_name, change, line) => {
    expect(linesOf(sampleReport(change), { width: 200 }).at(-1)).toBe(line);
  });
});

describe("verbose and quiet", () => {
  it("verbose tells allowed findings, everything skipped, fingerprints and where the rules came from", () => {
    const findings = [sampleFinding({ allowed: "a test", allowed_by: "inline", also: ["generic-secret"] })];
    const report = sampleReport({ findings, verdict: "allow", scanned: sampleScanned({ skipped: [IMAGE] }) });
    expect(linesOf(report)).not.toContain("  allowed (inline): a test");
    const lines = linesOf(report, { verbose: true });
    for (const line of [
      "  critical, allowed: AWS access key ID [aws-access-key-id]",
      "  allowed (inline): a test",
      "  fingerprint: 0123456789abcdef0123456789abcdef",
      "  also matched by: generic-secret",
      "  logo.png: image",
      "Rules from rules/default.toml: 240.",
    ]) {
      expect(lines).toContain(line);
    }
  });

  it.each<readonly [string, Partial<Report>]>([
    ["nothing found", {}],
    ["only findings that do not block", { findings: [sampleFinding({ severity: "low" })], verdict: "allow" }],
  ])("quiet says nothing on success: %s", (_name, change) => {
    expect(textOf(sampleReport(change), { quiet: true })).toBe("");
  });

  it("quiet is no false all-clear: it says what was not read", () => {
    const report = sampleReport({ scanned: sampleScanned({ skipped: [UNREAD] }) });
    expect(textOf(report, { quiet: true })).toContain("skipped: permission denied (1)");
  });

  it("quiet tells what blocks on a line each, and the verdict", () => {
    const findings = [sampleFinding(), sampleFinding({ severity: "low", secret: 2 })];
    expect(linesOf(sampleReport({ findings }), { quiet: true, width: 200 })).toEqual([
      "src/billing.rs:12:16: critical, blocks: AWS access key ID [aws-access-key-id] AKIA…(20)",
      "Blocked: 1 secret in 1 file (1 critical); 1 finding is told only (1 below medium).",
    ]);
  });

  it("quiet is no false all-clear: it says that there was nothing to look at", () => {
    const report = sampleReport({
      scanned: sampleScanned(NOTHING),
      reasons: ["Nothing to look at: no file is staged"],
    });
    expect(textOf(report, { quiet: true })).toBe("Nothing to look at: no file is staged.\n");
  });
});

describe("colour", () => {
  it("changes nothing but colour, and leaves blocks to be copied whole", () => {
    const report = sampleReport({
      findings: [sampleFinding({ mask_block: MASK_BLOCK }), sampleFinding({ severity: "low", secret: 2 })],
      scanned: sampleScanned({ skipped: [UNREAD] }),
      notices: ["Both markers are used."],
    });
    const colored = textOf(report, { color: true });
    const plain = textOf(report);
    const esc = String.fromCharCode(27);
    expect(plain).not.toContain(esc);
    expect(colored).toContain(`${esc}[31m`);
    expect(colored.replace(new RegExp(`${esc}\\[[0-9;]*m`, "g"), "")).toBe(plain);
  });
});
