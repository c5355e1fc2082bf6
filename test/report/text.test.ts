import { describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { parseToml } from "../../src/toml/document.js";
import { MASK_BLOCK, sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";
import { linesOf, textOf } from "./text-lines.js";

/** Put together, so that this file holds no such comment itself. */
const ALLOW = ["aura-scan", "allow"].join(":");

const FIX = "Take it out of the file: read it from the environment or a secret manager.";

describe("a finding for people", () => {
  it("says what, where, what Live Sync does, what to do, the way out, and the verdict last", () => {
    expect(linesOf(sampleReport({ findings: [sampleFinding({ rotate: "Ask the admin." })] }))).toEqual([
      "src/billing.rs",
      "  critical, blocks: AWS access key ID [aws-access-key-id]",
      "  src/billing.rs:12:16 in fn billing::connect (body)",
      '  12 |     let key = "AKIA…(20)";',
      "     |                ^^^^^^^^^",
      "  wire: would leak",
      "  fingerprint: 0123456789abcdef0123456789abcdef",
      "  rotate: Ask the admin.",
      "  fix: Take it out of the file: read it from the environment or a secret",
      "    manager.",
      "",
      "If src/billing.rs:12:16 is fine as it is, allow this one place: paste this into",
      ".aura/live.toml and say why.",
      "",
      "[[scan.allow]]",
      'fingerprint = "0123456789abcdef0123456789abcdef"',
      'reason = "why this is fine"',
      "",
      "Or put this comment on the line above it, or at the end of its line:",
      "",
      `// ${ALLOW} aws-access-key-id@0123456789ab -- why this is fine`,
      "",
      "Looked at 214 files, 1.2 MB, 31 units with 240 rules in 420 ms.",
      "Blocked: 1 secret in 1 file (1 critical).",
    ]);
  });

  it("takes a line where it neither blocks nor would leak, and all its lines when asked for more", () => {
    const masked = sampleFinding({ severity: "low", wire: "masked", detector: "aws-access-key-id" });
    const report = sampleReport({ findings: [masked], verdict: "allow" });
    expect(linesOf(report).slice(0, 2)).toEqual([
      "Told, but does not block (--verbose tells more):",
      "  src/billing.rs:12:16: low, does not block (below medium): AWS access key ID [aws-access-key-id] AKIA…(20)",
    ]);
    expect(textOf(report, { verbose: true })).toContain("wire: masked by aws-access-key-id");
    expect(textOf(sampleReport({ findings: [{ ...masked, wire: "leak" }] }))).toContain("wire: would leak");
  });

  it("stays readable in 40 columns", () => {
    const lines = linesOf(sampleReport({ findings: [sampleFinding()] }), { width: 40 });
    expect(lines.slice(0, 11)).toEqual([
      "src/billing.rs",
      "  critical, blocks: AWS access key ID",
      "    [aws-access-key-id]",
      "  src/billing.rs:12:16",
      "    in fn billing::connect (body)",
      '  12 |     let key = "AKIA…(20)";',
      "     |                ^^^^^^^^^",
      "  wire: would leak",
      "  fingerprint:",
      "    0123456789abcdef0123456789abcdef",
      "  fix: Take it out of the file: read it",
    ]);
    // The fingerprint and the comment are there to be copied, so they are not broken.
    for (const line of lines.filter((one) => !/^fingerprint|aura-scan:allow/.test(one))) {
      expect(line.length).toBeLessThanOrEqual(40);
    }
  });

  it("takes the room it is given", () => {
    const lines = linesOf(sampleReport({ findings: [sampleFinding()] }), { width: 200 });
    expect(lines).toContain(`  fix: ${FIX}`);
  });

  it.each([0, -5, 1, 20, Number.NaN, Number.POSITIVE_INFINITY])(
    "does not break at a width of %d",
    (width) => {
      expect(linesOf(sampleReport({ findings: [sampleFinding()] }), { width })).toContain("src/billing.rs");
    },
  );

  it.each<readonly [string, Parameters<typeof sampleFinding>[0], string]>([
    ["masked by the detector", { wire: "masked", detector: "jwt" }, "  wire: masked by jwt"],
    ["withheld", { wire: "withheld" }, "  wire: withheld"],
    ["a leak that a detector missed", { detector: "jwt" }, "  wire: would leak, jwt should mask it"],
    ["in a signature", { surface: "signature" }, "  src/billing.rs:12:16 in fn billing::connect (signature)"],
    ["outside of units", { unit: null, surface: "text" }, "  src/billing.rs:12:16"],
    ["in a comment outside of units", { unit: null, surface: "comment" }, "  src/billing.rs:12:16 (comment)"],
    [
      "in a marked unit",
      { unit: { aura_id: "a::b", name: "b", marker: "@aura-local" } },
      "  src/billing.rs:12:16 in fn a::b (body, @aura-local)",
    ],
    ["in a commit", { commit: "0123456789abcdef".repeat(3) }, "  commit: 0123456789ab"],
    ["in a push", { push: "r-17" }, "  push: r-17"],
    [
      "below the bar",
      { severity: "low" },
      "  low, does not block (below medium): AWS access key ID [aws-access-key-id]",
    ],
    ["unsure", { confidence: "low" }, "  critical, does not block (low confidence): AWS access key ID"],
  ])("tells where it is and what becomes of it: %s", (_name, change, line) => {
    expect(linesOf(sampleReport({ findings: [sampleFinding(change)] }))).toContain(line);
  });

  it.each([
    ["apart from the fix", `${FIX} To close the leak, paste this into .aura/live.toml:`],
    ["at the fix's end", `${FIX} To close the leak, paste this into .aura/live.toml:\n\n${MASK_BLOCK}`],
  ])("prints a mask block as it is, at the margin: %s", (_name, fix) => {
    const text = textOf(sampleReport({ findings: [sampleFinding({ fix, mask_block: MASK_BLOCK })] }), {
      width: 30,
    });
    expect(text).toContain(`\n\n${MASK_BLOCK}\n\n`);
    expect(text.split(MASK_BLOCK)).toHaveLength(2);
  });

  it("tells what to do once for each value and names the other places", () => {
    const at = (path: string, line: number) =>
      sampleFinding({
        path,
        start: { line, column: 3 },
        end: { line, column: 23 },
        rotate: "Ask the admin.",
      });
    const lines = linesOf(sampleReport({ findings: [at("a.rs", 1), at("b c.rs", 2), at("b c.rs", 9)] }));
    expect(lines).toContain("  same value: as secret 1, also at b c.rs:2:3, b c.rs:9:3");
    expect(lines.filter((line) => line === "  same value: as secret 1 at a.rs:1:3")).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith("  fix:"))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith("  rotate:"))).toHaveLength(1);
    expect(lines.at(-1)).toBe("Blocked: 1 secret in 2 files (1 critical).");
  });

  it("tells it again where another place of the value asks for something else", () => {
    const other = sampleFinding({ surface: "identifier", fix: "Rename it." });
    const lines = linesOf(sampleReport({ findings: [sampleFinding(), other] }));
    expect(lines).toContain("  fix: Rename it.");
  });

  it("groups by file and prints the way out once", () => {
    const findings = [
      sampleFinding(),
      sampleFinding({ secret: 2 }),
      sampleFinding({ path: "z.rs", secret: 3 }),
    ];
    const lines = linesOf(sampleReport({ findings }));
    expect(lines.filter((line) => line === "src/billing.rs" || line === "z.rs")).toHaveLength(2);
    expect(lines.filter((line) => line === "[[scan.allow]]")).toHaveLength(1);
    expect(lines).toContain(
      ".aura/live.toml and say why. Another place has its own fingerprint, told above.",
    );
  });

  it("cannot be made to draw on the terminal", () => {
    const evil = "a\u001b[2J\nb\u202e";
    const text = textOf(
      sampleReport({
        findings: [
          sampleFinding({
            path: evil,
            title: evil,
            rule: evil,
            fix: evil,
            rotate: evil,
            mask_block: evil,
            detector: evil,
            push: evil,
            unit: { aura_id: evil, name: evil, marker: null },
            excerpt: { text: evil, caret: { start: 0, end: 1 } },
          }),
        ],
        notices: [evil],
        reasons: [evil],
        scanned: sampleScanned({ skipped: [{ path: evil, reason: evil, incomplete: true }] }),
      }),
      { verbose: true },
    );
    expect(text).not.toContain("\u001b");
    expect(text).not.toContain("\u202e");
    expect(text.startsWith("a\\u{1b}[2J\\nb\\u{202e}\n")).toBe(true);
  });
});

describe("the narrow way out", () => {
  it("works as it is printed, and names the first finding that blocks", () => {
    const low = sampleFinding({ severity: "low", fingerprint: "a".repeat(32) });
    const high = sampleFinding({ fingerprint: "b".repeat(32), secret: 2 });
    const lines = linesOf(sampleReport({ findings: [low, high] }), { width: 20 });
    const start = lines.indexOf("[[scan.allow]]");
    const pasted = parseToml(lines.slice(start, start + 3).join("\n"), ".aura/live.toml");
    expect(pasted.root).toEqual({
      scan: { allow: [{ fingerprint: "b".repeat(32), reason: "why this is fine" }] },
    });
  });

  it.each<readonly [string, Partial<Report>]>([
    ["where nothing blocks", { findings: [sampleFinding({ severity: "low" })], verdict: "allow" }],
    ["on the wire", { findings: [sampleFinding()], mode: "preflight" }],
  ])("is not offered %s", (_name, change) => {
    expect(linesOf(sampleReport(change))).not.toContain("[[scan.allow]]");
  });

  it("never names --no-verify", () => {
    expect(textOf(sampleReport({ findings: [sampleFinding()] }), { verbose: true })).not.toContain(
      "no-verify",
    );
  });
});
