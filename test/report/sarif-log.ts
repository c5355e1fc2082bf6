import type { Report } from "../../src/report/report.js";
import { renderSarif } from "../../src/report/sarif.js";
import { MASK_BLOCK, sampleFinding, sampleReport, sampleScanned } from "./sample-report.js";

/** A report with something of everything that SARIF can say. */
export const FULL = sampleReport({
  findings: [
    sampleFinding({ severity: "low", rule: "generic-secret", title: "A generic secret", also: ["x"] }),
    sampleFinding({ rotate: "See https://example.com/rotate_keys, then wait.", mask_block: MASK_BLOCK }),
    sampleFinding({
      severity: "medium",
      rule: "api-token",
      unit: null,
      surface: "text",
      path: "docs/a b#1%.md",
    }),
    sampleFinding({ severity: "high", rule: "other-token", allowed: "a test", secret: 2 }),
  ],
  scanned: sampleScanned({
    skipped: [
      { path: "logo.png", reason: "image", incomplete: false },
      { path: "locked.env", reason: "permission denied", incomplete: true },
    ],
  }),
  notices: ["An allow matches nothing."],
});

type SarifRule = {
  id: string;
  name: string;
  helpUri?: string;
  fullDescription: { text: string };
  help: { text: string; markdown: string };
  properties: { "security-severity": string; precision: string; tags: string[] };
};
type SarifNote = {
  descriptor: { id: string; index: number };
  level: string;
  message: { text: string };
  locations?: unknown;
};

/** The parts of the SARIF log of `report`. */
export function sarifOf(report: Report) {
  const [run] = JSON.parse(renderSarif(report, { includeAllowed: false })).runs;
  const rules: readonly SarifRule[] = run.tool.driver.rules;
  const notes: readonly SarifNote[] = run.invocations[0].toolExecutionNotifications;
  return { run, rules, notes };
}
