import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exampleOf } from "../../src/cli/rule-example.js";
import { loadRuleSet } from "../../src/rules/load.js";
import { createEngine } from "../../src/scan/engine.js";
import { secretsIn } from "../../src/scan/secrets-in.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import { temporaryFolder } from "../repository.js";
import { stripeKey } from "../secrets.js";
import { auraScanHere } from "./terminal.js";

const ACME = `[[rule]]
id = "acme-token"
title = "Acme token"
keywords = ["acme_"]
pattern = '''\\bacme_[0-9a-f]{32}\\b'''
prefixes = ["acme_"]
docs = "https://acme.example/tokens"
rotate = "Revoke it in Acme."
examples = ['TOKEN=acme_{{hex*32}}']
counterexamples = ['acme_{{hex*8}}']
`;

const CHANGES = `[[rule]]
id = "jwt"
severity = "low"

[[rule]]
id = "private-key"
disabled = true
`;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

/** The team's rule files, in order; each is written too. */
function team(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) write(name, text);
  write(".aura/live.toml", `[scan]\nrules = ${JSON.stringify(Object.keys(files))}\n`);
}

const run = (...words: readonly string[]) => auraScanHere(folder, "rules", ...words);

describe("rules list", () => {
  it("tells where a team's rules come from, which ones it changes and which it switches off", async () => {
    team({ "ours.toml": ACME, "more/changes.toml": CHANGES });
    const { code, out } = await run("list");
    expect(code).toBe(0);
    const lines = out.split("\n").map((line) => line.replace(/ {2,}/g, " "));
    expect(lines).toContain("acme-token high high Acme token (added, ours.toml:1)");
    expect(lines).toContainEqual(
      expect.stringMatching(/^jwt low .*\(changes a default rule, more\/changes\.toml:1\)$/),
    );
    expect(lines).toContain("private-key switched off by more/changes.toml");
    expect(lines.at(-2)).toMatch(/^[\d,]+ rules active; 1 rule switched off\.$/);
  });

  it("is a list of the active rules for a program, each with its origin and standing", async () => {
    team({ "ours.toml": ACME.replace("acme-token", "jwt") });
    const told: { id: string; standing: string; origin: { file: string } }[] = JSON.parse(
      (await run("list", "--json")).out,
    );
    const standings = new Map(told.map((rule) => [rule.id, `${rule.standing} ${rule.origin.file}`]));
    expect(standings.get("jwt")).toBe("replaced ours.toml");
    expect(standings.get("private-key")).toMatch(/^default rules\//);
  });
});

describe("rules test", () => {
  it("finds nothing wrong with a good file, and leaves with 0", async () => {
    write("ours.toml", ACME);
    expect(await run("test", "ours.toml")).toEqual({
      code: 0,
      out: "1 rule, 2 examples, 0 faults.\n",
      err: "",
    });
  });

  it("tells each fault at its place, and leaves with 1", async () => {
    write("ours.toml", ACME.replace("{{hex*32}}'", "{{hex*31}}'"));
    expect(await run("test", "ours.toml")).toEqual({
      code: 1,
      out: "ours.toml:9:13: acme-token: the pattern does not match this example\n1 rule, 2 examples, 1 fault.\n",
      err: "",
    });
  });

  it("gives a program the place, the list and the entry of each fault, and the notes", async () => {
    write("ours.toml", ACME.replace("{{hex*32}}'", "{{hex*31}}'").replace("{32}", "{32,}"));
    const { code, out } = await run("test", "ours.toml", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      rules: 1,
      examples: 2,
      faults: [{ file: "ours.toml", line: 9, column: 13, rule: "acme-token", list: "examples", index: 0 }],
      notes: [{ file: "ours.toml", line: 5, column: 11, rule: "acme-token", list: "pattern" }],
    });
  });

  it("knows the default rules and the team's files before this one", async () => {
    const ours = `${CHANGES}\n[[rule]]\nid = "acme-token"\nseverity = "low"\n`;
    team({ "ours.toml": ACME, "changes.toml": ours });
    expect(await run("test", "changes.toml")).toMatchObject({ code: 0, err: "" });
    team({ "changes.toml": ours, "ours.toml": ACME });
    expect(await run("test", "changes.toml")).toMatchObject({ code: 2 });
  });

  it.each([
    ["a file that is no TOML", "[[rule]\n", "ours.toml:1:8: not valid TOML"],
    [
      "a pattern that does not compile",
      ACME.replace("[0-9a-f]", "(?=x)"),
      "ours.toml:5:21: not a Rust regex",
    ],
  ])("leaves with 2 for %s, for people and for programs", async (_, text, said) => {
    write("ours.toml", text);
    const told = await run("test", "ours.toml");
    expect([told.code, told.out, told.err]).toEqual([2, "", expect.stringContaining(said)]);
    const json = await run("test", "ours.toml", "--json");
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out).faults[0]).toMatchObject({ file: "ours.toml", rule: null });
  });

  it("repeats no secret that stands in a rule file", async () => {
    const secret = stripeKey();
    write("ours.toml", ACME.replace("acme_[0-9a-f]{32}", `(?:acme_|${secret})[0-9a-f]{32}`));
    const { out } = await run("test", "ours.toml");
    expect(out).toContain("note: misses: ");
    expect(out).not.toContain(secret.slice("sk_live_".length).slice(0, 4));
  });
});

