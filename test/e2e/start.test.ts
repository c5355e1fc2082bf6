import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeRepository, type TestRepository, temporaryFolder } from "../repository.js";
import { stripeKey } from "../secrets.js";
import { auraScan, BIN, environment, NODE } from "./aura-scan.js";

// What a commit waits for. Nobody shall make it slow without noticing.

let repository: TestRepository;
let beside: string;

type Import = { readonly path: string; readonly kind: string; readonly external?: boolean };

/** The modules in a form of the command line, by name, as the bundler tells. */
function modulesOf(
  form: "aura-scan" | "hook",
): Readonly<Record<string, { readonly imports: readonly Import[] }>> {
  const file = fileURLToPath(new URL(`../../dist/cli/${form}.metafile.json`, import.meta.url));
  const { inputs } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly inputs: Readonly<Record<string, { readonly imports: readonly Import[] }>>;
  };
  return inputs;
}

beforeAll(async () => {
  repository = await makeRepository();
  beside = temporaryFolder();
  repository.write("src/add.ts", "export const add = (a: number, b: number) => a + b;\n");
  repository.write("README.md", "# Adding\n\nIt adds.\n");
  repository.git("add", ".");
  repository.commit();
  repository.write("src/add.ts", "export const plus = (a: number, b: number) => a + b;\n");
  repository.write("README.md", "# Adding\n\nIt adds two numbers.\n");
  repository.git("add", ".");
});
afterAll(() => {
  repository.remove();
  rmSync(beside, { recursive: true });
});

