// Runs after `npm ci` in a checkout, and before a package is made of it: builds, and lets husky set the hooks.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const has = (name) => existsSync(new URL(`../node_modules/${name}`, import.meta.url));
const builds = () => has("typescript") && has("esbuild");
const run = (args, env = process.env) => {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", env });
  if (status !== 0) process.exit(status ?? 1);
};

// For `npm install -g git+…`, as pre-commit.com asks for it, npm puts what a checkout is built with somewhere else.
const isGlobal = process.env["npm_config_global"] === "true";
const npm = process.env["npm_execpath"];
if (isGlobal && !builds() && npm !== undefined) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^npm_config_(?:global|prefix|location)$/i.test(name),
  );
  run([npm, "ci", "--ignore-scripts", "--include=dev", "--no-audit"], Object.fromEntries(own));
}
if (builds()) run(["scripts/build.mjs"]);
const isTheirs = isGlobal || process.env["CI"] === "true" || process.env["NODE_ENV"] === "production";
if (existsSync(".git") && !isTheirs) {
  const { default: husky } = await import("husky");
  const said = husky();
  if (said) process.stdout.write(`husky: ${said}\n`);
}
