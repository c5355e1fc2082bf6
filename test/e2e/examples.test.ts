import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../repository.js";
import { environment, NODE } from "./aura-scan.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

describe("examples/leaky-app", () => {
  it("shows every verdict of its README once it is tried", () => {
    const run = spawnSync("sh", [path.join(ROOT, "examples/leaky-app/try.sh")], {
      encoding: "utf8",
      env: environment(),
    });
    expect(run.status, run.stderr).toBe(0);
    const lines = run.stdout.split("\n");
    const said = (name: string) =>
      lines.find((line) => /^(?:send|keep|BLOCKED) /.test(line) && line.includes(` ${name} `))?.split(" ")[0];
    expect({
      "billing::compute_tax": said("billing::compute_tax"),
      "billing::upload_invoice": said("billing::upload_invoice"),
      "billing::upload_receipt": said("billing::upload_receipt"),
      "billing::commented": said("billing::commented"),
      "billing::dev_login": said("billing::dev_login"),
      "support::notify": said("support::notify"),
      "support::fetchOrders": said("support::fetchOrders"),
    }).toEqual({
      "billing::compute_tax": "send",
      "billing::upload_invoice": "send",
      "billing::upload_receipt": "BLOCKED",
      "billing::commented": "BLOCKED",
      "billing::dev_login": "keep",
      "support::notify": "send",
      "support::fetchOrders": "send",
    });
    expect(run.stdout).toContain("masked: 2 (1x internal-token, 1x customer-email)");
  });
});

describe("the package as others use it", () => {
  it("gives the library and its types to a TypeScript program", () => {
    const project = temporaryFolder();
    mkdirSync(path.join(project, "node_modules"));
    symlinkSync(ROOT, path.join(project, "node_modules/aura-scan"));
    writeFileSync(path.join(project, "package.json"), '{ "type": "module" }');
    const program = `import { createGate, DEFAULT_SETTINGS, type Finding, mask, scanText } from "aura-scan";
const findings: readonly Finding[] = await scanText('const key = "AKIAIOSFODNN7EXAMPLE";', { path: "src/a.ts" });
const gate = await createGate({ root: "." });
const answers = await gate.check([{ kind: "body", path: "src/a.rs", body: "fn f() {}", signature: null, aura_id: null, name: null, language: null }]);
console.log(findings.map((finding) => finding.rule).join(), mask("t = 'eyJa.b.c'", DEFAULT_SETTINGS).wire, answers[0]?.verdict);
`;
    writeFileSync(path.join(project, "use.mts"), program);
    cpSync(path.join(ROOT, "node_modules/@types"), path.join(project, "node_modules/@types"), {
      recursive: true,
    });
    const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
    const flags = [
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--types",
      "node",
      "--exactOptionalPropertyTypes",
      "use.mts",
    ];
    execFileSync(NODE, [tsc, ...flags], { cwd: project, encoding: "utf8" });
    const out = execFileSync(NODE, ["use.mjs"], { cwd: project, encoding: "utf8", env: environment() });
    expect(out).toBe("aws-access-key-id t = '****MASKED****' allow\n");
  });

  it("names in package.json only files that are there", () => {
    const manifest = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
    const listed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const parsed = JSON.parse(listed) as
      | { files: { path: string }[] }[]
      | Record<string, { files: { path: string }[] }>;
    const files = Object.values(parsed).flatMap((pack) => pack.files.map((file) => file.path));
    const named = [
      "bin/aura-scan.js",
      "dist/index.js",
      "dist/index.d.ts",
      "rules/default.toml",
      "schema/report-1.json",
      "hooks/pre-commit",
      "hooks/pre-push",
      "LICENSE",
      "README.md",
    ];
    expect(files).toEqual(expect.arrayContaining(named));
    expect(files.filter((file) => /^(test|src|node_modules)\//.test(file))).toEqual([]);
    expect(manifest.bin["aura-scan"]).toBe("bin/aura-scan.js");
  });
});
