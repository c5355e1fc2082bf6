import { SEVERITIES } from "../rules/rule.js";
import type { Finding, Bar as HeldTo } from "../scan/finding.js";
import type { Report } from "./report.js";

/** What of a run decides which findings count. */
export type Bar = Pick<Report, "mode" | "fail_on" | "git_blocks_on">;

/** What of a finding decides whether it counts. */
export type Judged = Pick<Finding, "allowed" | "severity" | "confidence" | "wire" | "bar">;

/** Why a finding is told but does not block. */
export type Standing = "blocks" | "allowed" | "below-fail-on" | "low-confidence" | "not-on-the-wire";

/**
 * Whether `finding` blocks a run. It does when nobody allowed it, it is at least as severe as `fail_on`, its
 * confidence is not low, and, where only leaks count (preflight always, every other mode with
 * `git_blocks_on = "leaks"`), Live Sync would have sent it. A finding in a folder with settings of its own is held to those.
 */
export function blocks(finding: Judged, bar: Bar): boolean {
  return standing(finding, bar) === "blocks";
}

/** Whether `finding` blocks, and if not, the first reason why. */
export function standing(finding: Judged, bar: Bar): Standing {
  if (finding.allowed !== null) return "allowed";
  const held = heldTo(finding, bar);
  if (SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(held.fail_on)) return "below-fail-on";
  if (finding.confidence === "low") return "low-confidence";
  const leaksOnly = bar.mode === "preflight" || held.git_blocks_on === "leaks";
  return leaksOnly && finding.wire !== "leak" ? "not-on-the-wire" : "blocks";
}

/** What the finding is held to: its own folder's settings, where these say something else than the report's. */
export function heldTo(finding: Pick<Judged, "bar">, bar: HeldTo): HeldTo {
  return finding.bar ?? bar;
}
