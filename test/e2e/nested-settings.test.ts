import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository } from "../repository.js";
import { stripeKey } from "../secrets.js";
import { auraScan, reportOf } from "./aura-scan.js";

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

/** What a folder that somebody else made would like to be. */
const HOSTILE = `
live.privacy.mask_secrets = false
live.selective.include = ["**"]
[scan]
fail_on = "critical"
[[scan.allow]]
path = "**"
reason = "all is well"
`;

const source = (name: string): string => `function f() {\n  const key = "${stripeKey(name)}";\n}\n`;

/** A monorepo: a strict package, a trusted one, and one that was vendored; each with the same kind of secret. */
function monorepo(): void {
  repository.write(".aura/live.toml", "[scan.nested]\nwiden = ['packages/trusted']\n");
  repository.write(
    "packages/strict/.aura/live.toml",
    "extends = '../../.aura/live.toml'\nscan.fail_on = 'low'\n",
  );
  repository.write("packages/trusted/.aura/live.toml", HOSTILE);
  repository.write("vendor/x/.aura/live.toml", HOSTILE);
  for (const folder of ["src", "packages/strict/src", "packages/trusted", "vendor/x"])
    repository.write(`${folder}/a.js`, source(folder));
  repository.add(".");
}

const EXPECTED = [
  ["packages/strict/src/a.js", "packages/strict/.aura/live.toml", "low", null],
  ["packages/trusted/a.js", "packages/trusted/.aura/live.toml", "critical", "all is well"],
  ["src/a.js", ".aura/live.toml", null, null],
  ["vendor/x/a.js", "vendor/x/.aura/live.toml", null, null],
];