describe("rules explain", () => {
  it("tells all that there is to know about a rule", async () => {
    team({ "ours.toml": ACME });
    const { code, out } = await run("explain", "acme-token");
    expect([code, out]).toEqual([
      0,
      `acme-token: Acme token
  finds       one provider's own format, severity high, confidence high
  why         Whoever reads it can act in your name there, and read or change what is kept there.
  from        ours.toml:1 (added)
  looks for   text that holds "acme_", in any case
  in          every file
  documented  https://acme.example/tokens
  rotate      Revoke it in Acme.
  example     (made up)
    TOKEN=acme_…(37)
`,
    ]);
  });

  it("tells partners, paths and checks", async () => {
    const more = `entropy = 3\nallow = ['x']\npaths = ["**/*.env"]\npartners = ["jwt"]\npartner_lines = 0\nalone = "nothing"\n`;
    team({ "ours.toml": ACME + more });
    const { out } = await run("explain", "acme-token");
    expect(out).toContain("  in          **/*.env\n");
    expect(out).toContain(
      "  checks      an entropy of 3 bits a character and more; nothing that the rule's allow patterns\n",
    );
    expect(out).toContain("  partners    jwt, on the same line: the two make one finding\n");
    expect(out).toContain("Without its partner near by nothing is told.");
  });

  it("tells that a rule is switched off, and by which file", async () => {
    team({ "changes.toml": CHANGES });
    expect((await run("explain", "private-key")).out).toContain(
      "  state       switched off by changes.toml\n",
    );
  });

  it("gives a program the same as data", async () => {
    team({ "changes.toml": CHANGES });
    expect(JSON.parse((await run("explain", "jwt", "--json")).out)).toMatchObject({
      id: "jwt",
      severity: "low",
      standing: "changed",
      disabled_by: null,
      origin: { file: "changes.toml", line: 1 },
      looks_at: { keywords: expect.arrayContaining(["eyJ"]), paths: [] },
    });
  });

  it("makes an example up for a rule that brings none", async () => {
    team({ "ours.toml": ACME.replace(/examples[\s\S]*$/, "") });
    expect((await run("explain", "acme-token")).out).toContain("    acme_…(37)\n");
  });

  it.each([
    ["an unknown id", ["explain", "jvt"], "no rule has this id; did you mean jwt?"],
    ["no id", ["explain"], "a rule's id is missing"],
    ["list with a word more", ["list", "jwt"], "rules explain ID tells about one rule"],
    ["a file that is not there", ["test", "nowhere.toml"], "nowhere.toml cannot be read (ENOENT)"],
    ["import without a file", ["import"], "the file is missing"],
    ["--out with another action", ["list", "--out", "a"], "--out goes with rules import"],
    ["an action that is none", ["lst"], "action must be one of"],
  ])("%s is wrong usage, exit 2", async (_, words, said) => {
    const told = await run(...words);
    expect([told.code, told.out, told.err]).toEqual([2, "", expect.stringContaining(said)]);
  });

  it("shows an example of any default rule, in which no provider's own rule finds a secret", async () => {
    const ruleSet = await loadRuleSet([]);
    const { keywords } = createEngine(DEFAULTS, ruleSet);
    // One in twenty: to compile them all takes a minute.
    const some = ruleSet.rules.filter((_, index) => index % 20 === 0);
    const found = some.flatMap((rule) => {
      const example = exampleOf(rule);
      if (example === null) return [`${rule.id} has no example`];
      const matches = secretsIn(example, keywords).filter((match) => match.rule.kind === "provider");
      return matches.map((match) => `${match.rule.id} in the example of ${rule.id}`);
    });
    expect(found).toEqual([]);
  });
});

