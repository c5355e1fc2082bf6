import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository } from "../repository.js";
import { awsTemporaryKeyId, githubToken, letters, pemBlock } from "../secrets.js";
import { auraScan } from "./aura-scan.js";

const password = `${letters("password", 12, "abcdefghkmnpqrstuvwxyzABCDEFGHKMN")}7#4`;

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

describe("what a blocked run prints works as it is pasted", () => {
  it.each([
    ["a provider's key", `g("${awsTemporaryKeyId()}")`],
    ["a provider's token", `g("${githubToken()}")`],
    ["a token grown into a longer word", `g("my_${githubToken()}_old")`],
    ["a password by its name", `let db_password = "${password}";`],
    ["a password in a URL", `g("postgres://app:${password}@db.internal/prod")`],
    [
      "several at once, a name twice",
      `let db_password = "${password}"; g(db_password: '${password}x', "${awsTemporaryKeyId()}");`,
    ],
  ])("the mask block: %s", async (_name, statement) => {
    const settings = '[scan]\ngit_blocks_on = "leaks"\n';
    repository.write(".aura/live.toml", settings);
    repository.write("src/a.rs", `fn f() {\n    ${statement}\n}\n`);
    const before = await auraScan(repository.root, []);
    expect([before.code, before.out]).toEqual([1, expect.stringContaining("[[live.privacy.mask]]")]);
    const blocks = before.out.match(/^\[\[live\.privacy\.mask\]\]\n(?:.+\n){3}/gm) ?? [];
    repository.write(".aura/live.toml", `${settings}\n${blocks.join("\n")}`);
    const after = await auraScan(repository.root, ["--verbose"]);
    expect([after.code, after.err]).toEqual([0, ""]);
    expect(after.out).toContain("wire: masked by");
  });

  it("the allow block, and only for that secret", async () => {
    repository.write("a.txt", `token ${githubToken()}\n`);
    const before = await auraScan(repository.root, []);
    const [allow = ""] = /^\[\[scan\.allow\]\]\n(?:.+\n){2}/m.exec(before.out) ?? [];
    expect([before.code, allow]).toEqual([1, expect.stringContaining("fingerprint")]);
    repository.write(".aura/live.toml", allow);
    const after = await auraScan(repository.root, []);
    expect([after.code, after.out]).toEqual([0, expect.stringContaining("1 finding allowed")]);
    repository.write("a.txt", `token ${githubToken("another")}\n`);
    expect((await auraScan(repository.root, [])).code).toBe(1);
  });

  it("a baseline of what is known", async () => {
    repository.write("a.txt", `${pemBlock()}\n`);
    const { findings } = JSON.parse((await auraScan(repository.root, ["--report", "json"])).out);
    const [finding] = findings;
    repository.write(".aura/live.toml", '[scan]\nbaseline = "known.txt"\n');
    repository.write(
      "known.txt",
      `# known\n${finding.fingerprint}  ${finding.rule}  ${finding.path}  -- a test key\n`,
    );
    const after = await auraScan(repository.root, ["--verbose"]);
    expect([after.code, after.out]).toEqual([0, expect.stringContaining("a test key")]);
  });
});
