import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { awsTemporaryKeyId, githubToken, stripeKey } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

const source = (stripe: string) => `/// Pays.
pub fn pay(amount: u64) -> bool {
    let key = "${stripe}";
    let id = "${awsTemporaryKeyId()}";
    client::charge(key, id, amount)
}

pub fn other_${githubToken()}() {}
`;

describe("the same bytes give the same findings in every mode", () => {
  let repository: TestRepository;
  const reports: Record<string, Report> = {};

  beforeAll(async () => {
    repository = await makeRepository();
    repository.write("src/pay.rs", source(stripeKey()));
    repository.git("add", ".");
    reports["staged"] = await reportOf(repository.root, ["--staged"]);
    reports["path"] = await reportOf(repository.root, ["src/pay.rs"]);
    reports["tree"] = await reportOf(repository.root, []);
    reports["stdin"] = await reportOf(repository.root, ["-", "--stdin-path", "src/pay.rs"], {
      input: source(stripeKey()),
    });
  });
  afterAll(() => repository.remove());

  const told = (report: Report | undefined) =>
    (report?.findings ?? []).map(({ fingerprint, rule, start, surface, wire }) => ({
      fingerprint,
      rule,
      start,
      surface,
      wire,
    }));

  it("finds the three secrets, each on its surface with what the wire does", () => {
    expect(told(reports["staged"]).map(({ surface, wire }) => [surface, wire])).toEqual([
      ["body", "masked"],
      ["body", "leak"],
      ["identifier", "leak"],
    ]);
  });

  it.each(["path", "tree", "stdin"])("%s agrees with staged", (mode) => {
    expect(told(reports[mode])).toEqual(told(reports["staged"]));
  });

  it("preflight agrees on the fingerprints of what lies in units", async () => {
    const request = {
      jsonrpc: "2.0",
      id: 1,
      method: "preflight.check",
      params: { pushes: [{ path: "src/pay.rs", source: source(stripeKey()) }] },
    };
    const run = await auraScan(repository.root, ["preflight"], { input: JSON.stringify(request) });
    const pushes = JSON.parse(run.out).result.pushes as { findings: { fingerprint: string }[] }[];
    const prints = pushes.flatMap((push) => push.findings.map((finding) => finding.fingerprint));
    expect(prints).toEqual(told(reports["staged"]).map((finding) => finding.fingerprint));
  });

  it("another secret put in the place of the first gets another fingerprint", async () => {
    const [first] = told(reports["stdin"]);
    const again = await reportOf(repository.root, ["-", "--stdin-path", "src/pay.rs"], {
      input: source(stripeKey("b")),
    });
    expect(told(again)[0]?.fingerprint).not.toBe(first?.fingerprint);
    expect(told(again).slice(1)).toEqual(told(reports["stdin"]).slice(1));
  });

  it("a finding keeps its fingerprint when its lines move", async () => {
    const moved = await reportOf(repository.root, ["-", "--stdin-path", "src/pay.rs"], {
      input: `// one more line\n\n${source(stripeKey())}`,
    });
    expect(told(moved).map((finding) => finding.fingerprint)).toEqual(
      told(reports["stdin"]).map((finding) => finding.fingerprint),
    );
  });
});
