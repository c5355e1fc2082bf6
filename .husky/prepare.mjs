// Runs after `npm ci` in a checkout, and before a package is made of it: builds, and lets husky set the hooks.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const builds = ["typescript", "esbuild"].every((name) =>
  existsSync(new URL(`../node_modules/${name}`, import.meta.url)),
);
if (builds) {
  const { status } = spawnSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
if (existsSync(".git") && process.env["CI"] !== "true" && process.env["NODE_ENV"] !== "production") {
  const { default: husky } = await import("husky");
  const said = husky();
  if (said) process.stdout.write(`husky: ${said}\n`);
}