describe("rules import", () => {
  const GITLEAKS = `[[rules]]
id = "acme"
description = "Acme token"
regex = '''\\bacme_([0-9a-f]{32})\\b'''
secretGroup = 1
keywords = ["acme_"]

[[allowlists]]
commits = ["abc"]
paths = ['''\\.md$''']
`;

  it("writes a rule file that passes its own test, and tells the rest", async () => {
    write(".gitleaks.toml", GITLEAKS);
    const { code, out, err } = await run("import", ".gitleaks.toml", "--out", "ours.toml");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(".gitleaks.toml:9:11: an allowance by commit is not carried over\n");
    expect(out).toContain('[[scan.allow]]\npath = "**/*.md"\nreason = "allowed in .gitleaks.toml"\n');
    expect(out).toContain("1 of 1 rule carried over, 1 allowance, 1 note.\n");
    expect(await run("test", "ours.toml")).toMatchObject({ code: 0, err: "" });
    team({ "ours.toml": readFileSync(path.join(folder, "ours.toml"), "utf8") });
    expect((await run("list")).out).toContain("(added, ours.toml:");
  });

  it("writes it to standard output where no file is named, and nothing else", async () => {
    write(".gitleaks.toml", GITLEAKS);
    const { code, out, err } = await run("import", ".gitleaks.toml");
    expect(code).toBe(0);
    expect(out.startsWith("# Rules from .gitleaks.toml")).toBe(true);
    expect(out).not.toContain("[[scan.allow]]");
    expect(err).toContain("[[scan.allow]]");
  });

  it("gives a program everything at once", async () => {
    write(".gitleaks.toml", GITLEAKS);
    const told = JSON.parse((await run("import", ".gitleaks.toml", "--json")).out);
    expect(told).toMatchObject({
      rules: 1,
      of: 1,
      out: null,
      allowances: 1,
      notes: [{ line: 9, column: 11 }],
    });
    expect(told.rule_file).toContain('id = "acme"');
  });

  it("writes over nobody's work", async () => {
    write(".gitleaks.toml", GITLEAKS);
    write("ours.toml", ACME);
    const { code, err } = await run("import", ".gitleaks.toml", "--out", "ours.toml");
    expect([code, err]).toEqual([2, expect.stringContaining("is not written over")]);
    expect(readFileSync(path.join(folder, "ours.toml"), "utf8")).toBe(ACME);
  });

  it.each([
    ["is no TOML", "[[rules]\n", ".gitleaks.toml:1:9: not valid TOML"],
    ["is one of ours", ACME, ".gitleaks.toml:1:1: gitleaks has [[rules]]"],
  ])("refuses a file that %s", async (_, text, said) => {
    write(".gitleaks.toml", text);
    expect(await run("import", ".gitleaks.toml")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining(said),
    });
  });

  it("hands no secret on, whatever its format", async () => {
    const secret = stripeKey();
    write(".gitleaks.toml", `${GITLEAKS}stopwords = ["${secret}"]\nregexes = ["${secret}"]\n`);
    const { code, out, err } = await run("import", ".gitleaks.toml");
    expect(code).toBe(0);
    expect(out + err).not.toContain(secret.slice(-12));
    expect(err).toContain("entry 1 of regexes holds what looks like a secret");
  });
});
