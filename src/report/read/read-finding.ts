import { SEVERITIES } from "../../rules/rule.js";
import type { Bar, Finding, Pushed, Related } from "../../scan/finding.js";
import type { Reader } from "./json-reader.js";
import { SOME } from "./json-reader.js";
import { COMMIT, FINGERPRINT, LINE_HASH, RELATIVE_PATH, TIME } from "./shapes.js";

export const MARKERS = ["@aura-local", "@aura-public"] as const;

/** A finding as a report holds it; its excerpt, which is never written, is empty. Throws `ReportFault`. */
export function readFinding(finding: Reader): Finding {
  const start = readPosition(finding.object("start"));
  const end = readPosition(finding.object("end"));
  if (end.line < start.line || (end.line === start.line && end.column < start.column))
    throw finding.fault("end", "lies before start");
  return {
    fingerprint: finding.text("fingerprint", FINGERPRINT),
    rule: finding.text("rule", SOME),
    title: finding.text("title", SOME),
    severity: finding.oneOf("severity", SEVERITIES),
    confidence: finding.oneOf("confidence", ["low", "medium", "high"]),
    path: finding.text("path", RELATIVE_PATH),
    start,
    end,
    unit: readUnit(finding.objectOrNull("unit")),
    surface: finding.oneOf("surface", ["body", "signature", "identifier", "comment", "text"]),
    wire: finding.oneOf("wire", ["leak", "masked", "withheld"]),
    detector: finding.textOrNull("detector"),
    preview: finding.text("preview", SOME),
    // These were added to the schema later on.
    check: finding.has("check") ? finding.textOrNull("check") : null,
    built: finding.has("built") ? finding.textOrNull("built") : null,
    related: finding.has("related") ? finding.objects("related", readRelated) : [],
    line_hash: finding.has("line_hash") ? finding.textOrNull("line_hash", LINE_HASH) : null,
    docs: finding.has("docs") ? finding.textOrNull("docs") : null,
    settings: finding.has("settings") ? finding.textOrNull("settings", RELATIVE_PATH) : null,
    bar: finding.has("bar") ? readBar(finding.objectOrNull("bar")) : null,
    commit: finding.textOrNull("commit", COMMIT),
    commit_date: finding.has("commit_date") ? finding.textOrNull("commit_date", TIME) : null,
    at_head: finding.has("at_head") ? finding.flagOrNull("at_head") : null,
    push: finding.textOrNull("push"),
    pushed: finding.has("pushed") ? readPushed(finding.objectOrNull("pushed")) : null,
    fix: finding.text("fix"),
    mask_block: finding.textOrNull("mask_block"),
    rotate: finding.textOrNull("rotate"),
    secret: finding.count("secret", 1),
    also: finding.texts("also"),
    allowed: finding.textOrNull("allowed"),
    allowed_by: finding.has("allowed_by")
      ? finding.oneOfOrNull("allowed_by", ["inline", "settings", "baseline"])
      : null,
    excerpt: { text: "", caret: { start: 0, end: 0 } },
  };
}

function readRelated(related: Reader): Related {
  return {
    kind: related.oneOf("kind", ["partner", "piece"]),
    rule: related.textOrNull("rule"),
    title: related.textOrNull("title"),
    start: readPosition(related.object("start")),
    end: readPosition(related.object("end")),
  };
}

function readBar(bar: Reader | null): Bar | null {
  if (bar === null) return null;
  return {
    fail_on: bar.oneOf("fail_on", SEVERITIES),
    git_blocks_on: bar.oneOf("git_blocks_on", ["secrets", "leaks"]),
  };
}

function readPosition(position: Reader): Finding["start"] {
  return { line: position.count("line", 1), column: position.count("column", 1) };
}

function readUnit(unit: Reader | null): Finding["unit"] {
  if (unit === null) return null;
  return {
    aura_id: unit.text("aura_id"),
    name: unit.text("name"),
    marker: unit.oneOfOrNull("marker", MARKERS),
  };
}

function readPushed(pushed: Reader | null): Pushed | null {
  if (pushed === null) return null;
  return {
    at: pushed.text("at", TIME),
    last_at: pushed.text("last_at", TIME),
    times: pushed.count("times", 1),
    motherships: pushed.texts("motherships"),
    sent: pushed.flag("sent"),
  };
}
