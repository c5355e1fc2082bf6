import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository } from "../repository.js";
import {
  awsKeyId,
  awsSecretKey,
  awsTemporaryKeyId,
  encodedForms,
  githubToken,
  pemBlock,
  stripeKey,
} from "../secrets.js";
import { auraScan } from "./aura-scan.js";

const base64 = (secret: string): string => Buffer.from(secret).toString("base64");
const hex = (secret: string): string => Buffer.from(secret).toString("hex");
const percent = (secret: string): string =>
  [...Buffer.from(secret)].map((b) => `%${b.toString(16)}`).join("");

const PLANTED = [
  stripeKey(),
  awsKeyId(),
  awsTemporaryKeyId(),
  awsSecretKey(),
  githubToken(),
  githubToken("name"),
  githubToken("path"),
];

const SOURCE = `/// the key is ${githubToken()} and ${stripeKey()}
pub fn call_${githubToken("name")}(a: &str) -> bool {
    let both = ("${stripeKey()}", "${awsTemporaryKeyId()}");
    let aws = Aws::new("${awsKeyId()}", "${awsSecretKey()}"); // aws_secret_access_key
    let encoded = "${stripeKey()} ${base64(stripeKey())} ${hex(stripeKey())} ${percent(stripeKey())}";
    let key = "${pemBlock().replaceAll("\n", "\\n")}";
    true
}
`;

describe("no output of any mode holds a secret or an encoded form of one", () => {
  let repository: TestRepository;
  const file = `src/${githubToken("path")}.rs`;

  beforeAll(async () => {
    repository = await makeRepository();
    repository.write(file, SOURCE);
    repository.write(
      "notes.txt",
      `token ${githubToken()} and again ${stripeKey()}\r\nno line break at the end ${awsTemporaryKeyId()}`,
    );
    repository.write(
      "binary.dat",
      Buffer.concat([Buffer.alloc(64), Buffer.from(stripeKey()), Buffer.alloc(64)]),
    );
    repository.git("add", ".");
    mkdirSync(path.join(repository.root, "out"));
  });
  afterAll(() => repository.remove());

  const request = (push: object) =>
    JSON.stringify({ jsonrpc: "2.0", id: 1, method: "preflight.check", params: { pushes: [push] } });

  it.each<[string, string[], string?]>([
    ["the tree as text", ["--verbose"]],
    ["the tree as JSON", ["--report", "json"]],
    ["the tree as SARIF", ["--report", "sarif"]],
    ["what is staged", ["--staged"]],
    ["quietly", ["--quiet"]],
    ["a path", [file]],
    ["standard input", ["-", "--stdin-path", file, "--verbose"], SOURCE],
    ["preflight, a source", ["preflight"], request({ path: file, source: SOURCE })],
    [
      "preflight, a body",
      ["preflight"],
      request({
        path: "src/a.rs",
        body: SOURCE,
        name: githubToken("name"),
        aura_id: `x::${githubToken("name")}`,
      }),
    ],
    ["preflight, a request that is broken", ["preflight"], `{"${githubToken()}": ${stripeKey()}`],
    [
      "preflight, an unknown key",
      ["preflight"],
      request({ path: "a.rs", body: "", [githubToken()]: stripeKey() }),
    ],
    ["an unknown option", [`--${githubToken()}`]],
    ["an unknown value", ["--fail-on", githubToken()]],
    ["an unknown report", ["--report", githubToken()]],
    ["a path that is not there", [githubToken()]],
  ])("%s", async (_name, words, input) => {
    const run = await auraScan(repository.root, words, input === undefined ? {} : { input });
    expect(run.code).not.toBe(0);
    expectNothing(run.out + run.err);
  });

  it.each(["text", "json", "sarif"])("names of what is not read, and reasons, as %s", async (format) => {
    const odd = await makeRepository();
    odd.write(".aura/live.toml", `[[scan.allow]]\npath = "x/**"\nreason = "because ${githubToken()}"\n`);
    odd.write("x/a.txt", stripeKey());
    odd.write(
      `${githubToken("path")}.png`,
      Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64, 7)]),
    );
    execFileSync("mkfifo", [path.join(odd.root, `${githubToken()}.pipe`)]);
    odd.git("init", "--quiet", `nested-${githubToken("name")}`);
    odd.git(
      "update-index",
      "--add",
      "--cacheinfo",
      `100644,${"12".repeat(20)},gone_${githubToken("path")}.ts`,
    );
    for (const words of [[], ["--staged"]]) {
      const run = await auraScan(odd.root, [...words, "--verbose", "--report", format]);
      expect(run.out).not.toBe("");
      expectNothing(run.out + run.err);
    }
    const refs = `refs/heads/${githubToken()} ${"ab".repeat(20)} refs/heads/${githubToken()} ${"0".repeat(40)}\n`;
    const push = await auraScan(odd.root, ["pre-push", "origin", "u", "--report", format], { input: refs });
    expect(push.code).not.toBe(0);
    expectNothing(push.out + push.err);
    odd.remove();
  });

  it("report files", async () => {
    const run = await auraScan(repository.root, [
      "--report",
      "sarif=out/a.sarif",
      "--report",
      "json=out/a.json",
      "--report",
      "text=out/a.txt",
    ]);
    expect(run.code).toBe(1);
    for (const name of ["a.sarif", "a.json", "a.txt"]) {
      const text = readFileSync(path.join(repository.root, "out", name), "utf8");
      expect(text).toContain("stripe");
      expectNothing(text);
    }
  });

  function expectNothing(text: string): void {
    const lines = pemBlock().split("\n").slice(1, -1);
    for (const secret of [...PLANTED, ...lines]) {
      for (const form of encodedForms(secret))
        expect(text.includes(form), `holds a secret: ${form.slice(0, 12)}`).toBe(false);
      // Enough of it to search for.
      expect(text.includes(secret.slice(-10)), "holds the end of a secret").toBe(false);
    }
  }
});
