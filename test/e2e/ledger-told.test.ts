import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auraScanHere } from "../cli/terminal.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { BIN, environment, NODE, reportOf } from "./aura-scan.js";
import { type Answered, type Offer, offered } from "./offered.js";

const offer = (name: string): Offer => ({
  ...{ path: "src/billing.rs", aura_id: `billing::${name}`, name },
  body: `pub fn ${name}() { 1 }`,
});

let repository: TestRepository;
let answers: readonly Answered[];
const inRepository = (...names: readonly string[]): string => path.join(repository.root, ...names);
const segments = (): string => inRepository(".aura/live/audit/segments");
const run = (...words: readonly string[]) => auraScanHere(repository.root, ...words);
const idOf = (index: number): string => answers[index]?.record_id ?? "";

beforeAll(async () => {
  repository = await makeRepository();
  repository.write("README.md", "A shop.\n");
  repository.add("README.md");
  repository.commit();
  answers = await offered(repository.root, [offer("first"), offer("second")]);
});
afterAll(() => repository.remove());

describe("a text that was scrubbed", () => {
  it("does not leave again, and is not shown again; who scrubs it twice is told so", async () => {
    const scrubbed = await run("audit", "--scrub", idOf(0), "--reason", "a test account");
    expect([scrubbed.code, scrubbed.out]).toEqual([0, expect.stringContaining("is gone from the ledger")]);
    const [again, other] = (await offered(repository.root, [
      offer("first"),
      offer("third"),
    ])) as readonly (Answered & {
      readonly reasons: readonly string[];
    })[];
    expect(again).toMatchObject({ verdict: "block", wire_body: null });
    expect(again?.reasons).toEqual([
      expect.stringMatching(/^its text was scrubbed from the ledger on .* take the secret out$/),
    ]);
    expect(other).toMatchObject({ verdict: "allow" });
    expect(await run("show-push", idOf(0))).toMatchObject({ code: 1, out: "" });
    const twice = await run("audit", "--scrub", idOf(0), "--reason", "once more");
    expect([twice.code, twice.out]).toEqual([
      0,
      expect.stringMatching(/was gone already: .*\(a test account\)/),
    ]);
    expect((await run("audit", "--verify")).code).toBe(0);
    expect((await run("status", "--trace")).out).toMatch(/billing::first \d+ B masked: 0 scrubbed$/m);
  });

  it("cannot be searched, which is said and is no fault: somebody took it out on purpose", async () => {
    const searched = await run("audit", "--contains", "nowhere");
    expect(searched.code).toBe(0);
    expect(searched.err).toContain("Of 1 push nobody can tell");
    expect(searched.err).toContain(`the body of push ${idOf(0)} was scrubbed: a test account`);
  });
});

describe("evidence is written", () => {
  it.each([["new/deep/er"], ["new/deep/er"], ["new/empty"]])(
    "into a folder that is new, empty or its own: %s",
    async (to) => {
      mkdirSync(inRepository("new/empty"), { recursive: true });
      expect((await run("audit", "--evidence", to)).code).toBe(0);
    },
  );

  it.each<readonly [string, number, string]>([
    [".git/evidence", 2, "where only its own files may be"],
    [".aura/live/audit/evidence", 2, "where only its own files may be"],
    ["docs", 2, "is not empty"],
    ["README.md", 3, "could not be written"],
    ["README.md/evidence", 3, "could not be written"],
    ...(process.platform === "linux" ? [["/proc/evidence", 3, "could not be written"] as const] : []),
  ])("and not into %s", async (to, code, message) => {
    mkdirSync(inRepository("docs"), { recursive: true });
    writeFileSync(inRepository("docs/notes.md"), "x");
    const told = await run("audit", "--evidence", to);
    expect([told.code, told.err]).toEqual([code, expect.stringContaining(message)]);
    expect(readdirSync(inRepository("docs"))).toEqual(["notes.md"]);
  });
});

it.skipIf(process.platform !== "linux")("status --watch ends when nobody reads it any more", async () => {
  const watch = `"${NODE}" "${BIN}" status --watch | head -n 1`;
  const child = spawn("sh", ["-c", watch], { cwd: repository.root, env: environment() });
  child.stdout.resume();
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
});

describe("of what is gone from the ledger", () => {
  const COMMANDS = [
    "audit",
    "audit --json",
    "audit --verify",
    "audit --masked 0",
    "audit --mothership alpha",
    "audit --contains nowhere",
    "status",
    "status --trace",
    "status --json",
  ];

  it.each(COMMANDS)("%s tells: a segment", async (line) => {
    const newest = readdirSync(segments()).sort().at(-1) ?? "";
    renameSync(path.join(segments(), newest), inRepository("aside"));
    const told = await run(...line.split(" "));
    renameSync(inRepository("aside"), path.join(segments(), newest));
    expect([told.code, told.out + told.err]).toEqual([3, expect.stringContaining("is gone: the witness")]);
    expect((await run("audit")).code).toBe(0);
  });

  it.each(COMMANDS)("%s tells: all of it", async (line) => {
    renameSync(inRepository(".aura"), inRepository("aside"));
    const told = await run(...line.split(" "));
    renameSync(inRepository("aside"), inRepository(".aura"));
    expect([told.code, told.err]).toEqual([3, expect.stringContaining("is gone, and with it")]);
  });

  it("the periodic audit tells, too, and is incomplete", async () => {
    rmSync(inRepository(".aura"), { recursive: true });
    const { verdict, scanned } = await reportOf(repository.root, ["--since", "7d"]);
    expect(verdict).not.toBe("allow");
    expect(scanned.skipped).toContainEqual(
      expect.objectContaining({ incomplete: true, reason: expect.stringContaining("is gone, and with it") }),
    );
  });
});
