// Everything in dist/: the compiled library, the command line as one file in two forms, and the default rules as one pack.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { build } from "esbuild";
import { lazyModules } from "./lazy-modules.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const dist = path.join(root, "dist");

rmSync(dist, { recursive: true, force: true });
compileLibrary();
await compilePrefilter();
const bundled = await bundleCommandLine("aura-scan", []);
// A hook waits for its start, any other command for its work: this form starts faster, that one runs faster.
await bundleCommandLine("hook", [lazyModules(root)]);
writeFileSync(path.join(dist, "THIRD-PARTY-NOTICES"), notices(bundled));
const { rulePack } = await import("../dist/rules/write-pack.js");
const { tableParts } = await import("../dist/scan/word-table.js");
const { changedLast } = await import("../dist/rules/pack-sources.js");
const pack = path.join(dist, "rules.pack");
// Told before the files are read: what changes meanwhile is newer than the pack.
const changed = new Date(Math.ceil(changedLast()));
writeFileSync(pack, await rulePack(tableParts));
utimesSync(pack, changed, changed);

function compileLibrary() {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", path.join(root, "tsconfig.build.json")], {
    stdio: "inherit",
  });
  // The command line is no part of the library.
  rmSync(path.join(dist, "cli"), { recursive: true });
}

async function compilePrefilter() {
  const { error, stderr } = await asc.main([
    ...["scan", "clues", "narrow"].map((name) => path.join(root, `src/prefilter/wasm/${name}.ts`)),
    ...["-O3", "--noAssert", "--runtime", "stub", "--use", "abort=", "--enable", "simd"],
    ...["-o", path.join(dist, "prefilter.wasm")],
  ]);
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
}

/** chalk is told by us whether to paint. What it would find out itself takes Node's streams, and is found anew at each start. */
function paintIsTold() {
  const contents = "export default { stdout: false, stderr: false };";
  return {
    name: "paint-is-told",
    setup(build) {
      build.onResolve({ filter: /^#supports-color$/ }, () => ({ path: "none", namespace: "paint" }));
      build.onLoad({ filter: /.*/, namespace: "paint" }, () => ({ contents }));
    },
  };
}

/** One CommonJS file: Node loads it faster than any other form. Gives back the folders of the packages in it. */
async function bundleCommandLine(name, plugins) {
  const bundle = path.join(dist, `cli/${name}.cjs`);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/cli/main.ts"],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minify: true,
    legalComments: "none",
    metafile: true,
    plugins: [paintIsTold(), ...plugins],
    // What has native code, or is loaded by few commands, stays a package of its own.
    // Packages are required when they are wanted: code that V8 kept compiled cannot import.
    supported: { "dynamic-import": false },
    external: ["rregex", "toml-eslint-parser", "tree-sitter", "tree-sitter-*", "yaml", "yargs"],
    define: { "import.meta.url": "bundleUrl" },
    // As Node wraps a module, so that nothing has to be done to the text before V8 takes it.
    banner: {
      js: '(function (exports, require, module, __filename, __dirname) { "use strict"; const bundleUrl = require("node:url").pathToFileURL(__filename).href;',
    },
    footer: { js: "})" },
  });
  writeFileSync(path.join(dist, `cli/${name}.metafile.json`), JSON.stringify(metafile));
  // Node reads ASCII fastest. esbuild writes it except in patterns, where an escape means the same.
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(bundle, readFileSync(bundle, "utf8").replace(/[^\0-\x7f]/g, escaped));
  const folders = Object.keys(metafile.inputs).flatMap(
    (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

/** The licences of the packages that are bundled, as they ask for it. */
function notices(folders) {
  const texts = folders.map((folder) => {
    const place = path.join(root, folder);
    const { name, version, license } = JSON.parse(readFileSync(path.join(place, "package.json"), "utf8"));
    const file = readdirSync(place).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined || !existsSync(path.join(place, file)))
      throw new Error(`${name} comes without the text of its licence`);
    return `${name} ${version} (${license})\n\n${readFileSync(path.join(place, file), "utf8").trim()}\n`;
  });
  return `dist/cli/aura-scan.cjs and dist/cli/hook.cjs hold these packages:\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
