import type { Finding } from "../scan/finding.js";
import { adviceOf } from "./advice.js";
import { blocks } from "./blocking.js";
import type { Report } from "./report.js";
import { LEVELS, saidOr } from "./sarif-rules.js";
import { visible, wellFormed } from "./visible.js";
import { surfaceWords, wireWords } from "./words.js";

/** The base of every `uri`; declared in `originalUriBaseIds` with a description only, since a machine's path is nobody's business. */
export const BASE_ID = "%SRCROOT%";

/** Our private key: GitHub's upload computes `primaryLocationLineHash` itself, and warns where another tool's differs. */
const FINGERPRINT_KEY = "auraScan/v1";

export type SarifObject = { readonly [key: string]: unknown };

/** One result (SARIF 2.1.0, section 3.27). `ruleIds` are the run's rules in order. */
export function sarifResult(
  finding: Finding,
  report: Report,
  ruleIds: ReadonlyMap<string, number>,
  withSuppressions: boolean,
): SarifObject {
  return {
    ruleId: saidOr(finding.rule, "unnamed-rule"),
    ruleIndex: ruleIds.get(finding.rule) ?? -1,
    level: LEVELS[finding.severity],
    message: { text: message(finding) },
    locations: [location(finding)],
    partialFingerprints: { [FINGERPRINT_KEY]: saidOr(finding.fingerprint, "none") },
    ...(withSuppressions ? { suppressions: suppressions(finding) } : {}),
    properties: properties(finding, report),
  };
}

/** A place in a file, relative to the root. */
export function artifactLocation(path: string): SarifObject {
  const uri = wellFormed(path)
    .split("/")
    .filter((segment) => segment !== "")
    .map(encodeURIComponent)
    .join("/");
  return { uri: uri === "" ? "." : uri, uriBaseId: BASE_ID };
}

/** `](` would make a link of what a hostile name says (section 3.11.6). */
export function plainMessage(text: string, instead: string): string {
  return saidOr(text.replaceAll("](", "] ("), instead);
}

function message(finding: Finding): string {
  const where = finding.unit === null ? "" : ` in '${visible(finding.unit.aura_id)}'`;
  const surface = surfaceWords(finding.surface);
  const { words, block } = adviceOf(finding);
  const fix =
    block === null ? words : `${words.replace(/:$/, "")}: the block is this result's property mask_block.`;
  const said = [
    `${finding.title} '${finding.preview}'${where}${surface === "" ? "" : ` (${surface})`}.`,
    `Live Sync: ${wireWords(finding)}.`,
    fix,
    finding.allowed === null ? "" : `Allowed: ${finding.allowed}`,
  ];
  return plainMessage(said.filter((part) => part !== "").join(" "), "A secret.");
}

function location(finding: Finding): SarifObject {
  const name = visible(finding.unit?.aura_id ?? "").trim();
  return {
    physicalLocation: { artifactLocation: artifactLocation(finding.path), region: region(finding) },
    ...(name === "" ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: "function" }] }),
  };
}

/** From 1, in UTF-16 units, end exclusive; GitHub refuses a whole file for one column 0 or an end before its start. */
function region({ start, end }: Finding): SarifObject {
  const startLine = Math.max(1, start.line);
  const startColumn = Math.max(1, start.column);
  const endLine = Math.max(startLine, end.line);
  const least = endLine === startLine ? startColumn : 1;
  return { startLine, startColumn, endLine, endColumn: Math.max(least, end.column) };
}

/** On every result or on none (section 3.27.23): an empty list says that nobody suppressed it. */
function suppressions({ allowed, allowed_by }: Finding): readonly SarifObject[] {
  if (allowed === null) return [];
  const kind = allowed_by === "inline" ? "inSource" : "external";
  return [{ kind, status: "accepted", justification: saidOr(allowed, "allowed") }];
}

function properties(finding: Finding, report: Report): SarifObject {
  const said = {
    severity: finding.severity,
    confidence: finding.confidence,
    surface: finding.surface,
    wire: finding.wire,
    blocks: blocks(finding, report),
    secret: finding.secret,
    preview: finding.preview,
    detector: finding.detector,
    aura_id: finding.unit?.aura_id,
    marker: finding.unit?.marker,
    commit: finding.commit,
    commit_date: finding.commit_date,
    at_head: finding.at_head,
    push: finding.push,
    pushed: finding.pushed,
    mask_block: finding.mask_block,
    allowed_by: finding.allowed_by,
    check: finding.check,
    built: finding.built,
    also: finding.also.length === 0 ? null : finding.also.filter((id) => id !== ""),
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  );
}
