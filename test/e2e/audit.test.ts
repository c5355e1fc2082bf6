import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auraScanHere } from "../cli/terminal.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { encodedForms, githubToken, letters, stripeKey } from "../secrets.js";
import { auraScan, BIN, environment, NODE, type Run, reportOf } from "./aura-scan.js";
import { type Answered, type Offer, offered } from "./offered.js";

/** A format that no rule knows yet. */
const NOVEL = `acme_${letters("novel", 30, "abcdefghijkmnpqrstuvwxyz0123456789")}`;

const offer = (name: string, line: string): Offer => ({
  ...{ path: "src/billing.rs", aura_id: `billing::${name}`, name },
  body: `pub fn ${name}() {\n    ${line}\n}`,
});

const OFFERS = [
  offer("compute_tax", '40 + 2 // "žluťoučký"'),
  offer("format_invoice", `let key = "${stripeKey()}";`),
  offer("login", `let acme = pay("${NOVEL}");`),
  offer("refund", `let token = "${githubToken()}";`),
];

const RULE = `[[rule]]
id = "acme-key"
title = "ACME key"
kind = "provider"
severity = "high"
confidence = "high"
keywords = ["acme_"]
pattern = '''acme_[a-z0-9]{30}'''
prefixes = ["acme_"]
rotate = "Delete it in ACME's console."
examples = ["acme_{{[a-z0-9]*30}}"]
counterexamples = ["acme_x"]
`;

let repository: TestRepository;
let answers: readonly Answered[];
/** All that was printed. */
const said: string[] = [];

const run = async (...words: readonly string[]): Promise<Run> => {
  const told = await auraScan(repository.root, words);
  said.push(told.out, told.err);
  return told;
};
const audit = (...words: readonly string[]): Promise<Run> => run("audit", ...words);
const answer = (index: number): Answered => answers[index] as Answered;
const idOf = (index: number): string => answer(index).record_id;
const bytesOf = (index: number): number => Buffer.byteLength(answer(index).wire_body ?? "");
const ledger = (...names: readonly string[]): string =>
  path.join(repository.root, ".aura/live/audit", ...names);
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());

beforeAll(async () => {
  repository = await makeRepository();
  repository.write("README.md", "A shop.\n");
  repository.add("README.md");
  repository.commit();
  answers = await offered(repository.root, OFFERS);
});
afterAll(() => repository.remove());

describe("where no ledger was ever kept", () => {
  it.each([[["status", "--trace"]], [["audit", "--masked", "0"]], [["show-push", "01"]]])(
    "%j says so, and is no pass",
    async (words) => {
      const bare = await makeRepository();
      const told = await auraScan(bare.root, words);
      bare.remove();
      expect(told).toMatchObject({ code: 3, out: "" });
      expect(told.err).toContain("no ledger is kept here");
    },
  );
});

describe("status", () => {
  it("traces pushes and pulls as the specification shows them", async () => {
    const { code, out } = await run("status", "--trace", "--n", "20");
    expect(code).toBe(0);
    expect(out.replace(/^\d+[sm] /gm, "3s ")).toBe(
      [
        "recent pushes:",
        "3s billing::refund blocked (github-personal-access-token)",
        `3s billing::login ${bytesOf(2)} B masked: 0`,
        `3s billing::format_invoice ${bytesOf(1)} B masked: 1 (1x generic-api-key)`,
        `3s billing::compute_tax ${bytesOf(0)} B masked: 0`,
        "recent pulls:",
        "3s from alice billing::fmt 340 B",
        "",
      ].join("\n"),
    );
  });

  it("is JSON for a program", async () => {
    const trace = JSON.parse((await run("status", "--trace", "--json", "--n", "2")).out);
    expect([trace.schema, trace.pushes.length, trace.pulls.length]).toEqual(["aura-scan/trace/1", 2, 1]);
    const standing = JSON.parse((await run("status", "--json")).out);
    expect(standing.states).toEqual({ sent: 3, cleared: 0, failed: 0, blocked: 1, withheld: 0 });
  });

  it("follows what comes, and ends well when the person has enough", async () => {
    const other = await makeRepository();
    await offered(other.root, [offer("first", "1")]);
    const child = spawn(NODE, [BIN, "status", "--watch"], { cwd: other.root, env: environment() });
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    try {
      await until(() => out.includes("recent pulls:"));
      await offered(other.root, [offer("second", "2")]);
      await until(() => out.includes("billing::second") && out.match(/from alice/g)?.length === 2);
    } finally {
      child.kill("SIGINT");
    }
    expect(await ended).toBe(0);
    expect(out).toMatch(/^\d+s billing::second \d+ B masked: 0 cleared$/m);
    // That it was sent is no second push.
    expect(out.match(/billing::second/g)).toHaveLength(1);
    expect(out.match(/from alice/g)).toHaveLength(2);
    other.remove();
  });
});

