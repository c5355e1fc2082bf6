import { SEVERITIES } from "../../rules/rule.js";
import type { Finding } from "../../scan/finding.js";
import { adviceOf, allowBlock } from "../advice.js";
import { heldTo, standing } from "../blocking.js";
import { settingsWords } from "../own-settings.js";
import { escaped, timeWords } from "../page/markup.js";
import type { Report } from "../report.js";
import { placeOf } from "../text-finding.js";
import { counted, standingWords, surfaceWords, wireWords } from "../words.js";

/** One finding: its line, and all that is told of it behind that. */
export function findingItem(finding: Finding, folder: string, places: number, report: Report): string {
  const { severity, rule, title, commit_date } = finding;
  const stands = standing(finding, report);
  const data = [
    ["severity", severity],
    ["rank", String(SEVERITIES.indexOf(severity))],
    ["standing", stands],
    ["rule", rule],
    ["folder", folder],
    ["time", commit_date ?? ""],
  ];
  const attributes = data.map(([name = "", value = ""]) => ` data-${name}="${escaped(value)}"`).join("");
  const rest = [
    standingWords(stands, heldTo(finding, report).fail_on),
    wireWords(finding),
    ...dateOf(commit_date),
    finding.preview,
  ];
  return `<li${attributes}><details><summary><span class="severity is-${severity}">${severity}</span><span>${escaped(title)} <code>${escaped(rule)}</code></span><span class="rest place">${escaped(placeOf(finding))}</span><span class="rest dim">${rest.map(escaped).join(" · ")}</span></summary>
<dl>${fieldsOf(finding, places).join("")}</dl></details></li>`;
}

function dateOf(commitDate: string | null): readonly string[] {
  return commitDate === null ? [] : [commitDate.slice(0, 10)];
}

function fieldsOf(finding: Finding, places: number): readonly string[] {
  const { unit, surface, pushed } = finding;
  const advice = adviceOf(finding);
  const within = [unit?.aura_id, surfaceWords(surface), unit?.marker].filter(
    (part) => part !== undefined && part !== null && part !== "",
  );
  return [
    ...field("fix", advice.words),
    ...block(advice.block),
    ...field("rotate", finding.rotate),
    ...field("function", within.join(", ")),
    ...field("settings", settingsWords(finding)),
    ...field("check", finding.check),
    ...field("built by", finding.built),
    ...field("commit", commitWords(finding)),
    ...field("push", pushed === null ? finding.push : `${finding.push}, ${counted(pushed.times, "time")}`),
    ...field("allowed", finding.allowed === null ? null : `${finding.allowed_by ?? ""}: ${finding.allowed}`),
    ...field(
      "same value",
      places < 2 ? null : `secret ${finding.secret} of this report, in ${places} places`,
    ),
    ...field("also", finding.also.join(", ")),
    ...field("sure", `${finding.confidence} confidence`),
    ...(finding.allowed === null && finding.push === null
      ? block(allowBlock(finding.fingerprint), "to allow")
      : []),
    ...(finding.allowed === null && finding.push === null ? [] : field("fingerprint", finding.fingerprint)),
  ];
}

function commitWords({ commit, commit_date, at_head }: Finding): string | null {
  if (commit === null) return null;
  const date = commit_date === null ? "" : ` of ${timeWords(commit_date)}`;
  return `${commit}${date}${at_head === null ? "" : at_head ? ", still at HEAD" : ", no longer at HEAD"}`;
}

function field(name: string, text: string | null): readonly string[] {
  return text === null || text === "" ? [] : [`<dt>${name}</dt><dd>${escaped(text)}</dd>`];
}

/** What is to be pasted somewhere. */
function block(text: string | null, name = "mask"): readonly string[] {
  if (text === null) return [];
  const lines = text.split("\n").map(escaped).join("\n");
  return [`<dt>${name}</dt><dd><pre>${lines}</pre></dd>`];
}
