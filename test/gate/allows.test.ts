import { beforeAll, describe, expect, it } from "vitest";
import { allowsBefore } from "../../src/gate/allows-before.js";
import { runScan } from "../../src/gate/run-scan.js";
import { scanText } from "../../src/gate/scan-one-text.js";
import type { Report } from "../../src/report/report.js";
import { createEngine, type Engine } from "../../src/scan/engine.js";
import { parseBaseline } from "../../src/settings/baseline.js";
import { parseSettings } from "../../src/settings/parse.js";
import type { SourceItem } from "../../src/sources/source.js";
import { smallEngine } from "../scan/small-engine.js";
import { stripeKey } from "../secrets.js";

const ALLOW = ["aura-scan", "allow"].join(":");
const GONE = "0f".repeat(16);

type Files = Readonly<Record<string, string>>;

async function* itemsOf(files: Files): AsyncGenerator<SourceItem> {
  for (const [path, text] of Object.entries(files)) {
    const bytes = Buffer.from(text);
    async function* chunks() {
      yield bytes;
    }
    yield { kind: "file", file: { path, size: bytes.length, chunks } };
  }
}

/** A scan of `files` under the settings and the baseline among them; `before`: new allows are refused. */
async function run(files: Files, before?: Files, seesAll = true): Promise<Report> {
  const { ruleSet } = await smallEngine();
  const settings = await parseSettings(files[".aura/live.toml"] ?? "", ".aura/live.toml");
  const { entries } = parseBaseline(files["known.txt"] ?? "", "known.txt");
  const contents = async (path: string) => (before?.[path] === undefined ? [] : [Buffer.from(before[path])]);
  const engine = createEngine(settings, ruleSet, {
    baseline: entries,
    before: before === undefined ? null : await allowsBefore(contents),
  });
  return runScan({ engine, mode: "tree", items: itemsOf(files), nothing: "nothing", seesAll });
}

const LINE = `k = "${stripeKey()}"`;
let fingerprint = "";
let engine: Engine;
beforeAll(async () => {
  engine = await smallEngine();
  fingerprint = (await scanText(LINE, { path: "a.py", engine }))[0]?.fingerprint ?? "";
});

describe("notices about allows", () => {
  const table = (conditions: string) => `[[scan.allow]]\n${conditions}\nreason = "why"\n`;
  it.each<readonly [string, () => Files, readonly string[]]>([
    [
      "none where everything is used",
      () => ({
        "a.py": `${LINE} # ${ALLOW} live-key@${fingerprint.slice(0, 8)} -- x`,
        ".aura/live.toml": table('path = "a.py"'),
        "known.txt": `${fingerprint} r p open -- x`,
      }),
      [],
    ],
    [
      "a comment that is not bound to a value",
      () => ({ "a.py": `${LINE} # ${ALLOW} live-key -- x` }),
      [
        "a.py:1: the aura-scan:allow there is not bound to a value; write live-key@FINGERPRINT in place of live-key.",
      ],
    ],
    [
      "a comment without a reason by a finding",
      () => ({ "a.py": `#\n# ${ALLOW} live-key\n${LINE}` }),
      [
        "a.py:2: the aura-scan:allow there allows nothing, for it gives no reason; it reads aura-scan:allow RULE@FINGERPRINT -- reason.",
      ],
    ],
    [
      "a comment that names no rule of ours by a finding",
      () => ({ "a.py": `${LINE} # ${ALLOW} dead-key -- x` }),
      [
        "a.py:1: the aura-scan:allow there allows nothing, for no active rule has the id that it names; it reads aura-scan:allow RULE@FINGERPRINT -- reason.",
        "a.py:1: no active rule has the id that the aura-scan:allow there names.",
      ],
    ],
    [
      "words about such comments where nothing is found: none",
      () => ({ "a.md": `Write ${ALLOW} RULE -- reason.` }),
      [],
    ],
    [
      "a comment whose secret is gone",
      () => ({ "b.py": `#\nk = 1 # ${ALLOW} live-key@${fingerprint.slice(0, 8)} -- x` }),
      ["b.py:2: the aura-scan:allow for live-key matches nothing any more: take it out."],
    ],
    [
      "a comment whose secret is another one",
      () => ({ "a.py": `k = "${stripeKey("b")}" # ${ALLOW} live-key@${fingerprint} -- x` }),
      ["a.py:1: the aura-scan:allow for live-key matches nothing any more: take it out."],
    ],
    [
      "tables that match nothing",
      () => ({
        "a.py": LINE,
        ".aura/live.toml": `${table('path = "a.py"')}${table(`path = "b/**"\nrule = "live-key"\nfingerprint = "${GONE}"`)}${table('pattern = "zzz"\nstopword = "yyy"')}`,
      }),
      [
        ".aura/live.toml: [[scan.allow]] number 2 (path b/**, rule live-key, fingerprint 0f0f0f0f0f0f…) matches nothing any more: take it out.",
        ".aura/live.toml: [[scan.allow]] number 3 (a pattern, a stopword) matches nothing any more: take it out.",
      ],
    ],
    [
      "entries that match nothing",
      () => ({
        "a.py": LINE,
        ".aura/live.toml": '[scan]\nbaseline = "known.txt"\n',
        "known.txt": `${fingerprint} r p open -- x\n${GONE} r p open -- x`,
      }),
      ["known.txt: one entry matches nothing any more: aura-scan baseline prune drops what is gone."],
    ],
  ])("%s", async (_name, files, notices) => {
    const report = await run(files());
    const bound = `@${fingerprint.slice(0, 12)}`;
    expect(report.notices).toEqual(
      notices.map((notice) => notice.replace("live-key@FINGERPRINT", `live-key${bound}`)),
    );
  });

  it("say nothing of what matches nothing where only a part was seen, or something was not read", async () => {
    const files = { "b.py": `k = 1 # ${ALLOW} live-key -- x`, ".aura/live.toml": table('path = "x"') };
    expect((await run(files)).notices).toHaveLength(2);
    expect((await run(files, undefined, false)).notices).toEqual([]);
  });

  it("are a number where they are many", async () => {
    const { notices } = await run({ "b.py": `# ${ALLOW} live-key -- x\n`.repeat(30) });
    expect([notices.length, notices.at(-1)]).toEqual([21, "And 10 more such comments."]);
  });
});

