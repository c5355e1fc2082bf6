import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository } from "../repository.js";
import { letters, pemBlock, stripeKey } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

const ALLOW = ["aura-scan", "allow"].join(":");
const REFUSE = '[scan]\nnew_allows = "refuse"\n';
const password = `${letters("password", 12, "abcdefghkmnpqrstuvwxyzABCDEFGHKMN")}7#4`;

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

/** The comment that a blocked run prints as the way out. */
async function printedComment(words: readonly string[] = []): Promise<string> {
  const { code, out } = await auraScan(repository.root, words);
  expect(code).toBe(1);
  return out.split("\n").find((line) => line.includes(ALLOW)) ?? "";
}

describe("the comment that a blocked run prints works as it is pasted", () => {
  const key = stripeKey();
  // In every language: test/allow/paste.test.ts.
  it.each([
    ["Rust", "src/a.rs", `fn f() {\n    g("${key}");\n}\n`],
    ["YAML", "a.yml", `db:\n  password: "${password}"\n  port: 1\n`],
    ["XML", "a.xml", `<db>\n  <password>${password}</password>\n</db>\n`],
  ])("%s", async (_name, path, text) => {
    repository.write(path, text);
    const comment = await printedComment();
    const lines = text.split("\n");
    for (const pasted of [lines.toSpliced(1, 0, comment), lines.with(1, `${lines[1]} ${comment}`)]) {
      repository.write(path, pasted.join("\n"));
      const report = await reportOf(repository.root, []);
      expect([report.verdict, report.notices]).toEqual(["allow", []]);
      expect(report.findings).toMatchObject([{ allowed: "why this is fine", allowed_by: "inline" }]);
    }
  });

  it("is not printed where a file has no comments", async () => {
    repository.write("a.json", `{ "key": "${key}" }\n`);
    expect(await printedComment()).toBe("");
  });

  it("lets a staged secret pass, and no other in its place", async () => {
    repository.write("a.py", `k = "${key}"\n`);
    repository.add("a.py");
    const comment = await printedComment(["--staged"]);
    repository.write("a.py", `${comment}\nk = "${key}"\n`);
    repository.add("a.py");
    expect((await auraScan(repository.root, ["--staged"])).code).toBe(0);
    repository.write("a.py", `${comment}\nk = "${stripeKey("other")}"\n`);
    repository.add("a.py");
    expect((await auraScan(repository.root, ["--staged"])).code).toBe(1);
  });

  it("is told in every report", async () => {
    repository.write("k.yml", `key: |\n${pemBlock()}\n`);
    const comment = await printedComment();
    repository.write("k.yml", `key: |\n${comment}\n${pemBlock()}\n`);
    const text = await auraScan(repository.root, ["--verbose"]);
    expect(text.out).toContain("allowed (inline): why this is fine");
    expect(text.out).toContain("1 finding allowed (1 inline)");
    expect((await auraScan(repository.root, [])).out).toContain("1 finding allowed (1 inline)");
  });
});

describe('scan.new_allows = "refuse"', () => {
  const LINE = `k = "${stripeKey()}"\n`;
  const staged = () => auraScan(repository.root, ["--staged"]);
  const comment = async () => {
    const [finding] = (await reportOf(repository.root, ["--staged"])).findings;
    return `# ${ALLOW} ${finding?.rule}@${finding?.fingerprint.slice(0, 12)} -- fine\n`;
  };

  it("blocks a commit that brings its own comment, and says why", async () => {
    repository.write(".aura/live.toml", REFUSE);
    repository.write("a.py", LINE);
    repository.add(".");
    const allowing = await comment();
    repository.write("a.py", allowing + LINE);
    repository.add(".");
    const run = await staged();
    const out = run.out.replace(/\s+/g, " ");
    expect(run.code).toBe(1);
    expect(out).toContain(
      "The comment that allows it is new, and does not count where new allows are refused.",
    );
    expect(out).toContain("One finding is allowed only by what is new");
    repository.commit();
    repository.write("a.py", `x = 1\n${allowing}${LINE}`);
    expect((await auraScan(repository.root, [])).code).toBe(0);
  });

  it("blocks a commit that brings its own table or entry", async () => {
    repository.write("a.py", LINE);
    repository.write("known.txt", "");
    repository.write(".aura/live.toml", `${REFUSE}baseline = "known.txt"\n`);
    repository.add(".aura", "known.txt");
    repository.commit();
    repository.add("a.py");
    await auraScan(repository.root, ["baseline"]);
    repository.add(".");
    expect((await staged()).out.replace(/\s+/g, " ")).toContain("Its entry in the baseline is new");
    const table = '[[scan.allow]]\npath = "*"\nreason = "all"\n';
    repository.write(".aura/live.toml", `${REFUSE}baseline = "known.txt"\n${table}`);
    repository.add(".");
    const both = await staged();
    expect([both.code, both.out.replace(/\s+/g, " ")]).toEqual([
      1,
      expect.stringContaining("The [[scan.allow]] table for it is new"),
    ]);
    repository.commit();
    expect((await auraScan(repository.root, [])).code).toBe(0);
  });

  it("holds every allow against the commit that CI names", async () => {
    repository.write("a.py", LINE);
    repository.add(".");
    repository.commit();
    repository.git("branch", "base");
    const [finding] = (await reportOf(repository.root, [])).findings;
    repository.write("a.py", `# ${ALLOW} ${finding?.rule}@${finding?.fingerprint} -- fine\n${LINE}`);
    repository.add(".");
    repository.commit();
    expect((await auraScan(repository.root, [])).code).toBe(0);
    expect((await auraScan(repository.root, ["--allows-from", "HEAD"])).code).toBe(0);
    expect((await auraScan(repository.root, ["--allows-from", "base"])).code).toBe(1);
    for (const name of ["none", "--all", "-x", ""]) {
      const wrong = await auraScan(repository.root, [`--allows-from=${name}`]);
      expect([wrong.code, wrong.err]).toEqual([
        2,
        expect.stringContaining("there is no commit of that name here"),
      ]);
    }
  });

  it("refuses in a push what the remote does not have", async () => {
    const remote = await makeRepository("--bare");
    try {
      repository.git("remote", "add", "origin", remote.root);
      const [settings, allowed] = [`${REFUSE}`, '[[scan.allow]]\nfingerprint = "FP"\nreason = "x"\n'];
      repository.write("a.py", LINE);
      const [finding] = (await reportOf(repository.root, [])).findings;
      const table = allowed.replace("FP", finding?.fingerprint ?? "");
      repository.write(".aura/live.toml", settings + table);
      repository.add(".");
      const first = repository.commit();
      const push = async (oid: string, there: string) => {
        const input = `refs/heads/main ${oid} refs/heads/main ${there}\n`;
        return (await auraScan(repository.root, ["pre-push", "origin", remote.root], { input })).code;
      };
      expect(await push(first, "0".repeat(40)), "all of it is new").toBe(1);
      repository.git("reset", "--quiet", "--soft", "HEAD");
      repository.git("rm", "--quiet", "--cached", "a.py");
      repository.git("commit", "--quiet", "--amend", "--no-verify", "-m", "settings");
      repository.git("push", "--quiet", "--no-verify", "origin", "main");
      const there = repository.git("rev-parse", "HEAD");
      repository.add("a.py");
      const second = repository.commit();
      expect(await push(second, there), "the remote has the table").toBe(0);
      expect(await push(second, "0".repeat(40)), "on a branch that it has").toBe(0);
    } finally {
      remote.remove();
    }
  });
});
