import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../repository.js";
import { daemonModule } from "./daemon-module.js";

const { openChanges } = await daemonModule("changes.mjs");
const { eachLine } = await daemonModule("lines.mjs");

let root = "";
const opened: { close: () => void }[] = [];
beforeEach(() => {
  root = temporaryFolder();
});
afterEach(() => {
  for (const changes of opened.splice(0)) changes.close();
});

const write = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};
const open = (watching: boolean) => {
  const changes = openChanges(root, watching);
  opened.push(changes);
  return changes;
};

describe.each([
  ["by looking at each tick", false],
  ["by the system's watcher", true],
])("what changed, told %s", (_name, watching) => {
  /** What is told in the end: a watcher may need a moment. */
  const told = async (changes: { take: () => string[] }, expected: readonly string[]) => {
    const all: string[] = [];
    for (let tries = 0; tries < 200 && all.length < expected.length; tries++) {
      all.push(...changes.take());
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(all.sort()).toEqual(expected);
  };

  it("is every source file at first, and then each that is written, once", async () => {
    write("src/a.rs", "fn a() {}");
    write("b.ts", "function b() {}");
    write("notes.md", "no source");
    for (const folder of [".git", ".aura/live", "node_modules/x", "target"]) write(`${folder}/c.js`, "");
    const changes = open(watching);
    await told(changes, ["b.ts", "src/a.rs"]);
    expect(changes.take()).toEqual([]);
    write("src/a.rs", "fn a() { b() }");
    write("src/new/d.tsx", "");
    await told(changes, ["src/a.rs", "src/new/d.tsx"]);
  });

  it("is a file that came back, and one that is to be told again", async () => {
    write("a.rs", "fn a() {}");
    write("b.rs", "fn b() {}");
    const changes = open(watching);
    await told(changes, ["a.rs", "b.rs"]);
    rmSync(path.join(root, "a.rs"));
    changes.again("b.rs");
    await told(changes, ["b.rs"]);
    write("a.rs", "fn a() {}");
    await told(changes, ["a.rs"]);
    changes.again();
    await told(changes, ["a.rs", "b.rs"]);
  });

  it.skipIf(process.platform === "win32")("is nothing behind a symbolic link", async () => {
    const outside = temporaryFolder();
    writeFileSync(path.join(outside, "secret.rs"), "fn s() {}");
    symlinkSync(outside, path.join(root, "linked"));
    symlinkSync(path.join(outside, "secret.rs"), path.join(root, "one.rs"));
    write("a.rs", "fn a() {}");
    await told(open(watching), ["a.rs"]);
  });
});

describe("messages in a stream", () => {
  const linesOf = async (chunks: readonly (string | Buffer)[], limit?: number) => {
    const stream = new PassThrough();
    const lines: string[] = [];
    const faults: string[] = [];
    eachLine(stream, (line: string) => lines.push(line), limit);
    stream.on("error", (error) => faults.push(error.message));
    for (const chunk of chunks) if (!stream.destroyed) stream.write(chunk);
    await new Promise((resolve) => setImmediate(resolve));
    return { lines, faults };
  };

  it.each([
    ["several in one piece", ["a\nb\n"], ["a", "b"]],
    ["one in several pieces", ["a", "b", "c\nd"], ["abc"]],
    ["half a last line, which is none", ["a\nb"], ["a"]],
    ["a line separator inside", ["a\u2028b\n"], ["a\u2028b"]],
    ["a letter cut in two", [Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])], ["é"]],
    ["empty lines", ["\n\na\n"], ["a"]],
  ])("are taken one by one: %s", async (_name, chunks, expected) => {
    expect(await linesOf(chunks)).toEqual({ lines: expected, faults: [] });
  });

  it("end where one is too long", async () => {
    const { lines, faults } = await linesOf(["a\n", "b".repeat(60), "b".repeat(60)], 100);
    expect([lines, faults]).toEqual([["a"], ["a line of more than 100 bytes"]]);
  });
});