describe("where new allows are refused", () => {
  const settings = () => `[[scan.allow]]\nfingerprint = "${fingerprint}"\nreason = "set"\n`;
  const baseline = () => `${fingerprint} live-key a.py accepted -- known\n`;
  const named = '[scan]\nbaseline = "known.txt"\n';
  const comment = (length = 12) => `${LINE} # ${ALLOW} live-key@${fingerprint.slice(0, length)} -- said\n`;
  it.each<readonly [string, () => Files, () => Files, string | null]>([
    [
      "a table that was there counts",
      () => ({ "a.py": LINE, ".aura/live.toml": settings() }),
      () => ({
        ".aura/live.toml": settings(),
      }),
      "settings",
    ],
    [
      "also with another reason",
      () => ({ "a.py": LINE, ".aura/live.toml": settings() }),
      () => ({
        ".aura/live.toml": settings().replace("set", "earlier"),
      }),
      "settings",
    ],
    ["a new table does not", () => ({ "a.py": LINE, ".aura/live.toml": settings() }), () => ({}), null],
    [
      "nor one that asks for less than before",
      () => ({
        "a.py": LINE,
        ".aura/live.toml": settings().replace(/fingerprint = .*/, 'path = "*"'),
      }),
      () => ({ ".aura/live.toml": settings().replace(/fingerprint = .*/, 'path = "*"\nrule = "live-key"') }),
      null,
    ],
    [
      "nor anything where the settings could not be used",
      () => ({ "a.py": LINE, ".aura/live.toml": settings() }),
      () => ({
        ".aura/live.toml": `${settings()}x`,
      }),
      null,
    ],
    [
      "an entry that was there counts",
      () => ({ "a.py": LINE, ".aura/live.toml": named, "known.txt": baseline() }),
      () => ({
        ".aura/live.toml": named,
        "known.txt": baseline(),
      }),
      "baseline",
    ],
    [
      "a new entry does not",
      () => ({ "a.py": LINE, ".aura/live.toml": named, "known.txt": baseline() }),
      () => ({
        ".aura/live.toml": named,
        "known.txt": "",
      }),
      null,
    ],
    [
      "nor one of a baseline that no settings named",
      () => ({
        "a.py": LINE,
        ".aura/live.toml": named,
        "known.txt": baseline(),
      }),
      () => ({ "known.txt": baseline() }),
      null,
    ],
    [
      "a comment that was there counts, wherever in the file",
      () => ({ "a.py": comment() }),
      () => ({
        "a.py": `x\n\n${comment(8)}`,
      }),
      "inline",
    ],
    ["a new comment does not", () => ({ "a.py": comment() }), () => ({ "a.py": LINE }), null],
    ["nor one of another file", () => ({ "a.py": comment() }), () => ({ "b.py": comment() }), null],
    [
      "nor one that is bound to no value, old or new",
      () => ({ "a.py": `${LINE} # ${ALLOW} live-key -- x` }),
      () => ({
        "a.py": `${LINE} # ${ALLOW} live-key -- x`,
      }),
      null,
    ],
    [
      "an old one counts though there is a new one too",
      () => ({
        "a.py": comment(),
        ".aura/live.toml": settings(),
      }),
      () => ({ "a.py": comment() }),
      "inline",
    ],
  ])("%s", async (_name, files, before, by) => {
    const report = await run(files(), before());
    const [finding] = report.findings;
    expect([finding?.allowed_by, report.verdict]).toEqual([by, by === null ? "block" : "allow"]);
    const reason =
      "One finding is allowed only by what is new or bound to no value, and such allows do not count here (scan.new_allows)";
    expect(report.reasons.includes(reason)).toBe(by === null);
    expect(/does not count where new allows are refused/.test(finding?.fix ?? "")).toBe(by === null);
  });
});
