import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { BIN, environment, NODE } from "../e2e/aura-scan.js";
import { stripeKey } from "../secrets.js";
import { ALL_BRANCHES, type Host, makeHost } from "./checkouts.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const VERSION = (JSON.parse(text("package.json")) as { version: string }).version;

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> };
type Workflow = { readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>> };

describe("the examples for CI", () => {
  it("name this version and no other", () => {
    const examples = readdirSync(join(ROOT, "examples/ci")).map((name) => `examples/ci/${name}`);
    const NAMED = /(?:aura-scan@v?|ref: v|version:\n +default: |AURA_SCAN_VERSION(?::| =) '?)(\d[\w.-]*)/g;
    for (const file of [...examples, "templates/aura-scan.yml"]) {
      const versions = [...text(file).matchAll(NAMED)].map((match) => match[1]);
      expect([file, new Set(versions)]).toEqual([file, new Set(file.endsWith(".md") ? [] : [VERSION])]);
    }
  });

  it.each(["github.yml", "github-npx.yml"])(
    "%s fetches all commits, keeps no token, and no expression stands in a script",
    (name) => {
      const { jobs } = parse(text(`examples/ci/${name}`)) as Workflow;
      for (const { steps } of Object.values(jobs)) {
        expect(steps[0]?.with).toEqual({ "fetch-depth": 0, "persist-credentials": false });
        for (const { run } of steps) expect(run ?? "").not.toContain("${{");
      }
    },
  );

  it("github.yml gives the action only inputs that it has", () => {
    const action = parse(text("action.yml")) as { inputs: Record<string, unknown> };
    const { jobs } = parse(text("examples/ci/github.yml")) as Workflow;
    const step = jobs["secrets"]?.steps.find(({ uses }) => uses?.includes("aura-scan@"));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
  });

  it("the template for GitLab is a header of inputs and a job that uses them all", () => {
    const [header, body, ...more] = parseAllDocuments(text("templates/aura-scan.yml"));
    expect([header?.errors, body?.errors, more]).toEqual([[], [], []]);
    const { spec } = (header?.toJS() ?? {}) as { spec: { inputs: Record<string, unknown> } };
    const used = [...text("templates/aura-scan.yml").matchAll(/\$\[\[ inputs\.([a-z-]+) \]\]/g)].map(
      (match) => match[1],
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(spec.inputs).sort());
    const [job] = Object.values(
      body?.toJS() as Record<string, { variables: object; artifacts: object; script: string[] }>,
    );
    expect(job?.variables).toMatchObject({ GIT_DEPTH: "0" });
    expect(job?.artifacts).toMatchObject({
      when: "always",
      reports: { secret_detection: "gl-secret-detection-report.json" },
    });
    // Every line is put into one script.
    expect(spawnSync("sh", ["-n"], { input: job?.script.join("\n") ?? "" }).status).toBe(0);
  });

  it("gitlab.yml gives the template only inputs that it has", () => {
    const [header] = parseAllDocuments(text("templates/aura-scan.yml"));
    const { spec } = (header?.toJS() ?? {}) as { spec: { inputs: Record<string, unknown> } };
    const { include } = parse(text("examples/ci/gitlab.yml")) as {
      include: { file: string; inputs: object }[];
    };
    expect(include[0]?.file).toBe("/templates/aura-scan.yml");
    expect(Object.keys(spec.inputs)).toEqual(expect.arrayContaining(Object.keys(include[0]?.inputs ?? {})));
  });

  it("the one for Azure fetches all commits, and its script has no macro", () => {
    const { steps } = parse(text("examples/ci/azure-pipelines.yml")) as {
      steps: { checkout?: string; fetchDepth?: number; bash?: string }[];
    };
    expect(steps[0]).toEqual({ checkout: "self", fetchDepth: 0 });
    const script = steps.find(({ bash }) => bash !== undefined)?.bash ?? "";
    expect(script).not.toMatch(/\$\(/);
    expect(spawnSync("bash", ["-n"], { input: script }).status).toBe(0);
  });

  it("the script for Jenkins is one", () => {
    const script = /sh '''\n([\s\S]*?)'''/.exec(text("examples/ci/Jenkinsfile"))?.[1] ?? "";
    expect(script).toContain('aura-scan" ci ');
    expect(spawnSync("sh", ["-n"], { input: script }).status).toBe(0);
  });
});

describe("examples/ci/plain.sh", () => {
  let host: Host;
  afterEach(() => host.remove());

  it("deepens a shallow clone and judges HEAD against its base", async () => {
    host = await makeHost();
    host.commit({ "old.ts": `const key = "${stripeKey("old")}";\npay(key);\n` });
    host.push("main");
    host.dev.git("checkout", "--quiet", "-b", "topic");
    host.commit({ "b.ts": "export const b = 1;\n" });
    const tip = host.commit({ "b.ts": "export const b = 2;\n" });
    host.push("topic");
    const clone = await host.clone(1, [ALL_BRANCHES], tip);
    const env = { ...environment(), AURA_SCAN: `${NODE} ${BIN}` };
    const script = join(ROOT, "examples/ci/plain.sh");
    const said = execFileSync("sh", [script], { cwd: clone.root, env, encoding: "utf8", stdio: "pipe" });
    expect(said).toMatch(/^Nothing found in 2 files, .* 2 commits /);
    const wrong = spawnSync("sh", [script], { cwd: clone.root, env: { ...env, BASE: "origin/none" } });
    expect(wrong.status).toBe(3);
  });
});
