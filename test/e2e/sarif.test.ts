import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REPORT_FORMATS } from "../../src/report/formats.js";
import { renderReport } from "../../src/report/render.js";
import type { Report } from "../../src/report/report.js";
import { schemaFaults, uploadFaults } from "../report/sarif-schema.js";
import { makeRepository, type TestRepository } from "../repository.js";
import {
  awsKeyId,
  awsSecretKey,
  awsTemporaryKeyId,
  encodedForms,
  githubToken,
  stripeKey,
} from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

const PAY = `/// Pays with ${githubToken("comment")}.
pub fn pay(amount: u64) -> bool {
    let key = "${stripeKey()}";
    let id = "${awsTemporaryKeyId()}";
    client::charge(key, id, amount)
}

/// @aura-local
pub fn kept() -> &'static str {
    "${awsTemporaryKeyId("kept")}"
}

pub fn other_${githubToken("name")}() {}
`;

const SPLIT = `export function token(): string {
  const first = "${githubToken("split").slice(0, 20)}";
  const second = "${githubToken("split").slice(20)}";
  return first + second;
}
export const encoded = "${Buffer.from(`token ${githubToken("encoded")} end`).toString("base64")}";
`;

const PAIR = `[default]\naws_access_key_id = ${awsKeyId("pair")}\naws_secret_access_key = ${awsSecretKey("pair")}\n`;

const SECRETS = [
  ...["comment", "name", "path", "split", "encoded", "allowed", "old"].map(githubToken),
  stripeKey(),
  awsTemporaryKeyId(),
  awsTemporaryKeyId("kept"),
  awsTemporaryKeyId("binary"),
  awsKeyId("pair"),
  awsSecretKey("pair"),
];

type Result = {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
  readonly relatedLocations?: readonly unknown[];
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly properties: Readonly<Record<string, unknown>>;
};

