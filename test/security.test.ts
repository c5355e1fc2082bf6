import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAGE = readFileSync(join(ROOT, "SECURITY.md"), "utf8");

const testsIn = (text: string): readonly string[] => text.match(/test\/[\w./-]+/g) ?? [];

describe("SECURITY.md", () => {
  it("names only tests that are there", () => {
    const named = [...new Set(testsIn(PAGE))];
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("has for every promise a test that holds it", () => {
    const rows = PAGE.split("\n").filter((line) => /^\| (?!we promise|---)/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => testsIn(row.split("|")[2] ?? "").length === 0)).toEqual([]);
  });

  it("is part of the package", () => {
    const { files } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(files).toContain("SECURITY.md");
  });
});

describe("the sources", () => {
  it("open no connection but to the local socket that is asked for", () => {
    const speaking = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .filter((path) => {
        const text = readFileSync(join(ROOT, "src", path), "utf8");
        return (
          /["'](?:node:)?(?:net|tls|dns|dgram|https?|http2)(?:\/\w+)?["']/.test(text) ||
          /\b(?:fetch|WebSocket|EventSource|XMLHttpRequest)\(/.test(text)
        );
      });
    expect(speaking.map((path) => path.replaceAll("\\", "/"))).toEqual(["gate/service/socket.ts"]);
  });
});