describe("audit", () => {
  it("prints one line a push, with masked:0 for the specification's grep", async () => {
    const { code, out } = await audit("--since", "7d");
    const lines = out.split("\n").filter((line) => line.includes("masked:0"));
    const names = lines.map((line) => / billing::(\w+) /.exec(line)?.[1]);
    expect([code, names]).toEqual([0, ["compute_tax", "login"]]);
    expect(out).toMatch(/^4 pushes \(3 sent, 1 blocked\) of 4 in the ledger\.$/m);
  });

  it("as JSON has, for each push, what the specification lists, and no body", async () => {
    const { code, out } = await audit("--since", "1d", "--json");
    const told = JSON.parse(out);
    const hash = createHash("sha256").update(answer(1).wire_body ?? "");
    expect([code, told.schema, told.pulls.length]).toEqual([0, "aura-scan/audit/1", 1]);
    expect(told.pushes[1]).toMatchObject({
      record_id: idOf(1),
      aura_id: "billing::format_invoice",
      hash: hash.digest("hex"),
      redactions: [{ detector: "generic-api-key", count: 1 }],
      masked: 1,
      mothership: "alpha",
      state: "sent",
    });
    expect(out).not.toMatch(/40 \+ 2|wire_body/);
  });

  it.each<[string[], string[]]>([
    [
      ["--masked", "0"],
      ["compute_tax", "login"],
    ],
    [["--unit", "billing::login"], ["login"]],
    [["--detector", "generic-api-key"], ["format_invoice"]],
    [["--mothership", "beta"], []],
    [["--until", "2024-05-01"], []],
  ])("%j narrows it down", async (words, names) => {
    const { code, out } = await auraScanHere(repository.root, "audit", "--json", ...words);
    const told: readonly { name: string }[] = JSON.parse(out).pushes;
    expect([code, told.map(({ name }) => name)]).toEqual([0, names]);
  });

  it("finds which push carried a text, does not repeat it, and takes it from standard input too", async () => {
    const part = NOVEL.slice(0, 20);
    const given = await audit("--contains", part);
    const piped = await auraScan(repository.root, ["audit", "--contains", "-"], { input: `${part}\n` });
    expect(piped).toEqual(given);
    expect([given.code, given.out.split("\n")[0]]).toEqual([1, expect.stringContaining(idOf(2))]);
    expect(given.out + given.err).not.toContain(NOVEL.slice(5, 20));
    expect(given.err).toContain("Searched 3 bodies; the text left with 1 push");
  });

  it.each([["nowhere to be found"], [stripeKey()]])("finds nothing that did not leave", async (text) => {
    expect(await audit("--contains", text)).toMatchObject({ code: 0 });
  });

  it("verifies", async () => {
    const { code, out } = await audit("--verify");
    expect([code, out]).toEqual([0, expect.stringContaining("The ledger verifies")]);
  });

  it.each([
    [["--masked", "few"], "--masked must be a whole number"],
    [["--contains", ""], "the text is empty"],
    [["--since", "1d", "--until", "2d"], "--until lies before --since"],
    [["--scrub", "01"], "--scrub needs a --reason"],
    [["--reason", "x"], "--reason goes with --scrub"],
    [["--evidence", "out", "--masked", "0"], "leave what narrows it out"],
    [["--scrub", "zzz", "--reason", "x"], "no push in the ledger has this id"],
  ])("%j is told as wrong usage", async (words, message) => {
    const { code, err } = await auraScanHere(repository.root, "audit", ...words);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("show-push", () => {
  it.each([0, 1, 2])("prints what was on the wire, byte for byte", async (index) => {
    expect(await run("show-push", idOf(index))).toEqual({
      ...{ code: 0, err: "" },
      out: answer(index).wire_body,
    });
  });

  it("takes the beginning of an id, and lists the candidates where several begin so", async () => {
    const own = (length: number) =>
      answers.filter((one) => one.record_id.startsWith(idOf(0).slice(0, length)));
    const length = [...idOf(0)].findIndex((_, at) => own(at + 1).length === 1) + 1;
    expect((await run("show-push", idOf(0).slice(0, length).toLowerCase())).out).toBe(answer(0).wire_body);
    const several = await run("show-push", "01");
    expect([several.code, several.out]).toEqual([2, ""]);
    for (const { record_id } of answers) expect(several.err).toContain(record_id);
  });

  it("says of what was blocked that it never left", async () => {
    const told = await run("show-push", idOf(3));
    expect(told).toMatchObject({ code: 1, out: "" });
    expect(told.err).toContain("was never cleared to leave");
  });
});

describe("evidence", () => {
  it("is written for the owner alone, and sha256sum accepts it", async () => {
    expect((await audit("--evidence", "out")).code).toBe(0);
    const out = path.join(repository.root, "out");
    const checked = execFileSync("sha256sum", ["-c", "manifest.sha256"], { cwd: out, encoding: "utf8" });
    expect(checked).toBe("evidence.html: OK\nevidence.json: OK\n");
    expect(JSON.parse(readFileSync(path.join(out, "evidence.json"), "utf8"))).toMatchObject({
      verification: { ok: true },
      pushes: { total: 4, states: { sent: 3, blocked: 1 } },
      settings: { are_todays: true, in_force: { settings: { mask_secrets: "true" } } },
      retention: { keep_days: 90 },
    });
    for (const file of filesIn(out)) {
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(readFileSync(file, "utf8")).not.toContain("40 + 2");
    }
  });
});

describe("the periodic audit", () => {
  it("finds what left last week by a rule that is added today, in pushes and in commits", async () => {
    const week = () => reportOf(repository.root, ["--since", "7d"]);
    expect(await week()).toMatchObject({
      ...{ verdict: "allow", findings: [] },
      scanned: { pushes: 3, commits: 1 },
    });
    repository.write("pay.rs", `fn pay() { acme("${NOVEL}") }\n`);
    repository.add("pay.rs");
    const commit = repository.commit();
    repository.write("rules.toml", RULE);
    repository.write(".aura/live.toml", '[scan]\nrules = ["rules.toml"]\n');
    const report = await week();
    expect(report).toMatchObject({ verdict: "block", scanned: { pushes: 3, commits: 2 } });
    expect(report.findings.map((found) => [found.path, found.commit, found.push])).toEqual([
      ["pay.rs", commit, null],
      ["src/billing.rs", null, idOf(2)],
    ]);
    expect(report.findings[1]).toMatchObject({
      rule: "acme-key",
      unit: { aura_id: "billing::login" },
      pushed: { times: 1, motherships: ["alpha"], sent: true },
      rotate: "Delete it in ACME's console.",
      mask_block: expect.stringContaining("acme_"),
    });
    // The commit and the push hold the same value.
    expect(new Set(report.findings.map(({ secret }) => secret)).size).toBe(1);
    const { out } = await run("--since", "7d");
    expect(out).toMatch(new RegExp(`push: ${idOf(2)} of .* UTC to alpha`));
    expect(out).toContain("[[live.privacy.mask]]");
  });

  it("says so where neither commits nor pushes lie in the time", async () => {
    const report = await reportOf(repository.root, ["--since", "2w", "--until", "7d"]);
    expect(report.reasons).toEqual([
      expect.stringMatching(/no push of that time is in the ledger \(since \S+Z, until \S+Z\)/),
    ]);
  });
});

describe("a body that is scrubbed", () => {
  it("is gone; its record stays, the ledger verifies, and the audit names it and goes on", async () => {
    const scrubbed = await audit("--scrub", idOf(2), "--reason", `ACME token ${githubToken()}`);
    expect([scrubbed.code, scrubbed.out]).toEqual([0, expect.stringContaining("is gone from the ledger")]);
    const shown = await run("show-push", idOf(2));
    expect(shown).toMatchObject({ code: 1, out: "" });
    expect(shown.err).toContain("was scrubbed: ACME token");
    expect((await audit("--verify")).code).toBe(0);
    const searched = await audit("--contains", NOVEL);
    expect([searched.code, searched.err]).toEqual([0, expect.stringContaining("Not searched")]);
    const report = await reportOf(repository.root, ["--since", "7d"]);
    expect(report.findings.map(({ push }) => push)).toEqual([null]);
    expect(report.scanned.skipped).toEqual([
      { path: "src/billing.rs", reason: expect.stringContaining("was scrubbed"), incomplete: false },
    ]);
  });
});

describe("nothing that was written or printed", () => {
  it("holds a secret that was masked or blocked, or what was scrubbed", () => {
    const bodies = filesIn(ledger("bodies"))
      .filter((file) => file.endsWith(".br"))
      .map((file) => brotliDecompressSync(readFileSync(file)).toString());
    const files = [...filesIn(ledger()), ...filesIn(path.join(repository.root, "out"))];
    // What left was shown to whoever asked for just that.
    const printed = said.filter((text) => text !== answer(2).wire_body);
    const texts = [...bodies, ...files.map((file) => readFileSync(file, "latin1")), ...printed];
    expect([bodies.length, printed.length > 40]).toEqual([2, true]);
    for (const secret of [stripeKey(), githubToken(), NOVEL])
      for (const form of [...encodedForms(secret), secret.slice(-10)])
        expect(texts.filter((text) => text.includes(form)).length, form.slice(0, 6)).toBe(0);
  });
});

describe("a damaged ledger", () => {
  it.each([["audit"], ["audit --verify"], ["audit --json"], ["status"], ["audit --evidence out"]])(
    "is told by %s, which is then no pass",
    async (line) => {
      const [segment = ""] = filesIn(ledger("segments"));
      const whole = readFileSync(segment);
      const spoiled = Buffer.from(whole);
      spoiled.writeUInt8(spoiled.readUInt8(60) ^ 1, 60);
      writeFileSync(segment, spoiled);
      expect((await run(...line.split(" "))).code).toBe(3);
      writeFileSync(segment, whole);
    },
  );

  it("makes the periodic audit incomplete: what is lost may be the very push that leaked", async () => {
    const [body = ""] = filesIn(ledger("bodies"));
    rmSync(body);
    expect((await audit("--verify")).code).toBe(3);
    const searched = await audit("--contains", "nowhere to be found");
    expect([searched.code, searched.err]).toEqual([3, expect.stringContaining("is gone from the ledger")]);
    const [segment = ""] = filesIn(ledger("segments"));
    const spoiled = readFileSync(segment);
    spoiled.writeUInt8(spoiled.readUInt8(60) ^ 1, 60);
    writeFileSync(segment, spoiled);
    const { scanned } = await reportOf(repository.root, ["--since", "7d"]);
    for (const reason of ["is gone from the ledger", "the ledger does not verify"])
      expect(scanned.skipped).toContainEqual(
        expect.objectContaining({ incomplete: true, reason: expect.stringContaining(reason) }),
      );
  });
});

async function until(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 400 && !isSo(); look++) await new Promise((resolve) => setTimeout(resolve, 50));
}
