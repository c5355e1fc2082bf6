// Runs after `npm ci` in a checkout, and before a package is made of it: builds, and lets husky set the hooks.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const tsc = new URL("../node_modules/typescript/bin/tsc", import.meta.url).pathname;
if (existsSync(tsc)) {
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
if (existsSync(".git") && process.env["CI"] !== "true" && process.env["NODE_ENV"] !== "production") {
  const { default: husky } = await import("husky");
  const said = husky();
  if (said) process.stdout.write(`husky: ${said}\n`);
}
