import { SEVERITIES } from "../../rules/rule.js";
import { blocks } from "../blocking.js";
import type { Report, Skipped } from "../report.js";
import { type Reader, ReportFault, readerOf, SOME } from "./json-reader.js";
import { readFinding } from "./read-finding.js";
import { readShardPart } from "./read-shard-part.js";
import { TIME } from "./shapes.js";

const MODES = ["staged", "tree", "range", "since", "pre-push", "preflight", "stdin"] as const;
const VERDICTS = ["allow", "block", "incomplete"] as const;

/**
 * The report that `text` is (`aura-scan/report/1`, schema/report-1.json), all of it checked, and its verdict held against its own
 * findings; fields that a later version added are let be. Throws `ReportFault`.
 */
export function readReport(text: string): Report {
  const whole = readerOf(parsed(text), "");
  const schema = whole.oneOf("schema", ["aura-scan/report/1"]);
  const tool = whole.object("tool");
  const report: Report = {
    schema,
    tool: {
      name: tool.oneOf("name", ["aura-scan"]),
      version: tool.text("version", SOME),
      rules: tool.count("rules", 1),
    },
    mode: whole.oneOf("mode", MODES),
    started_at: readMoment(whole, "started_at"),
    duration_ms: whole.number("duration_ms"),
    fail_on: whole.oneOf("fail_on", SEVERITIES),
    git_blocks_on: whole.oneOf("git_blocks_on", ["secrets", "leaks"]),
    rule_files: whole.objects("rule_files", (file) => ({
      file: file.text("file"),
      rules: file.count("rules"),
    })),
    scanned: readScanned(whole.object("scanned")),
    findings: whole.objects("findings", readFinding),
    notices: whole.texts("notices"),
    // Added to the schema later on.
    category: whole.has("category") ? whole.textOrNull("category", SOME) : null,
    verdict: whole.oneOf("verdict", VERDICTS),
    reasons: whole.texts("reasons", SOME),
    ...(whole.has("shard") ? { shard: readShardPart(whole.object("shard")) } : {}),
  };
  refuseFalseVerdict(report);
  refuseUnmarked(report);
  return report;
}

function parsed(text: string): unknown {
  try {
    // What stands in the file is not repeated, as V8's message would.
    return JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  } catch {
    throw new ReportFault("it is not JSON: cut off, or not made by --report json");
  }
}

/** A time that stands in a calendar: other times are reckoned with it. */
function readMoment(reader: Reader, key: string): string {
  const time = reader.text(key, TIME);
  if (Number.isNaN(Date.parse(time))) throw reader.fault(key, TIME.words);
  return time;
}

function readScanned(scanned: Reader): Report["scanned"] {
  return {
    files: scanned.count("files"),
    // Not there in the first reports of this schema.
    cached: scanned.has("cached") ? scanned.count("cached") : 0,
    units: scanned.count("units"),
    bytes: scanned.count("bytes"),
    commits: scanned.count("commits"),
    pushes: scanned.count("pushes"),
    skipped: scanned.objects(
      "skipped",
      (item): Skipped => ({
        path: item.text("path"),
        reason: item.text("reason", SOME),
        incomplete: item.flag("incomplete"),
      }),
    ),
  };
}

/** A report that says `allow` over what blocks was changed by somebody, and would pass for an all-clear. */
function refuseFalseVerdict(report: Report): void {
  const { verdict, findings, reasons, scanned } = report;
  const first = findings.findIndex((finding) => blocks(finding, report));
  const fault = (what: string) => new ReportFault(`verdict is ${verdict}, but ${what}`);
  if (verdict === "block" && first === -1) throw fault("none of the findings blocks");
  if (verdict !== "block" && first !== -1) throw fault(`findings[${first}] blocks`);
  const unread = scanned.skipped.findIndex((item) => item.incomplete);
  if (verdict === "incomplete" && unread === -1) throw fault("nothing under scanned.skipped is incomplete");
  if (verdict !== "allow") return;
  if (unread !== -1 && reasons.length === 0)
    throw fault(`scanned.skipped[${unread}] is incomplete, and no reason says that this was allowed`);
  if (scanned.files + scanned.pushes === 0 && reasons.length === 0)
    throw fault("nothing was read, and no reason says so");
}

function refuseUnmarked({ findings, shard }: Report): void {
  if (shard === undefined) return;
  const first = findings.findIndex(({ secret }) => secret > shard.values.length);
  if (first !== -1) throw new ReportFault(`findings[${first}].secret has no mark in shard.values`);
}
