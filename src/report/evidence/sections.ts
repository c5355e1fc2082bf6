import { type Cell, escaped, grouped, tableOf, timeWords } from "../page/markup.js";
import { counted, humanBytes } from "../words.js";
import type { Changed, Evidence } from "./evidence.js";

/** A page of more rows is not read; the JSON has them all. */
const MOST_ROWS = 200;

/** What was blocked, and by which rules: a daemon offers the same function again and again, which is told once. */
export function blockedSection({ blocked }: Evidence): string {
  if (blocked.length === 0) return "<h2>Blocked pushes</h2>\n<p>Nothing was blocked.</p>";
  const groups = new Map<string, { first: Blocked; last: Blocked; times: number }>();
  for (const one of blocked) {
    const key = JSON.stringify([one.aura_id, one.path, one.rules, one.rules.length === 0 ? one.reasons : []]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: one, last: one, times: 1 });
    else groups.set(key, { ...group, last: one, times: group.times + 1 });
  }
  const rows = [...groups.values()].map(({ first, last, times }): readonly Cell[] => [
    unitWords(first),
    whyOf(first),
    times,
    minuteWords(first.at),
    minuteWords(last.at),
    last.record_id,
  ]);
  const headings = ["Function", "Rules", "Times", "First (UTC)", "Last (UTC)", "Last record"];
  const count = `${grouped(blocked.length)} pushes of ${counted(groups.size, "kind")} were blocked; the rules are those that found a secret which the mask leaves.`;
  return `<h2>Blocked pushes</h2>\n<p>${count}</p>\n${cutTable(headings, rows, [0, 5])}`;
}

/** `2026-05-01 12:30`, under a heading that says which time that is. */
function minuteWords(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

type Blocked = Evidence["blocked"][number];

/** What names no place has none to add. */
function unitWords({ aura_id, path }: Blocked): string {
  return aura_id === path ? aura_id : `${aura_id} ${path.startsWith("(") ? path : `(${path})`}`;
}

function whyOf({ rules, reasons }: Blocked): string {
  return rules.length > 0 ? rules.join(", ") : reasons.join("; ");
}

/** What was in force, and what changed when. */
export function settingsSection({ settings: { in_force, are_todays, changes } }: Evidence): string {
  if (in_force === null)
    return "<h2>Settings and policy</h2>\n<p>The ledger holds no record of the settings up to the end of this time.</p>";
  const { at, settings, policy, fault, settings_digest, policy_digest } = in_force;
  const today =
    are_todays === true
      ? "They are the settings of the working tree as this was made."
      : "The settings of the working tree are others as this was made.";
  const asked =
    policy === null
      ? "<p>No Mothership's policy was given.</p>"
      : tableOf(["Policy", "Value"], Object.entries(policy), [0, 1]);
  const broken =
    fault === null
      ? ""
      : `<p>The settings could not be used, and every push was blocked: ${escaped(fault)}</p>`;
  const values = Object.entries(settings);
  const timeline = changes.map(({ at: since, changed, fault: broke, settings_digest: digest }) => [
    timeWords(since),
    changed.length === 0 && broke === null ? "first record of this time" : changeWords(changed, broke),
    digest.slice(0, 12),
  ]);
  return `<h2>Settings and policy</h2>
<h3>In force at the end</h3>
<p>Since ${timeWords(at)}. ${today}</p>
<p class="dim">Digest of the settings <code>${escaped(settings_digest)}</code>${policy_digest === null ? "" : `, of the policy <code>${escaped(policy_digest)}</code>`}.</p>
${broken}
${values.length === 0 ? "" : tableOf(["Setting", "Value"], values, [0, 1])}
${asked}
<h3>Changes in this time</h3>
${timeline.length === 0 ? "<p>None.</p>" : cutTable(["When", "What changed", "Digest"], timeline, [2])}`;
}

function changeWords(changed: readonly Changed[], fault: string | null): string {
  const told = changed.map(({ key, from, to }) => `${key}: ${from ?? "not there"} → ${to ?? "not there"}`);
  return [...told, ...(fault === null ? [] : [`could not be used: ${fault}`])].join("; ");
}

/** Which versions of tool and rules wrote. */
export function versionsSection({ versions }: Evidence): string {
  const rows = versions.map(({ at, tool, rules, rules_digest }) => [
    timeWords(at),
    tool,
    rules,
    (rules_digest ?? "").slice(0, 12),
  ]);
  return `<h2>Tool and rules</h2>\n${rows.length === 0 ? "<p>No writer lies in this time.</p>" : cutTable(["From", "Tool", "Rules", "Digest of the rules"], rows, [3])}`;
}

/** How long the ledger is kept, and what was dropped. */
export function retentionSection({ retention: { keep_days, keep_bytes, dropped } }: Evidence): string {
  const days = keep_days === 0 ? "for any time" : `for ${grouped(keep_days)} days`;
  const bytes = keep_bytes === 0 ? "of any size" : `up to ${humanBytes(keep_bytes)}`;
  const rows = dropped.map(({ at, segment, records, from, to }) => [
    timeWords(at),
    segment,
    records,
    timeWords(from),
    timeWords(to),
  ]);
  const list =
    rows.length === 0
      ? "<p>Nothing was dropped so far.</p>"
      : `<p>Each segment that was dropped is signed off by an anchor in the ledger.</p>\n${cutTable(["Dropped", "Segment", "Records", "From", "To"], rows, [1])}`;
  return `<h2>Retention</h2>\n<p>The ledger is kept ${days}, ${bytes}.</p>\n${list}`;
}

/** The bodies whose text was deleted. */
export function scrubSection({ scrubs }: Evidence): string {
  if (scrubs.length === 0) return "<h2>Scrubbed bodies</h2>\n<p>None in this time.</p>";
  const rows = scrubs.map(({ at, record_id, reason }) => [timeWords(at), record_id, reason]);
  return `<h2>Scrubbed bodies</h2>\n<p>The text is gone; record and hash stay, and the chain verifies.</p>\n${cutTable(["When", "Record", "Reason"], rows, [1])}`;
}

/** What git did unseen, because somebody asked for it. */
export function skipSection({ skips }: Evidence): string {
  if (skips.length === 0) return "<h2>Skipped checks</h2>\n<p>No commit or push was let through unseen.</p>";
  const rows = skips.map(({ at, hook, head, commits }) => [
    timeWords(at),
    hook,
    hook === "pre-push" ? commits.join(", ") : head === null ? "the first commit" : `on top of ${head}`,
  ]);
  return `<h2>Skipped checks</h2>\n<p>Let through unseen with <code>AURA_SCAN_SKIP=1</code>. A hook that was passed by with git's own <code>--no-verify</code> leaves no record.</p>\n${cutTable(["When", "Hook", "Commits"], rows, [2])}`;
}

function cutTable(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  codes: readonly number[],
): string {
  const more = rows.length - MOST_ROWS;
  const rest = more > 0 ? `\n<p>And ${grouped(more)} more in the JSON.</p>` : "";
  return tableOf(headings, rows.slice(0, MOST_ROWS), codes) + rest;
}
