import type { Finding } from "../scan/finding.js";
import { adviceOf } from "./advice.js";
import { blocks } from "./blocking.js";
import { ownSettings, settingsWords } from "./own-settings.js";
import type { Report } from "./report.js";
import { primaryLocation, relatedLocations, relatedWords, type SarifObject } from "./sarif-locations.js";
import { LEVELS, saidOr } from "./sarif-rules.js";
import { visible } from "./visible.js";
import { surfaceWords, wireWords } from "./words.js";

/** Our own identity of a finding: the same in every mode and format. */
const FINGERPRINT_KEY = "auraScan/v1";

/** What GitHub knows an alert again by; its upload computes it where a file lacks it, and warns where it differs. */
const LINE_HASH_KEY = "primaryLocationLineHash";

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
    locations: [primaryLocation(finding)],
    ...relatedLocations(finding),
    partialFingerprints: partialFingerprints(finding),
    ...(withSuppressions ? { suppressions: suppressions(finding) } : {}),
    properties: properties(finding, report),
  };
}

/** `](` would make a link of what a hostile name says (section 3.11.6). */
export function plainMessage(text: string, instead: string): string {
  return saidOr(text.replaceAll("](", "] ("), instead);
}

function partialFingerprints({ fingerprint, line_hash }: Finding): SarifObject {
  const hash = saidOr(line_hash ?? "", "");
  return {
    [FINGERPRINT_KEY]: saidOr(fingerprint, "none"),
    ...(hash === "" ? {} : { [LINE_HASH_KEY]: hash }),
  };
}

function message(finding: Finding): string {
  const where = finding.unit === null ? "" : ` in '${visible(finding.unit.aura_id)}'`;
  const surface = surfaceWords(finding.surface);
  const { words: advice, block } = adviceOf(finding);
  const settings = settingsWords(finding);
  const fix =
    block === null ? advice : `${advice.replace(/:$/, "")}: the block is this result's property mask_block.`;
  const said = [
    `${finding.title} '${finding.preview}'${where}${surface === "" ? "" : ` (${surface})`}.`,
    `Live Sync: ${wireWords(finding)}.`,
    fix,
    finding.allowed === null ? "" : `Allowed: ${finding.allowed}`,
    settings === null ? "" : `Settings: ${visible(settings)}.`,
  ];
  const words = plainMessage(said.filter((part) => part !== "").join(" "), "A secret.");
  const related = relatedWords(finding);
  return related === "" ? words : `${words} ${related}`;
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
    fix: finding.fix,
    mask_block: finding.mask_block,
    rotate: finding.rotate,
    allowed_by: finding.allowed_by,
    check: finding.check,
    built: finding.built,
    settings: finding.bar === null ? ownSettings(finding) : finding.settings,
    bar: finding.bar,
    also: finding.also.length === 0 ? null : finding.also.filter((id) => id !== ""),
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  );
}