describe("the SARIF of a run with every kind of finding", () => {
  let repository: TestRepository;
  const out = (name: string): string => path.join(repository.root, ".git", name);
  const read = (name: string): string => readFileSync(out(name), "utf8");

  /** Runs with a JSON report beside it, and hands over both. */
  async function logsOf(...words: readonly string[]) {
    const reports = ["--report", `sarif=${out("a.sarif")}`, "--report", `json=${out("a.json")}`];
    const run = await auraScan(repository.root, [...words, ...reports]);
    expect(run.err).toBe("");
    const sarif = read("a.sarif");
    const [first] = JSON.parse(sarif).runs;
    const report = JSON.parse(read("a.json")) as Report;
    return { code: run.code, sarif, report, run: first, results: first.results as readonly Result[] };
  }

  beforeAll(async () => {
    repository = await makeRepository();
    repository.write("old.env", `TOKEN=${githubToken("old")}\n`);
    repository.add("old.env");
    repository.commit("old");
    repository.git("rm", "-q", "old.env");
    repository.write("src/pay.rs", PAY);
    repository.write("src/split.ts", SPLIT);
    repository.write("aws/credentials", PAIR);
    repository.write(
      "fine.txt",
      `token ${githubToken("allowed")}
`,
    );
    repository.write(
      "known.txt",
      `token ${githubToken("allowed")}
`,
    );
    repository.write(
      "binary.dat",
      Buffer.concat([Buffer.alloc(64), Buffer.from(`key ${awsTemporaryKeyId("binary")} `), Buffer.alloc(64)]),
    );
    repository.write(`docs/${githubToken("path")}.md`, "# Nothing\n");
    repository.write("logo.png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
    repository.write("gone.txt", "nothing\n");
    repository.write(
      ".aura/live.toml",
      '[[scan.allow]]\npath = "fine.txt"\nreason = "a placeholder"\n\n[scan]\nnew_allows = "accept"\n',
    );
    const report = await reportOf(repository.root, ["known.txt"]);
    const { rule, fingerprint } = report.findings[0] ?? { rule: "", fingerprint: "" };
    repository.write(
      "known.txt",
      `# aura-scan:allow ${rule}@${fingerprint.slice(0, 12)} -- known to all\ntoken ${githubToken("allowed")}\n`,
    );
    repository.add(".");
    repository.commit("all");
  });
  afterAll(() => repository.remove());

  it("is valid, is what an upload takes, and holds every kind", async () => {
    const { code, sarif, run, results } = await logsOf("--include-allowed", "--category", "demo");
    expect(code).toBe(1);
    expect(schemaFaults(JSON.parse(sarif))).toBeNull();
    expect(uploadFaults(JSON.parse(sarif))).toEqual([]);
    expect(run.automationDetails).toEqual({ id: "demo/" });
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 });
    const kinds = results.map(({ properties, locations }) => {
      const { uri } = locations[0]?.physicalLocation.artifactLocation ?? { uri: "" };
      return `${uri.replace(/ghp_.*/, "")}: ${properties["wire"]}, ${properties["surface"]}, ${properties["built"] ?? "as it is"}`;
    });
    expect([...new Set(kinds)].sort()).toEqual([
      "aws/credentials: withheld, text, as it is",
      "binary.dat: withheld, text, as it is",
      "docs/: withheld, identifier, as it is",
      "fine.txt: withheld, text, as it is",
      "known.txt: withheld, text, as it is",
      "src/pay.rs: leak, body, as it is",
      "src/pay.rs: leak, comment, as it is",
      "src/pay.rs: leak, identifier, as it is",
      "src/pay.rs: masked, body, as it is",
      "src/pay.rs: withheld, body, as it is",
      "src/split.ts: leak, body, concatenation",
      "src/split.ts: withheld, text, base64",
    ]);
    const notes = run.invocations[0].toolExecutionNotifications;
    expect(notes.map((note: { message: { text: string } }) => note.message.text)).toEqual([
      "Not read: 'logo.png': png image",
    ]);
  });

  it("links a pair and the pieces of a secret to their places", async () => {
    const { results } = await logsOf();
    const pair = results.find(({ ruleId }) => ruleId === "aws-secret-access-key");
    expect(pair?.message.text).toMatch(/Its other half: \[AWS access key id\]\(1\)\.$/);
    expect(pair?.relatedLocations).toMatchObject([
      { id: 1, physicalLocation: { region: { startLine: 2, startColumn: 21, endLine: 2, endColumn: 41 } } },
    ]);
    const split = results.find(({ properties }) => properties["built"] === "concatenation");
    expect(split?.relatedLocations).toMatchObject([
      { id: 1, physicalLocation: { region: { startLine: 2, startColumn: 18, endColumn: 38 } } },
      { id: 2, physicalLocation: { region: { startLine: 3, startColumn: 19, endColumn: 39 } } },
    ]);
  });

  it("leaves allowed findings out unless asked for them, and then says who allowed them and why", async () => {
    const uris = (results: readonly Result[]): readonly string[] =>
      results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri ?? "");
    const { results: without, run } = await logsOf();
    expect(uris(without)).not.toContain("fine.txt");
    expect(without.every(({ suppressions }) => suppressions === undefined)).toBe(true);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toBe(
      "2 allowed findings left out.",
    );
    const { results } = await logsOf("--include-allowed");
    const told = results.flatMap(({ suppressions = [] }) => suppressions);
    expect(told).toEqual([
      { kind: "external", status: "accepted", justification: "a placeholder" },
      { kind: "inSource", status: "accepted", justification: "known to all" },
    ]);
  });

  it("holds no secret in any format, in no form, and is the same when it is made of the JSON report", async () => {
    const targets = REPORT_FORMATS.map((format) => `${format}=${out(format)}`);
    const options = ["--include-allowed", "--category", "a", "--verbose"];
    const run = await auraScan(repository.root, [...targets.flatMap((one) => ["--report", one]), ...options]);
    expect(run).toMatchObject({ code: 1, err: "" });
    const report = JSON.parse(read("json")) as Report;
    const view = { color: false, width: 80, quiet: false, verbose: true, includeAllowed: true };
    for (const format of REPORT_FORMATS) {
      const written = read(format);
      for (const form of SECRETS.flatMap(encodedForms)) expect(written, format).not.toContain(form);
      // What is shown of the source is in no report that is kept.
      if (format !== "text") expect(renderReport(format, report, view), format).toBe(written);
    }
    expect(run.out).toContain("Blocked");
  });

  it("keeps the fingerprints of lines that moved, GitHub's too, and changes nothing else but places", async () => {
    const before = await logsOf();
    for (const [file, text] of [
      ["src/pay.rs", PAY],
      ["src/split.ts", SPLIT],
      ["aws/credentials", PAIR],
    ] as const) {
      const comment = file.startsWith("src/") ? "//" : "#";
      repository.write(file, `${comment} One line more.\n${comment} And one.\n\n${text}`);
    }
    const after = await logsOf();
    const prints = (results: readonly Result[]) =>
      results.map(({ ruleId, partialFingerprints }) => ({ ruleId, ...partialFingerprints }));
    expect(prints(after.results)).toEqual(prints(before.results));
    expect(prints(before.results).filter((one) => "primaryLocationLineHash" in one).length).toBe(3);
    const lines = (results: readonly Result[]) =>
      results
        .filter(({ locations }) =>
          /^(?:src|aws)/.test(locations[0]?.physicalLocation.artifactLocation.uri ?? ""),
        )
        .map(({ locations }) => locations[0]?.physicalLocation.region.startLine ?? 0);
    expect(lines(after.results)).toEqual(lines(before.results).map((line) => line + 3));
  });

  it("of a history names commits, and tells what is missing as a failure of the run", async () => {
    const blob = repository.git("rev-parse", "HEAD:gone.txt");
    rmSync(path.join(repository.root, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    const { sarif, run, results, code } = await logsOf("--all", "--include-allowed");
    expect(code).toBe(1);
    expect(schemaFaults(JSON.parse(sarif))).toBeNull();
    expect(uploadFaults(JSON.parse(sarif))).toEqual([]);
    const old = results.find(
      ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri === "old.env",
    );
    expect(old?.properties).toMatchObject({
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      at_head: false,
    });
    const notes = run.invocations[0].toolExecutionNotifications.map(
      ({ level, descriptor }: { level: string; descriptor: { id: string } }) => `${level}: ${descriptor.id}`,
    );
    expect(notes).toContain("error: not-read");
  });
});
