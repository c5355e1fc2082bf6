import { MASK_BLOCK, sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

/** Names that would be something else in one format or another. */
export const HOSTILE = 'a,b:c%d|`e`<f>&"g"\u001b[2J\u202e=h\n::error::i';

/** A report with something of everything that the formats can say, and with names that want to be more than names. */
export const EVERYTHING = sampleReport({
  findings: [
    sampleFinding({
      severity: "low",
      rule: "generic-secret",
      title: "A generic secret",
      path: "docs/b.md",
      unit: null,
      surface: "text",
      wire: "withheld",
    }),
    sampleFinding({
      mask_block: MASK_BLOCK,
      rotate: "See https://example.com/rotate, then wait.",
      docs: "https://example.com/keys",
      related: [
        {
          kind: "partner",
          rule: "client-id",
          title: "Client id",
          start: { line: 3, column: 5 },
          end: { line: 3, column: 9 },
        },
      ],
    }),
    sampleFinding({
      severity: "high",
      path: HOSTILE,
      title: HOSTILE,
      start: { line: 3, column: 5 },
      end: { line: 4, column: 2 },
      fingerprint: "f".repeat(32),
      commit: "0f".repeat(20),
      commit_date: "2026-05-01T10:00:00.000Z",
    }),
    sampleFinding({ severity: "high", rule: "other-token", allowed: "a test", allowed_by: "inline" }),
  ],
  scanned: sampleScanned({
    skipped: [
      { path: "logo.png", reason: "image", incomplete: false },
      { path: HOSTILE, reason: "permission denied", incomplete: true },
    ],
  }),
  notices: ["An allow matches nothing."],
  reasons: ["3 secrets in 3 files"],
});
