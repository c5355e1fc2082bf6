import type { Finding } from "../scan/finding.js";
import { settingsWords } from "./own-settings.js";
import { plainJson } from "./plain-json.js";
import type { Report } from "./report.js";
import { findingsToTell, type Selection } from "./selection.js";

/** What stands for a secret where a reader of this format expects one. */
const REDACTED = "REDACTED";

/**
 * The findings in the shape of gitleaks' JSON report, for tools that read that: an array, empty if nothing was found.
 * It says nothing of what was not read; what the format has and a report does not hold is empty.
 */
export function renderGitleaks(report: Report, options: Selection): string {
  return `${plainJson(findingsToTell(report, options).map(entry), 1)}\n`;
}

function entry(finding: Finding): object {
  const { rule, title, start, end, path, commit, commit_date, fingerprint, severity, confidence } = finding;
  const settings = settingsWords(finding);
  return {
    RuleID: rule,
    Description: title,
    StartLine: start.line,
    EndLine: end.line,
    StartColumn: start.column,
    // That of the last character.
    EndColumn: Math.max(1, end.column - 1),
    Match: REDACTED,
    Secret: REDACTED,
    File: path,
    SymlinkFile: "",
    Commit: commit ?? "",
    Entropy: 0,
    Author: "",
    Email: "",
    Date: commit_date ?? "",
    Message: "",
    Tags: [
      `severity:${severity}`,
      `confidence:${confidence}`,
      `aura-scan:${fingerprint}`,
      ...(settings === null ? [] : [`settings:${settings}`]),
    ],
    Fingerprint: [...(commit === null ? [] : [commit]), path, rule, start.line].join(":"),
  };
}
