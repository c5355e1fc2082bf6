import { barChart, columnChart } from "../page/charts.js";
import { documentOf } from "../page/document.js";
import { escaped, grouped, tableOf, timeWords } from "../page/markup.js";
import { periodsOf } from "../page/periods.js";
import { clockBackWords } from "../pushes/clock-back.js";
import { humanBytes } from "../words.js";
import type { Evidence } from "./evidence.js";
import {
  blockedSection,
  retentionSection,
  scrubSection,
  settingsSection,
  skipSection,
  versionsSection,
} from "./sections.js";
import { STYLE } from "./style.js";

/** What the files are called that an auditor gets. */
export const FILES = { page: "evidence.html", json: "evidence.json", sums: "manifest.sha256" } as const;

/** The evidence as one page that needs nothing from elsewhere. */
export function evidencePage(evidence: Evidence): string {
  const title = `Live Sync evidence: ${evidence.repository}`;
  const body = `<h1>${escaped(title)}</h1>
<p class="dim">${escaped(windowWords(evidence))} Made ${timeWords(evidence.made_at)} by aura-scan ${escaped(evidence.tool.version)} with ${grouped(evidence.tool.rules)} rules.</p>
<p>What left this machine by Live Sync, as its own ledger has it: each push was written down before it was let go, each record is chained to the one before. This page holds names, numbers and times, and no code.</p>
${seal(evidence)}
${tiles(evidence)}
${pushesSection(evidence)}
${maskingSection(evidence)}
${blockedSection(evidence)}
${settingsSection(evidence)}
${versionsSection(evidence)}
${retentionSection(evidence)}
${scrubSection(evidence)}
${skipSection(evidence)}
${checkSection()}`;
  return documentOf({ title, style: STYLE, body });
}

function windowWords({ window }: Evidence): string {
  const { since, until, first, last } = window;
  const asked =
    since === null && until === null
      ? "All that the ledger holds"
      : `From ${since === null ? "the beginning" : timeWords(since)} to ${until === null ? "now" : timeWords(until)}`;
  return first === null || last === null
    ? `${asked}; no record lies in that time.`
    : `${asked}; first record ${timeWords(first)}, last ${timeWords(last)}.`;
}

function seal({ verification: { ok, segments, records, anchors, problems, clock_back } }: Evidence): string {
  const clock = clockBackWords(clock_back);
  const noted = clock === null ? "" : ` Noted: ${escaped(clock)}.`;
  const held = `${grouped(records)} records in ${grouped(segments)} segments, ${grouped(anchors)} anchors of retention.${noted}`;
  if (ok)
    return `<div class="seal"><strong>The ledger verifies.</strong> ${held} Every chain, every segment that another or the witness names, and every body kept is as it was written.</div>`;
  const list = tableOf(
    ["What", "Segment", "Line", "Message"],
    problems.map(({ what, segment, line, message }) => [
      what,
      segment,
      line === null ? "" : String(line),
      message,
    ]),
    [1],
  );
  return `<div class="seal bad"><strong>The ledger does not verify.</strong> ${held} What stands below is what is left of it.</div>\n${list}`;
}

function tiles({ pushes, pulls, motherships }: Evidence): string {
  const left = pushes.states.sent + pushes.states.cleared + pushes.states.failed;
  const all: readonly (readonly [string, string])[] = [
    [grouped(left), "cleared to leave"],
    [grouped(pushes.states.sent), "known as sent"],
    [grouped(pushes.states.blocked), "blocked"],
    [grouped(pushes.states.withheld), "kept back"],
    [grouped(pushes.redactions), "redactions"],
    [humanBytes(pushes.bytes), "of text cleared"],
    [grouped(motherships.filter(({ name }) => name !== null).length), "Motherships"],
    [grouped(pulls.total), "pulls"],
  ];
  return `<ul class="tiles">${all.map(([value, words]) => `<li><b>${escaped(value)}</b><span>${escaped(words)}</span></li>`).join("")}</ul>`;
}

function pushesSection({ pushes, days, motherships }: Evidence): string {
  if (pushes.total === 0) return "<h2>Pushes</h2>\n<p>No push lies in this time.</p>";
  const left = periodsOf(
    days.map(({ day, sent, cleared, failed }) => ({ day, values: [sent, cleared, failed] })),
  );
  const stopped = periodsOf(days.map(({ day, blocked: count }) => ({ day, values: [count] })));
  const leftChart = columnChart(
    `Cleared to leave, by ${left.words}`,
    [
      { name: "sent", words: "sent" },
      { name: "cleared", words: "cleared, not known as sent" },
      { name: "failed", words: "failed" },
    ],
    left.columns,
  );
  const blocked = columnChart(
    `Blocked, by ${stopped.words}`,
    [{ name: "blocked", words: "blocked" }],
    stopped.columns,
  );
  const verdicts = barChart("By verdict", [
    { label: "sent", value: pushes.states.sent, name: "sent" },
    { label: "cleared", value: pushes.states.cleared, name: "cleared" },
    { label: "failed", value: pushes.states.failed, name: "failed" },
    { label: "blocked", value: pushes.states.blocked, name: "blocked" },
    { label: "withheld", value: pushes.states.withheld, name: "withheld" },
  ]);
  const where = tableOf(
    ["Mothership", "Pushes", "Bytes"],
    motherships.map(({ name, pushes: count, bytes }) => [name ?? "not told", count, bytes]),
  );
  return `<h2>Pushes</h2>
<p>${grouped(pushes.total)} pushes of ${grouped(pushes.units)} functions were cleared, blocked or kept back; ${grouped(pushes.bodies)} different texts were cleared. Kept back is what is out of scope or marked <code>@aura-local</code>. Days are in UTC.</p>
${verdicts}
${leftChart}
${pushes.states.blocked === 0 ? "" : blocked}
<h3>Where it went</h3>
${motherships.length === 0 ? "<p>Nothing was cleared to leave.</p>" : where}`;
}

function maskingSection({ detectors, pushes }: Evidence): string {
  const left = pushes.states.sent + pushes.states.cleared + pushes.states.failed;
  const sum = `${grouped(pushes.with_redactions)} of ${grouped(left)} pushes that were cleared had something masked, ${grouped(pushes.redactions)} times in all.`;
  if (detectors.length === 0) return `<h2>Masking</h2>\n<p>${sum}</p>`;
  const chart = barChart(
    "Redactions, by detector",
    detectors.map(({ detector, redactions }) => ({ label: detector, value: redactions, name: "masked" })),
  );
  const list = tableOf(
    ["Detector", "Redactions", "Pushes"],
    detectors.map(({ detector, redactions, pushes: count }) => [detector, redactions, count]),
    [0],
  );
  return `<h2>Masking</h2>\n<p>${sum}</p>\n${chart}\n${list}`;
}

function checkSection(): string {
  return `<h2>How to check this</h2>
<p>The same in full is in <code>${FILES.json}</code>. The sums in <code>${FILES.sums}</code> tell whether these files are as they were made; the ledger itself is verified where it lies:</p>
<pre>sha256sum -c ${FILES.sums}
aura-scan audit --verify</pre>`;
}
