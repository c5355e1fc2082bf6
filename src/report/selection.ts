import { SEVERITIES } from "../rules/rule.js";
import type { Finding } from "../scan/finding.js";
import { blocks } from "./blocking.js";
import type { Report } from "./report.js";

/** What of a report a format for machines shall tell. */
export type Selection = {
  /**
   * Allowed findings too, marked as such where the format knows how. GitHub opens an alert for each all the same, and
   * others count them, so not by default.
   */
  readonly includeAllowed: boolean;
};

/** The findings that are asked for, in the report's order. */
export function findingsToTell({ findings }: Report, { includeAllowed }: Selection): readonly Finding[] {
  return includeAllowed ? findings : findings.filter(({ allowed }) => allowed === null);
}

/** The same findings, the most severe first. */
export function mostSevereFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => rank(b) - rank(a));
}

/** What nobody allowed, what blocks first and then the most severe: for a list that is cut. */
export function mostUrgentFirst(report: Report): readonly Finding[] {
  const counting = mostSevereFirst(findingsToTell(report, { includeAllowed: false }));
  const blocking = new Set(counting.filter((finding) => blocks(finding, report)));
  return [...blocking, ...counting.filter((finding) => !blocking.has(finding))];
}

function rank({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}
