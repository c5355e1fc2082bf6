import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { stripeKey } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

let repository: TestRepository;
let remote: string;
let first: string;
let second: string;

beforeAll(async () => {
  repository = await makeRepository();
  remote = temporaryFolder();
  repository.git("init", "-q", "--bare", remote);
  repository.git("remote", "add", "origin", remote);
  repository.write("a.ts", "export const a = 1;\n");
  repository.add("a.ts");
  first = repository.commit();
  repository.git("push", "-q", "origin", "main");
  repository.write("pay.ts", `export const key = "${stripeKey()}";\n`);
  repository.add("pay.ts");
  second = repository.commit();
});
afterAll(() => {
  repository.remove();
  rmSync(remote, { recursive: true, force: true });
});

/** What pre-commit.com sets for a hook of the stage pre-push; it gives it no standard input. */
const told = (more: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  PRE_COMMIT: "1",
  PRE_COMMIT_REMOTE_NAME: "origin",
  PRE_COMMIT_REMOTE_URL: remote,
  PRE_COMMIT_LOCAL_BRANCH: "refs/heads/main",
  PRE_COMMIT_REMOTE_BRANCH: "refs/heads/main",
  ...more,
});

describe("under pre-commit.com, which hands over no lines of git's, pre-push looks at", () => {
  it("what it says is pushed", async () => {
    const env = told({ PRE_COMMIT_FROM_REF: first, PRE_COMMIT_TO_REF: second });
    const report = await reportOf(repository.root, ["pre-push"], { env });
    expect(report).toMatchObject({ verdict: "block", scanned: { files: 1, commits: 1 } });
  });

  it("the local branch, where the remote has nothing of it and pre-commit says no more", async () => {
    const env = told({ PRE_COMMIT_REMOTE_NAME: remote });
    const report = await reportOf(repository.root, ["pre-push"], { env });
    expect(report).toMatchObject({ verdict: "block", scanned: { files: 2, commits: 2 } });
  });

  it.each([
    ["it tells of no push", { PRE_COMMIT: "1" }],
    ["what it names is not here", told({ PRE_COMMIT_TO_REF: "f".repeat(40) })],
  ])("nothing, and does not pass, where %s", async (_, env) => {
    const run = await auraScan(repository.root, ["pre-push"], { env });
    expect(run).toMatchObject({ code: 3, out: "" });
    expect(run.err).toContain("pre-commit does not say what is pushed, so nothing was looked at");
  });
});
