import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { pushesOf, readLedger } from "../../src/ledger/read-ledger.js";
import { isolateGit, makeRepository, temporaryFolder } from "../repository.js";
import { awsTemporaryKeyId, stripeKey } from "../secrets.js";
import { BIN, environment, NODE } from "./aura-scan.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

describe("the daemon's side in ten lines of TypeScript", () => {
  let program = "";
  beforeAll(() => {
    isolateGit();
    const project = temporaryFolder();
    copyFileSync(
      path.join(ROOT, "examples/daemon-preflight/ten-lines/daemon.ts"),
      path.join(project, "daemon.mts"),
    );
    mkdirSync(path.join(project, "node_modules"));
    symlinkSync(
      path.join(ROOT, "node_modules/@types"),
      path.join(project, "node_modules/@types"),
      "junction",
    );
    const flags = [
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--types",
      "node",
    ];
    const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
    execFileSync(NODE, [tsc, ...flags, "daemon.mts"], { cwd: project, encoding: "utf8" });
    program = path.join(project, "daemon.mjs");
  });

  it("sends what is allowed, as the gate wrote it, and the ledger knows that it was sent", async () => {
    const repository = await makeRepository();
    repository.write(
      "src/a.rs",
      `fn plain() { "\u2028" }\nfn masked() { f("${stripeKey()}") }\nfn leak() { f("${awsTemporaryKeyId()}") }\n`,
    );
    const out = execFileSync(NODE, [program, BIN, "local", "src/a.rs"], {
      cwd: repository.root,
      encoding: "utf8",
      env: environment(),
    });
    const sent = out
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    expect(sent.map(([auraId, , body]) => [auraId, body])).toEqual([
      ["a::plain", 'fn plain() { "\u2028" }'],
      ["a::masked", 'fn masked() { f("****MASKED****") }'],
    ]);
    const { records } = readLedger(path.join(repository.root, ".aura/live/audit"));
    expect(
      pushesOf(records).map(({ record, state, mothership }) => [record.aura_id, state, mothership]),
    ).toEqual([
      ["a::plain", "sent", "local"],
      ["a::masked", "sent", "local"],
      ["a::leak", "blocked", "local"],
    ]);
    repository.remove();
  });

  it("is about ten lines, formatted as all our code is", () => {
    const text = readFileSync(path.join(ROOT, "examples/daemon-preflight/ten-lines/daemon.ts"), "utf8");
    const shown = /README: from here\n(.*)\/\/ README: to here/s.exec(text)?.[1] ?? "";
    const lines = shown.split("\n").filter((line) => /\w/.test(line));
    expect(lines.length).toBeLessThanOrEqual(16);
  });
});
