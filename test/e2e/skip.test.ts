import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { stripeKey } from "../secrets.js";
import { auraScan, environment } from "./aura-scan.js";

const LEAK = `export const key = "${stripeKey()}";\n`;
const COMMIT_LINE =
  "aura-scan: AURA_SCAN_SKIP=1, so this commit was not looked at; the ledger says so (aura-scan audit)\n";
const PUSH_LINE =
  "aura-scan: AURA_SCAN_SKIP=1, so this push was not looked at; the ledger says so (aura-scan audit)\n";

let repository: TestRepository;
let aside: string;

beforeEach(async () => {
  repository = await makeRepository();
  aside = temporaryFolder();
  expect((await auraScan(repository.root, ["init"])).code).toBe(0);
  repository.write("src/pay.ts", LEAK);
  repository.git("add", ".");
});
afterEach(() => {
  repository.remove();
  rmSync(aside, { recursive: true, force: true });
});

/** git with its hooks, as a person types it. */
function git(skip: string | null, ...args: readonly string[]) {
  const env = { ...environment(), ...(skip === null ? {} : { AURA_SCAN_SKIP: skip }) };
  const { status, stderr } = spawnSync("git", args, { cwd: repository.root, env, encoding: "utf8" });
  return { passed: status === 0, said: stderr };
}
const commit = (skip: string | null) => git(skip, "commit", "-qm", "a commit");

async function skips(...words: readonly string[]): Promise<readonly unknown[]> {
  const { out } = await auraScan(repository.root, ["audit", "--json", ...words]);
  return (JSON.parse(out) as { readonly skips: readonly unknown[] }).skips;
}

describe("AURA_SCAN_SKIP=1", () => {
  it("lets one commit through, says so in one line and in the ledger; the next is looked at", async () => {
    expect(commit("1")).toEqual({ passed: true, said: COMMIT_LINE });
    expect(await skips()).toEqual([{ at: expect.any(String), hook: "pre-commit", head: null, commits: [] }]);
    repository.write("src/more.ts", LEAK);
    repository.git("add", ".");
    expect(commit(null).passed).toBe(false);
    const head = repository.git("rev-parse", "HEAD");
    expect(commit("1").passed).toBe(true);
    expect(await skips()).toEqual([
      expect.objectContaining({ head: null }),
      expect.objectContaining({ hook: "pre-commit", head }),
    ]);
    const { code, out } = await auraScan(repository.root, ["audit"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^\S+Z skipped pre-commit of the first commit$/m);
    expect(out).toContain(`skipped pre-commit on top of ${head.slice(0, 12)}\n`);
    expect(out).toContain("2 times git was let through unseen (AURA_SCAN_SKIP=1).\n");
    expect((await auraScan(repository.root, ["audit", "--verify"])).code).toBe(0);
  });

  it("lets one push through, and the ledger names what was pushed", async () => {
    repository.git("init", "-q", "--bare", aside);
    const head = repository.commit();
    expect(git(null, "push", "-q", aside, "main").passed).toBe(false);
    expect(git("1", "push", "-q", aside, "main")).toEqual({ passed: true, said: PUSH_LINE });
    expect(await skips()).toEqual([expect.objectContaining({ hook: "pre-push", head, commits: [head] })]);
    const { out } = await auraScan(repository.root, ["audit"]);
    expect(out).toContain(`skipped pre-push of ${head.slice(0, 12)}\n`);
  });

  it.each(["0", "yes"])("set to %j lets nothing through", (value) => {
    expect(commit(value).passed).toBe(false);
  });

  it("lets a commit through though the settings are broken, for that may be why somebody is in a hurry", () => {
    repository.write(".aura/live.toml", "[scan\n");
    expect(commit(null).passed).toBe(false);
    expect(commit("1")).toEqual({ passed: true, said: COMMIT_LINE });
  });

  it("lets nothing through that the ledger cannot be told of, and says so in one line", () => {
    mkdirSync(join(repository.root, ".aura/live"), { recursive: true });
    symlinkSync(aside, join(repository.root, ".aura/live/audit"));
    const { passed, said } = commit("1");
    expect(passed).toBe(false);
    expect(said).toMatch(
      /^aura-scan: AURA_SCAN_SKIP=1 is set, but this commit does not pass unseen: it cannot be written into the ledger\. .*\n$/,
    );
    expect(repository.gitWith({}, "for-each-ref")).toBe("");
  });

  it("does not stop a scan of anything else", async () => {
    const run = await auraScan(repository.root, ["src"], { env: { AURA_SCAN_SKIP: "1" } });
    expect(run.code).toBe(1);
    expect(run.err).not.toContain("AURA_SCAN_SKIP");
  });

  it("is among the evidence, in the time that is asked for", async () => {
    commit("1");
    const page = async (name: string, ...words: readonly string[]): Promise<string> => {
      const run = await auraScan(repository.root, ["audit", "--evidence", join(aside, name), ...words]);
      expect(run.code).toBe(0);
      return readFileSync(join(aside, name, "evidence.html"), "utf8");
    };
    expect(await page("all")).toContain("Let through unseen with <code>AURA_SCAN_SKIP=1</code>.");
    const { skips: told } = JSON.parse(readFileSync(join(aside, "all/evidence.json"), "utf8")) as {
      readonly skips: readonly unknown[];
    };
    expect(told).toEqual([{ at: expect.any(String), hook: "pre-commit", head: null, commits: [] }]);
    expect(await page("before", "--until", "2020-01-01")).toContain(
      "No commit or push was let through unseen.",
    );
    expect(await skips("--until", "2020-01-01")).toEqual([]);
  });
});
