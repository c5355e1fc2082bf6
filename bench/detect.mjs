// What the default rules find and where they cry wolf: `npm run bench:detect [-- --cases FILE --tree FOLDER …]`.
// ARCHITECTURE.md, "How to read bench:detect", says what the figures mean.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { DEFAULT_SETTINGS, runScan, scanText } from "../dist/index.js";
import { loadRuleSet } from "../dist/rules/load.js";
import { createEngine } from "../dist/scan/engine.js";
import { folderFiles } from "../dist/sources/folder.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "../shared/bench/cases.jsonl" },
    tree: { type: "string", multiple: true, default: ["node_modules"] },
    misses: { type: "string", default: "20" },
  },
});

const engine = createEngine(DEFAULT_SETTINGS, await loadRuleSet([]));
console.log(`${engine.ruleSet.rules.length} rules\n`);
await reportCases(values.cases);
for (const tree of values.tree) await reportTree(tree);

/** What blocks by default: medium severity, and a confidence that is not low. */
function counts(finding) {
  return finding.severity !== "low" && finding.confidence !== "low";
}

async function reportCases(file) {
  const cases = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const judged = [];
  for (const one of cases) {
    const findings = await scanText(one.text, { path: one.filename ?? "stdin", engine });
    judged.push({ ...one, rules: findings.filter(counts).map((finding) => finding.rule) });
  }
  const strong = judged.filter((one) => one.weak !== true);
  console.log(`cases: ${file}`);
  console.log(`  strong labels: ${rates(strong)}`);
  console.log(`  weak labels:   ${rates(judged.filter((one) => one.weak === true))}\n`);
  const misses = strong.filter((one) => one.expect === "secret" && one.rules.length === 0);
  table("recall by provider, worst first", byProvider(strong).slice(0, Number(values.misses)));
  table("false alarms by rule", countsOf(alarms(strong).flatMap((one) => [...new Set(one.rules)])));
  console.log(`misses by source: ${join(countsOf(misses.map((one) => one.source)))}`);
  console.log(
    `misses, first ids: ${misses
      .slice(0, Number(values.misses))
      .map((one) => one.id)
      .join(" ")}`,
  );
  console.log(
    `false alarms, ids: ${alarms(strong)
      .map((one) => one.id)
      .join(" ")}\n`,
  );
}

function alarms(cases) {
  return cases.filter((one) => one.expect === "clean" && one.rules.length > 0);
}

function rates(cases) {
  const secrets = cases.filter((one) => one.expect === "secret");
  const found = secrets.filter((one) => one.rules.length > 0).length;
  const clean = cases.length - secrets.length;
  const wolf = alarms(cases).length;
  return `recall ${share(found, secrets.length)} (${found} of ${secrets.length}), false alarms ${share(wolf, clean)} (${wolf} of ${clean})`;
}

function byProvider(cases) {
  const providers = new Map();
  for (const { provider, expect, rules } of cases) {
    if (expect !== "secret") continue;
    const row = providers.get(provider) ?? { all: 0, found: 0 };
    row.all++;
    if (rules.length > 0) row.found++;
    providers.set(provider, row);
  }
  return [...providers]
    .filter(([, row]) => row.found < row.all)
    .sort(([, a], [, b]) => b.all - b.found - (a.all - a.found))
    .map(([provider, row]) => [provider, `${row.found} of ${row.all}`]);
}

async function reportTree(folder) {
  const count = { lines: 0 };
  const report = await runScan({
    engine,
    mode: "tree",
    items: counted(folderFiles(folder), count),
    nothing: "",
  });
  const told = report.findings.filter(counts);
  const rate = count.lines === 0 ? 0 : (told.length * 100_000) / count.lines;
  console.log(`tree: ${folder}: ${report.scanned.files} files, ${count.lines} lines`);
  console.log(`  ${told.length} findings, ${rate.toFixed(2)} in 100,000 lines`);
  table("  by rule", countsOf(told.map((finding) => finding.rule)));
}

/** The same items; the lines of what is read of them are counted. */
async function* counted(items, count) {
  for await (const item of items) {
    if (item.kind === "skipped") yield item;
    else yield { ...item, file: { ...item.file, chunks: () => countedChunks(item.file.chunks(), count) } };
  }
}

async function* countedChunks(chunks, count) {
  for await (const chunk of chunks) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count.lines++;
    yield chunk;
  }
}

function countsOf(items) {
  const counted = new Map();
  for (const item of items) counted.set(item, (counted.get(item) ?? 0) + 1);
  return [...counted].sort(([, a], [, b]) => b - a);
}

function table(title, rows) {
  console.log(`${title}:`);
  for (const [name, value] of rows) console.log(`  ${String(name).padEnd(36)} ${value}`);
  console.log("");
}

function join(rows) {
  return rows.map(([name, value]) => `${name} ${value}`).join(", ");
}

function share(part, all) {
  return all === 0 ? "-" : (part / all).toFixed(3);
}
