import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { environment } from "../e2e/aura-scan.js";
import { temporaryFolder } from "../repository.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const VERSION = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version;

type Step = {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
};
type Action = {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};
const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;
const [scan, upload] = action.runs.steps as [Step, Step];

describe("action.yml", () => {
  it("is a composite action whose scripts name their shell and hold no expression", () => {
    expect(action.runs.using).toBe("composite");
    for (const { run, shell } of action.runs.steps.filter((step) => step.run !== undefined)) {
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
  });

  it("uses every input, each with a default and a description, and no other", () => {
    const used = [...JSON.stringify(action.runs).matchAll(/inputs\.([a-z-]+)/g)].map(
      (match) => match[1] ?? "",
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
    for (const input of Object.values(action.inputs)) {
      expect(typeof input.default).toBe("string");
      expect(input.description).not.toBe("");
    }
  });

  it("gives out what the step writes", () => {
    for (const [name, { value }] of Object.entries(action.outputs))
      expect(value).toBe(`\${{ steps.${scan.id}.outputs.${name} }}`);
  });

  it("uploads the SARIF also where something was found, and only where there is one", () => {
    expect(upload.uses).toMatch(/^github\/codeql-action\/upload-sarif@/);
    expect(upload.if).toBe(
      `\${{ !cancelled() && inputs.upload-sarif == 'true' && steps.scan.outputs.sarif != '' }}`,
    );
    expect(upload.with).toMatchObject({ sarif_file: `\${{ steps.scan.outputs.sarif }}` });
  });
});

/** What the stand-in for aura-scan, and the one for npm, write down: their words, each on its line. */
const RECORD = '#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done >"$RECORD"\n';

describe("the action's script", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    for (const name of ["temp", "bin", "checkout"]) mkdirSync(join(folder, name));
    program("checkout/scanner", `${RECORD}exit "\${SCANNER_EXIT:-0}"\n`);
    writeFileSync(join(folder, "output"), "");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const program = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  };

  /** Runs the step as GitHub does, with these inputs, and gives back what was called and told. */
  function run(
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string | undefined>> = {},
  ) {
    const values = Object.fromEntries(
      Object.entries(scan.env ?? {}).map(([name, expression]) => {
        const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? "";
        return [name, inputs[input] ?? action.inputs[input]?.default ?? "none such"];
      }),
    );
    writeFileSync(join(folder, "step.sh"), scan.run ?? "");
    const surroundings = environment();
    const { status, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-e", "-o", "pipefail", join(folder, "step.sh")],
      {
        cwd: join(folder, "checkout"),
        encoding: "utf8",
        env: {
          ...surroundings,
          PATH: `${join(folder, "bin")}:${surroundings["PATH"]}`,
          GITHUB_ACTION_PATH: ROOT,
          GITHUB_OUTPUT: join(folder, "output"),
          RUNNER_TEMP: join(folder, "temp"),
          RECORD: join(folder, "record"),
          NPM_RECORD: join(folder, "npm"),
          ...values,
          ...env,
        },
      },
    );
    const lines = (name: string) =>
      existsSync(join(folder, name))
        ? readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1)
        : null;
    return { status, stderr, called: lines("record"), npm: lines("npm"), output: lines("output") };
  }

  it("asks aura-scan ci for a report on screen and one for code scanning", () => {
    const { status, called, output } = run({ executable: "scanner" });
    expect(called).toEqual([
      "ci",
      "--report",
      "text",
      "--report",
      `sarif=${join(folder, "temp/aura-scan.sarif")}`,
      "--category=aura-scan",
    ]);
    expect([status, output]).toEqual([0, ["exit-code=0"]]);
  });

  it("hands every input on as one word, and none of them is a script", () => {
    const hostile = "\"; touch pwned; $(touch pwned) `touch pwned` '";
    const { called } = run({
      executable: "./scanner",
      base: hostile,
      "fail-on": "high",
      sarif: "out put.sarif",
      category: hostile,
      "refuse-new-allows": "true",
    });
    expect(called).toEqual([
      "ci",
      "--report",
      "text",
      "--report",
      "sarif=out put.sarif",
      `--category=${hostile}`,
      `--base=${hostile}`,
      "--fail-on=high",
      "--refuse-new-allows",
    ]);
    expect(existsSync(join(folder, "checkout/pwned"))).toBe(false);
  });

  it.each([0, 1, 2, 3])("fails as aura-scan does, with %i, and gives that out", (code) => {
    const { status, output } = run({ executable: "scanner" }, { SCANNER_EXIT: String(code) });
    expect([status, output]).toEqual([code, [`exit-code=${code}`]]);
  });

  it("installs the version that the action belongs to, outside of the checkout and without scripts", () => {
    program(
      "bin/npm",
      `#!/bin/sh\n{ pwd; for word; do printf "%s\\n" "$word"; done; } >"$NPM_RECORD"\nmkdir -p "$3/node_modules/.bin"\ncp "${join(folder, "checkout/scanner")}" "$3/node_modules/.bin/aura-scan"\n`,
    );
    const { status, npm, called } = run({});
    const home = join(folder, "temp", `aura-scan-${VERSION}`);
    expect(npm?.slice(0, 4)).toEqual([home, "install", "--prefix", home]);
    expect(npm).toContain("--ignore-scripts");
    expect(npm?.at(-1)).toBe(`aura-scan@${VERSION}`);
    expect([status, called?.[0]]).toEqual([0, "ci"]);
  });

  it.each([
    ["a version that is none", { version: "1.0.0 --registry=x" }, 2, "the input version is no version"],
    ["a program that is not there", { executable: "nowhere" }, 2, "the input executable names no program"],
    [
      "a word that is neither true nor false",
      { executable: "scanner", "refuse-new-allows": "yes" },
      2,
      "is true or false",
    ],
    ["a package that cannot be installed", {}, 3, "could not be installed"],
  ] as const)("%s is told, and passes nothing", (_title, inputs, code, words) => {
    program("bin/npm", "#!/bin/sh\nexit 1\n");
    const { status, stderr, called, output } = run(inputs);
    expect([status, called, output]).toEqual([code, null, [`exit-code=${code}`]]);
    expect(stderr).toContain(words);
  });

  it("says so where there is no Node", () => {
    program("bin/bash", `#!/bin/sh\nPATH=${join(folder, "bin")} exec /bin/bash "$@"\n`);
    const { status, stderr } = run({ executable: "scanner" });
    expect([status, stderr]).toEqual([
      3,
      "aura-scan: Node was not found; put actions/setup-node (20.20 or newer) before this step\n",
    ]);
  });
});