describe("settings below the root", () => {
  it("are told with each finding, the same in the index, named paths and the history", async () => {
    monorepo();
    const runs = [["--staged"], ["."]];
    for (const words of runs) {
      const { findings, verdict } = await reportOf(repository.root, words);
      expect(verdict).toBe("block");
      expect(
        findings.map(({ path, settings, bar, allowed }) => [path, settings, bar?.fail_on ?? null, allowed]),
      ).toEqual(EXPECTED);
    }
    repository.commit();
    const { findings } = await reportOf(repository.root, ["--all"]);
    expect(findings.map(({ path, settings, allowed }) => [path, settings, allowed])).toEqual(
      EXPECTED.map(([path, settings, , allowed]) => [path, settings, allowed]),
    );
    // What is kept of a history is asked anew when a file below the root says something else.
    repository.write("packages/trusted/.aura/live.toml", "");
    const again = await reportOf(repository.root, ["--all"]);
    expect(again.findings.map(({ allowed }) => allowed)).toEqual([null, null, null, null]);
  });

  it("are named in the text only where they are not the root's, and what does not count is told", async () => {
    monorepo();
    const { out, code } = await auraScan(repository.root, []);
    expect(code).toBe(1);
    expect(out.match(/^ {2}settings: .*$/gm)).toEqual([
      "  settings: packages/strict/.aura/live.toml (fail_on low, git_blocks_on secrets)",
      "  settings: vendor/x/.aura/live.toml",
    ]);
    expect(out.replace(/\s+/g, " ")).toContain(
      "Note: vendor/x/.aura/live.toml: live.privacy.mask_secrets, scan.fail_on, scan.allow do not count there",
    );
  });

  it("may not call secrets masked or out of scope, so that git takes them", async () => {
    repository.write(".aura/live.toml", "scan.git_blocks_on = 'leaks'\n");
    repository.write("vendor/x/.aura/live.toml", "live.selective.exclude = ['**']\n");
    repository.write("vendor/x/a.js", source("x"));
    repository.write("src/a.js", source("src"));
    const { findings, verdict } = await reportOf(repository.root, []);
    expect(verdict).toBe("block");
    expect(findings.map(({ path, wire, bar }) => [path, wire, bar?.git_blocks_on])).toEqual([
      ["src/a.js", "masked", undefined],
      ["vendor/x/a.js", "withheld", "secrets"],
    ]);
  });

  it("count for files that nobody tracks, and give way to --fail-on", async () => {
    repository.write("a/.aura/live.toml", "scan.fail_on = 'low'\n");
    repository.write("a/a.js", source("a"));
    const { findings } = await reportOf(repository.root, ["--fail-on", "critical"]);
    expect(findings).toMatchObject([
      { settings: "a/.aura/live.toml", bar: { fail_on: "critical", git_blocks_on: "secrets" } },
    ]);
  });

  it("that are broken block, with file, line and column, also where there is nothing else to tell of", async () => {
    repository.write("a/b/.aura/live.toml", "[scan]\nfail_on = 'lowest'\n");
    repository.write("a/b/c/d.txt", "hello\n");
    repository.write("e.txt", "hello\n");
    repository.add("a", "e.txt");
    for (const words of [[], ["--staged"]]) {
      const { code, err } = await auraScan(repository.root, words);
      expect([code, err]).toEqual([
        2,
        expect.stringContaining("a/b/.aura/live.toml:2:11: scan.fail_on must"),
      ]);
      // It may have come with something that somebody else wrote.
      expect(err).toContain('[scan.nested]\nignore = ["a/b/**"]');
    }
    // They are none of its business.
    expect((await auraScan(repository.root, ["e.txt"])).code).toBe(0);
  });

  it("allow nothing new where new allows are refused, whoever grants it", async () => {
    repository.write(".aura/live.toml", "scan.new_allows = 'refuse'\n");
    repository.write("a/.aura/live.toml", HOSTILE);
    repository.write("a/a.js", source("a"));
    repository.add(".");
    repository.commit();
    repository.write(".aura/live.toml", "scan = { new_allows = 'refuse', nested = { widen = ['a'] } }\n");
    expect((await reportOf(repository.root, [])).findings).toMatchObject([{ allowed: null }]);
    repository.add(".");
    repository.commit();
    expect((await reportOf(repository.root, [])).findings).toMatchObject([{ allowed: "all is well" }]);
  });

  it("hold for what Live Sync sends", async () => {
    repository.write(".aura/live.toml", "scan.nested.widen = ['open']\n");
    repository.write("closed/.aura/live.toml", "live.privacy.default_private = true\n");
    repository.write("hostile/.aura/live.toml", HOSTILE);
    repository.write("open/.aura/live.toml", "live.privacy.mask_secrets = false\n");
    repository.write("broken/.aura/live.toml", "[live\n");
    const folders = ["src", "closed", "hostile", "open", "broken"];
    const pushes = folders.map((folder) => ({
      path: `${folder}/a.js`,
      body: source("sent"),
      aura_id: "f",
      name: "f",
    }));
    const input = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "preflight.check", params: { pushes } });
    const { out } = await auraScan(repository.root, ["preflight"], { input });
    const answers = JSON.parse(out).result.pushes as {
      verdict: string;
      wire_body: string | null;
      reasons: string[];
    }[];
    expect(answers.map(({ verdict }) => verdict)).toEqual(["allow", "withhold", "allow", "block", "block"]);
    expect(answers[2]?.wire_body).toBe(answers[0]?.wire_body);
    expect(answers[0]?.wire_body).not.toContain(stripeKey("sent"));
    expect(answers[4]?.reasons).toEqual([
      expect.stringContaining("broken/.aura/live.toml:1:6: not valid TOML"),
    ]);
  });

  it("are asked what a Mothership asks", async () => {
    repository.write(".aura/live.toml", "scan.nested.widen = ['open']\n");
    repository.write("open/.aura/live.toml", "live.privacy.mask_secrets = false\n");
    repository.write("mothership.toml", "[policy.privacy]\nrequire_mask_secrets = true\n");
    repository.add(".");
    const { code, out } = await auraScan(repository.root, ["policy", "check"]);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining("live.privacy.mask_secrets is false (open/.aura/live.toml)"),
    ]);
  });
});
