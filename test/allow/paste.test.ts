import { beforeAll, describe, expect, it } from "vitest";
import { runScan } from "../../src/gate/run-scan.js";
import { renderReport } from "../../src/report/render.js";
import type { Report } from "../../src/report/report.js";
import { loadRuleSet } from "../../src/rules/load.js";
import { createEngine, type Engine } from "../../src/scan/engine.js";
import type { Finding } from "../../src/scan/finding.js";
import { DEFAULTS } from "../../src/settings/defaults.js";
import type { SourceItem } from "../../src/sources/source.js";
import { awsKeyId, awsSecretKey, githubToken, letters, pemBlock, stripeKey } from "../secrets.js";

const ALLOW = ["aura-scan", "allow"].join(":");

let engine: Engine;
beforeAll(async () => {
  engine = createEngine(DEFAULTS, await loadRuleSet([]));
});

async function* oneFile(path: string, text: string): AsyncGenerator<SourceItem> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    yield bytes;
  }
  yield { kind: "file", file: { path, size: bytes.length, chunks } };
}

const run = (path: string, text: string): Promise<Report> =>
  runScan({ engine, mode: "tree", items: oneFile(path, text), nothing: "nothing", seesAll: true });

/** The comment that a blocked run prints as the way out; empty if it prints none. */
async function printed(path: string, text: string): Promise<string> {
  const report = await run(path, text);
  expect(report.verdict).toBe("block");
  const out = renderReport("text", report, { color: false, width: 80, verbose: false, quiet: false });
  return out.split("\n").find((line) => line.includes(ALLOW)) ?? "";
}

describe("the comment that a blocked run prints works as it is pasted", () => {
  const key = stripeKey();
  const password = `${letters("password", 12, "abcdefghkmnpqrstuvwxyzABCDEFGHKMN")}7#4`;
  it.each<readonly [string, string, string, number]>([
    ["Rust", "src/a.rs", `fn f() {\n    g("${key}");\n}\n`, 2],
    ["Rust, a password", "src/a.rs", `fn f() {\n    let db_password = "${password}";\n}\n`, 2],
    ["TypeScript", "src/a.ts", `export function f() {\n  g("${key}");\n}\n`, 2],
    ["TypeScript, a password", "src/a.ts", `export const config = {\n  dbPassword: "${password}",\n};\n`, 2],
    ["TypeScript, in pieces", "src/a.ts", `const k = "${key.slice(0, 12)}" + "${key.slice(12)}";\n`, 1],
    ["Go", "a.go", `func f() {\n\tg("${key}")\n}\n`, 2],
    ["Java, a password", "A.java", `class A {\n  String dbPassword = "${password}";\n}\n`, 2],
    ["Python", "a.py", `def f():\n    g("${key}")\n`, 2],
    ["Python, a password", "settings.py", `DB_PASSWORD = "${password}"\n`, 1],
    ["YAML", "a.yml", `pay:\n  key: ${key}\n`, 2],
    ["YAML, a password", "a.yml", `db:\n  password: "${password}"\n  port: 1\n`, 2],
    ["YAML, a password without quotes", "a.yml", `db:\n  password: ${password}\n  port: 1\n`, 2],
    ["TOML, a password", "a.toml", `[db]\npassword = "${password}"\n`, 2],
    ["HTML", "a.html", `<body>\n<a data-key="${key}">x</a>\n</body>\n`, 2],
    ["XML, a password", "a.xml", `<db>\n  <password>${password}</password>\n</db>\n`, 2],
    ["SQL", "a.sql", `insert into k\n  values ('${key}');\n`, 2],
    ["SQL, a password", "a.sql", `create role app;\nalter role app with password '${password}';\n`, 2],
    ["a URL", "a.py", `g("postgres://app:${password}@db.internal/prod")\n`, 1],
    ["a Dockerfile", "Dockerfile", `FROM x\nENV API_TOKEN=${githubToken()}\n`, 2],
    ["a shell script", "a.sh", `export API_TOKEN="${githubToken()}"\n`, 1],
  ])("%s", async (_name, path, text, line) => {
    const comment = await printed(path, text);
    const before = (await run(path, text)).findings.find(({ start }) => start.line === line);
    const lines = text.split("\n");
    const above = lines.toSpliced(line - 1, 0, comment);
    const behind = lines.with(line - 1, `${lines[line - 1]} ${comment}`);
    for (const pasted of [above, behind]) {
      const { verdict, findings, notices } = await run(path, pasted.join("\n"));
      expect([verdict, notices]).toEqual(["allow", []]);
      expect(findings.filter((finding) => finding.allowed !== null)).toMatchObject([
        { fingerprint: before?.fingerprint, allowed: "why this is fine", allowed_by: "inline" },
      ]);
    }
  });

  it("for a secret of several lines too, above it", async () => {
    const text = `key: |\n${pemBlock()}\n`;
    const comment = await printed("a.yml", text);
    const { verdict } = await run("a.yml", text.replace("\n", `\n${comment}\n`));
    expect(verdict).toBe("allow");
  });

  it("and the words in it make no other finding of what stands near", async () => {
    const text = `access_key = "${awsKeyId()}"\nsecret_key = "${awsSecretKey()}"\n`;
    const before = (await run("a.tf", text)).findings;
    expect(before.length).toBeGreaterThan(0);
    const after = (await run("a.tf", `${await printed("a.tf", text)}\n${text}`)).findings;
    const identity = ({ rule, fingerprint }: Finding) => [rule, fingerprint];
    expect(after.map(identity)).toEqual(before.map(identity));
  });

  it.each([
    ["where a file has no comments", "a.json", `{ "key": "${key}" }\n`],
    ["for a secret in the file's name", `a_${githubToken()}_b.py`, "x = 1\n"],
  ])("and is not printed %s", async (_name, path, text) => {
    expect(await printed(path, text)).toBe("");
  });
});
