import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository } from "../repository.js";
import { awsKeyId, encodedForms, githubToken, stripeKey } from "../secrets.js";
import { auraScan } from "./aura-scan.js";

// A run that is split over machines and merged says what one machine would have said.

let repository: TestRepository;

beforeAll(async () => {
  repository = await makeRepository();
  const { write, git, commit } = repository;
  git("config", "core.hooksPath", "/dev/null");
  write(
    ".aura/live.toml",
    [
      "[scan]",
      'baseline = ".aura/baseline.txt"',
      ...[0, 3].flatMap((at) => ["[[scan.allow]]", `path = "lib/${at}/**"`, 'reason = "a sample"']),
      ...["[[scan.allow]]", 'path = "gone/**"', 'reason = "was a sample"'],
    ].join("\n"),
  );
  write(".aura/baseline.txt", `${"0f".repeat(16)} stripe-live-key gone.ts accepted -- it was a sample\n`);
  for (let at = 0; at < 12; at++) {
    // The same values stand in several files, and so on several machines.
    write(`lib/${at}/key.ts`, `export const key = "${stripeKey(`k${at % 5}`)}";\n`);
    write(`docs/${at}.md`, `token: ${githubToken(`t${at % 3}`)}\n`);
    write(`empty/${at}.txt`, "nothing\n");
  }
  write("note.ts", `// aura-scan:allow stripe-live-key -- a test\nconst a = "${stripeKey("k1")}";\n`);
  write("stale.ts", "// aura-scan:allow stripe-live-key@0123456789ab -- a test\nconst a = 1;\n");
  write("a.ts", "/** @aura-local */\nexport function a() { return 1; }\n");
  write("b.ts", "/** @aura-public */\nexport function b() { return 2; }\n");
  write("picture.png", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
  write(`odd/${stripeKey("name")}.txt`, "a name\n");
  git("add", "--all", "--force");
  commit("one");
  write("lib/2/key.ts", `export const id = "${awsKeyId("later")}";\n`);
  write("lib/7/key.ts", `\n\nexport const key = "${stripeKey("k2")}";\n`);
  git("add", "--all", "--force");
  commit("two");
});
afterAll(() => repository.remove());

type Json = { [key: string]: unknown };

async function reportFile(name: string, ...words: readonly string[]): Promise<string> {
  const file = path.join(repository.root, ".git", `${name}.json`);
  const { err } = await auraScan(repository.root, [...words, "--report", `json=${file}`]);
  expect(err).toBe("");
  return file;
}

function read(file: string): Json {
  return JSON.parse(readFileSync(file, "utf8"));
}

function timeless(report: Json): Json {
  return { ...report, started_at: "", duration_ms: 0 };
}

function shardsOf(count: number, ...words: readonly string[]): Promise<readonly string[]> {
  const each = Array.from({ length: count }, (_, at) =>
    reportFile(`s${at + 1}`, ...words, "--shard", `${at + 1}/${count}`),
  );
  return Promise.all(each);
}

describe("a run that is split and merged", () => {
  it.each([
    ["the tree", []],
    ["paths", ["lib", "docs/1.md", "note.ts"]],
    ["the whole history", ["--all", "--no-cache"]],
    ["nothing", ["--staged"]],
  ] as const)("of %s is what one machine gives, for 1, 2, 3 and 8", async (_name, words) => {
    const whole = timeless(read(await reportFile("whole", ...words)));
    for (const count of [1, 2, 3, 8]) {
      const files = await shardsOf(count, ...words);
      const merged = await auraScan(repository.root, ["report", ...[...files].reverse(), "--as", "json"]);
      expect(merged.err).toBe("");
      expect(timeless(JSON.parse(merged.out))).toEqual(whole);
      expect(merged.code).toBe(whole["verdict"] === "block" ? 1 : 0);
    }
  });

  it("gives every file to one machine, and each of several some", async () => {
    const counts = (await shardsOf(3)).map((file) => (read(file)["scanned"] as { files: number }).files);
    const whole = (read(await reportFile("whole"))["scanned"] as { files: number }).files;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(whole);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it("says in each report which shard it is, by the schema, and holds no secret", async () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../schema/report-1.json", import.meta.url), "utf8"),
    ) as Json;
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
    for (const [at, file] of (await shardsOf(2)).entries()) {
      const report = read(file);
      validate(report);
      expect(validate.errors).toBeNull();
      expect(report["shard"]).toMatchObject({ index: at + 1, of: 2 });
      const text = readFileSync(file, "utf8");
      const secrets = [0, 1, 2, 3, 4].map((number) => stripeKey(`k${number}`));
      for (const secret of [...secrets, githubToken("t0"), stripeKey("name")])
        for (const form of encodedForms(secret)) expect(text).not.toContain(form);
    }
  });

  it("is incomplete, exit 3, where a shard is missing, is there twice, or is of another run", async () => {
    const [first = "", second = "", third = ""] = await shardsOf(3);
    const of = async (...files: readonly string[]) => {
      const { code, out, err } = await auraScan(repository.root, ["report", ...files]);
      return { code, out, err };
    };
    expect(await of(first, third)).toMatchObject({
      code: 3,
      out: "",
      err: expect.stringContaining("shard 2 of 3 is missing"),
    });
    expect(await of(first, second, second, third)).toMatchObject({
      code: 3,
      out: "",
      err: expect.stringContaining("shard 2 of 3 is there twice"),
    });
    const [other = ""] = await shardsOf(2);
    expect(await of(other, second, third)).toMatchObject({ code: 3, out: "" });
    const [, again = "", last = ""] = await shardsOf(3);
    repository.write("seen-by-one-machine.txt", "only here\n");
    const differing = await reportFile("s1", "--shard", "1/3");
    repository.git("clean", "--quiet", "--force", "seen-by-one-machine.txt");
    expect(await of(differing, again, last)).toMatchObject({
      code: 3,
      err: expect.stringContaining("are not of one run"),
    });
  });

  it.each(["0/3", "4/3", "3", "1/0", "1/3/5", "-1/3", "1/99999"])(
    "refuses --shard %s as usage",
    async (given) => {
      const { code } = await auraScan(repository.root, [`--shard=${given}`]);
      expect(code).toBe(2);
    },
  );

  it("refuses standard input, and a folder outside of git without a key", async () => {
    expect((await auraScan(repository.root, ["-", "--shard", "1/2"])).code).toBe(2);
    expect((await auraScan("/", ["--shard", "1/2"])).err).toContain("AURA_SCAN_SHARD_KEY");
  });
});

describe("reports of runs of their own", () => {
  it("become one: each finding once, sums of what was read, the worst verdict, and whose reasons", async () => {
    const lib = await reportFile("lib", "lib");
    const both = await reportFile("both", "lib/1", "docs");
    const { code, out } = await auraScan(repository.root, ["report", lib, both, "--as", "json"]);
    const merged = JSON.parse(out) as {
      findings: { path: string; secret: number }[];
      scanned: { files: number };
    };
    expect(code).toBe(1);
    const twice = merged.findings.filter(({ path: at }) => at === "lib/1/key.ts");
    expect(twice).toHaveLength(1);
    expect(merged.scanned.files).toBe(12 + 13);
    expect(merged.findings.map(({ path: at }) => at)).toEqual(
      merged.findings.map(({ path: at }) => at).sort(),
    );
  });

  it("are refused where one is there twice, or judges otherwise", async () => {
    const lib = await reportFile("lib", "lib");
    const strict = await reportFile("strict", "docs", "--fail-on", "critical");
    expect((await auraScan(repository.root, ["report", lib, lib])).code).toBe(2);
    expect(await auraScan(repository.root, ["report", lib, strict])).toMatchObject({
      code: 2,
      err: expect.stringContaining("fail_on"),
    });
  });
});