describe("a hook that finds nothing", () => {
  it("loads the bundle and no package, and none of Node's slow parts", async () => {
    const told = path.join(beside, "loaded.json");
    const recorder = path.join(beside, "recorder.cjs");
    writeFileSync(
      recorder,
      `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(told)}, JSON.stringify({
        packages: Object.keys(require.cache).filter((file) => file.includes("node_modules")),
        builtin: process.moduleLoadList.map((name) => name.replace(/^NativeModule /, "")),
      })));`,
    );
    const run = await auraScan(repository.root, ["--staged"], {
      env: { NODE_OPTIONS: `--require ${recorder}` },
    });
    expect(run).toMatchObject({ code: 0, err: "" });
    const { packages, builtin } = JSON.parse(readFileSync(told, "utf8")) as {
      readonly packages: readonly string[];
      readonly builtin: readonly string[];
    };
    expect(packages).toEqual([]);
    expect(
      builtin.filter((name) =>
        /^(?:crypto|http|https|tls|tty|worker_threads|readline|(?:fs|timers)\/promises|perf_hooks)$/.test(
          name,
        ),
      ),
    ).toEqual([]);
  });

  it("initialises no module of ours or of a package that other commands need", () => {
    const inputs = modulesOf("aura-scan");
    const loaded = new Set(["src/cli/main.ts", "src/cli/hook-commands.ts"]);
    for (const module of loaded) {
      const statics = (inputs[module]?.imports ?? []).filter(({ kind }) => kind !== "dynamic-import");
      for (const { path: name, external } of statics) if (external !== true) loaded.add(name);
    }
    const own = [...loaded].filter((name) => name.startsWith("src/"));
    expect(own.filter((name) => /^src\/(?:install|baseline|rules\/gitleaks)\//.test(name))).toEqual([]);
    expect(own).not.toContain("src/cli/parse-arguments.ts");
    expect(own).not.toContain("src/rules/write-pack.ts");
    const packages = [...loaded].flatMap((name) => /node_modules\/([^/]+)/.exec(name)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(["chalk", "picomatch", "smol-toml"]);
  });

  it("has in its own form of the command line every module that is in the other", () => {
    const { cwd } = process;
    const own = Object.keys(modulesOf("hook")).map((name) =>
      path.relative(cwd(), name.replace(/^lazy:/, "")),
    );
    expect(own.sort()).toEqual(Object.keys(modulesOf("aura-scan")).map(path.normalize).sort());
  });

  it.skipIf(process.platform === "win32")(
    "starts git once; where git has to say where we are, three times",
    async () => {
      const bin = path.join(beside, "bin");
      const calls = path.join(beside, "calls.txt");
      const { PATH = "" } = environment();
      const real = spawnSync("sh", ["-c", "command -v git"], { env: environment() }).stdout.toString().trim();
      mkdirSync(bin);
      const log = `for word; do case $word in rev-parse|diff-index|cat-file) echo "$word" >>'${calls}';; esac; done`;
      writeFileSync(path.join(bin, "git"), `#!/bin/sh\n${log}\nexec '${real}' "$@"\n`, { mode: 0o755 });
      const asked = async (folder: string): Promise<readonly string[]> => {
        writeFileSync(calls, "");
        const run = await auraScan(folder, ["--staged"], { env: { PATH: `${bin}${path.delimiter}${PATH}` } });
        expect(run).toMatchObject({ code: 0, err: "" });
        return readFileSync(calls, "utf8").trim().split("\n").sort();
      };
      expect(await asked(repository.root)).toEqual(["diff-index"]);
      const linked = path.join(beside, "linked");
      repository.git("worktree", "add", "-q", linked);
      writeFileSync(path.join(linked, "README.md"), "# Taking away\n");
      repository.gitWith({ cwd: linked }, "add", ".");
      expect(await asked(linked)).toEqual(["cat-file", "diff-index", "rev-parse"]);
      repository.git("worktree", "remove", "--force", linked);
    },
  );

  it("reads the same from a folder further down, though git was first asked there", async () => {
    const run = await auraScan(path.join(repository.root, "src"), ["--staged"]);
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(run.out).toContain("Nothing found in 2 files");
  });
});

describe("V8's compiled form of the command line", () => {
  const home = () => path.join(beside, "cache");
  const folder = () => path.join(home(), "aura-scan", "code");
  const staged = () => auraScan(repository.root, ["--staged"], { env: { XDG_CACHE_HOME: home() } });
  const onlyFile = (): string => {
    const [name = "", ...more] = readdirSync(folder());
    expect(more).toEqual([]);
    return path.join(folder(), name);
  };
  const words = (said: string): string => said.replace(/in [\d.]+ m?s/, "");

  it("is left by a hook's run where only its owner reads and writes, and used by the next", async () => {
    const first = await staged();
    const { mtimeMs } = statSync(onlyFile());
    if (process.platform !== "win32") {
      expect(statSync(folder()).mode & 0o077).toBe(0);
      expect(statSync(onlyFile()).mode & 0o077).toBe(0);
    }
    const second = await staged();
    expect(words(second.out)).toBe(words(first.out));
    expect(second.code).toBe(0);
    expect(statSync(onlyFile()).mtimeMs).toBe(mtimeMs);
  });

  it("holds no more than what a hook runs", () => {
    expect(statSync(onlyFile()).size).toBeLessThan(500_000);
  });

  it("of other commands is left beside it, and nowhere else", async () => {
    const version = (cache: string) =>
      auraScan(repository.root, ["--version"], { env: { XDG_CACHE_HOME: cache } });
    const none = path.join(beside, "no-cache");
    await version(none);
    expect(existsSync(none)).toBe(false);
    const hooks = onlyFile();
    const earlier = path.join(folder(), "aura-scan_of-an-earlier-build.bin");
    writeFileSync(earlier, "");
    await version(home());
    const [others = "", hook, ...more] = readdirSync(folder()).sort();
    expect([hook, more]).toEqual([path.basename(hooks), []]);
    expect(others).toMatch(/^aura-scan_/);
    expect(existsSync(earlier)).toBe(false);
    rmSync(path.join(folder(), others));
  });

  it("is made anew where it is broken", async () => {
    for (const broken of ["", "no code", "x".repeat(100_000)]) {
      writeFileSync(onlyFile(), broken);
      expect(await staged()).toMatchObject({ code: 0, err: "" });
      expect(statSync(onlyFile()).size).toBeGreaterThan(100_000);
    }
  });

  it.skipIf(process.platform === "win32")("is neither used nor written where others can write", async () => {
    writeFileSync(onlyFile(), "no code");
    chmodSync(folder(), 0o777);
    expect(await staged()).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(onlyFile(), "utf8")).toBe("no code");
    chmodSync(folder(), 0o700);
  });

  it("never holds what was read", async () => {
    const other = await makeRepository();
    other.write("pay.ts", `export const key = "${stripeKey()}";\n`);
    other.git("add", ".");
    rmSync(folder(), { recursive: true });
    const run = await auraScan(other.root, ["--staged"], { env: { XDG_CACHE_HOME: home() } });
    expect(run.code).toBe(1);
    expect(readFileSync(onlyFile()).includes(stripeKey())).toBe(false);
    other.remove();
  });

  it("is not needed: a home that cannot be written to is no fault", async () => {
    const file = path.join(beside, "file");
    writeFileSync(file, "");
    const run = await auraScan(repository.root, ["--staged"], { env: { XDG_CACHE_HOME: file } });
    expect(run).toMatchObject({ code: 0, err: "" });
    expect(existsSync(path.join(file, "aura-scan"))).toBe(false);
  });
});

describe("the command line", () => {
  it.skipIf(process.platform === "win32")("ends only when all of its report is in the pipe", async () => {
    const other = await makeRepository();
    const keys = Array.from({ length: 300 }, (_, at) => `export const key${at} = "${stripeKey(`${at}`)}";`);
    other.write("pay.ts", `${keys.join("\n")}\n`);
    other.git("add", ".");
    const line = `'${NODE}' '${BIN}' --staged --report json | { sleep 1; cat; }`;
    const run = spawnSync("sh", ["-c", line], { cwd: other.root, env: environment(), encoding: "utf8" });
    const report = JSON.parse(run.stdout) as { readonly findings: readonly unknown[] };
    expect(report.findings).toHaveLength(keys.length);
    expect(run.stdout.length).toBeGreaterThan(200_000);
    other.remove();
  });

  it("has passed nothing that ended before its end", () => {
    const recorder = path.join(beside, "early.cjs");
    writeFileSync(recorder, "process.nextTick(() => process.exit());");
    const run = spawnSync(NODE, ["--require", recorder, BIN, "--staged"], {
      cwd: repository.root,
      env: environment(),
    });
    expect(run.status).toBe(3);
  });
});
