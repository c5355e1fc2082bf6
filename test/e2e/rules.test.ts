import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository } from "../repository.js";
import { letters } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

const SETTINGS = '[scan]\nrules = ["security/rules.toml"]\n';
const GITLEAKS = `[[rules]]
id = "acme"
description = "Acme token"
regex = '''\\bacme_([0-9a-f]{32})\\b'''
secretGroup = 1
keywords = ["acme_"]
`;

describe("a team brings its rules along from gitleaks", () => {
  it("with an import, a test and a line of settings, and then finds what it found there", async () => {
    repository.write(".gitleaks.toml", GITLEAKS);
    repository.write("security/README.md", "Our rules.\n");
    const imported = await auraScan(repository.root, [
      "rules",
      "import",
      ".gitleaks.toml",
      "--out",
      "security/rules.toml",
    ]);
    expect([imported.code, imported.err]).toEqual([0, ""]);
    expect((await auraScan(repository.root, ["rules", "test", "security/rules.toml"])).code).toBe(0);
    repository.write(".aura/live.toml", SETTINGS);
    repository.write("app.py", `connect("acme_${letters("acme", 32, "0123456789abcdef")}")\n`);
    const { findings, rule_files, verdict } = await reportOf(repository.root, ["app.py"]);
    expect(findings.map(({ rule, also }) => [rule, ...also].includes("acme"))).toEqual([true]);
    expect(rule_files.at(-1)).toEqual({ file: "security/rules.toml", rules: 1 });
    expect(verdict).toBe("block");
  });
});

describe("a team's rule file", () => {
  it("adds, changes and switches off rules by their ids, and the report counts what ran", async () => {
    const before = (await reportOf(repository.root, ["."])).tool.rules;
    repository.write(".aura/live.toml", SETTINGS);
    repository.write(
      "security/rules.toml",
      '[[rule]]\nid = "jwt"\ndisabled = true\n\n[[rule]]\nid = "private-key"\nseverity = "low"\n',
    );
    const { tool, rule_files } = await reportOf(repository.root, ["."]);
    expect(tool.rules).toBe(before - 1);
    expect(rule_files.at(-1)).toEqual({ file: "security/rules.toml", rules: 1 });
  });

  it("blocks every scan while it is broken, and rules test tells where it is", async () => {
    repository.write(".aura/live.toml", SETTINGS);
    const file = path.join(repository.root, "security/rules.toml");
    repository.write("security/rules.toml", '[[rule]]\nid = "acme"\nkeywords = ["acme"]\npattern = "a(b"\n');
    const place = "security/rules.toml:4:";
    for (const words of [
      ["."],
      ["rules", "list"],
      ["rules", "test"],
      ["rules", "test", "security/rules.toml"],
    ]) {
      const run = await auraScan(repository.root, words);
      expect([words, run.code, run.err]).toEqual([words, 2, expect.stringContaining(place)]);
    }
    rmSync(file);
    writeFileSync(file, "");
    expect((await auraScan(repository.root, ["."])).code).toBe(0);
  });
});
