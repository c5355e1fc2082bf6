import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../report/version.js";
import { visible } from "../report/visible.js";
import type { Bench } from "./bench.js";
import { type Check, fault, good, note, unknown } from "./check.js";
import type { FoundHook } from "./found-hook.js";
import { STARTERS } from "./hook-environment.js";
import type { PlainGit } from "./plain-git.js";

/** The oldest Node that runs us, as package.json says. */
export const OLDEST_NODE = [20, 20] as const;

/** The Node that hooks find, in a shell and without one. */
export async function nodeChecks(bench: Bench, hook: FoundHook): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const starter of STARTERS) {
    const id = `node-${starter}`;
    const where = starter === "shell" ? "in this shell" : "in a git client without a shell's PATH";
    const node = await bench.node(hook, starter);
    // A hook that says nothing of its Node is judged by what it does.
    if (node === null) continue;
    const told = `${where}: hooks find Node ${node.version} (${visible(node.path)})`;
    checks.push(
      isOldEnough(node.version)
        ? good(id, told)
        : fault(
            id,
            `${told}, which is older than ${OLDEST_NODE.join(".")}`,
            "Install a newer Node, and run aura-scan init with it.",
          ),
    );
  }
  return checks;
}

function isOldEnough(version: string): boolean {
  const [, major = "0", minor = "0"] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  const [oldest, least] = OLDEST_NODE;
  return Number(major) > oldest || (Number(major) === oldest && Number(minor) >= least);
}

/** What `aura-scan init` noted on this machine, and which scanner the repository brings. */
export async function scannerChecks(git: PlainGit, top: string): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const key of ["bin", "node"]) {
    const answer = await git(["config", "--get", `aura-scan.${key}`]);
    const noted = answer.out.replace(/\r?\n$/, "");
    if (answer.code === 0 && !existsSync(noted))
      checks.push(
        fault(
          "note",
          `aura-scan.${key} in git's settings names ${visible(noted)}, which is gone: hooks that find no other have none`,
          "Run aura-scan init again.",
        ),
      );
  }
  const installed = join(top, "node_modules/aura-scan/package.json");
  if (!existsSync(installed)) return checks;
  try {
    const { version } = JSON.parse(readFileSync(installed, "utf8")) as { readonly version?: unknown };
    const told = `the repository brings aura-scan ${visible(String(version))}`;
    checks.push(version === VERSION ? good("scanner", told) : note("scanner", `${told}; this is ${VERSION}`));
  } catch {
    checks.push(
      unknown("scanner", "node_modules/aura-scan/package.json cannot be read", "Run npm install again."),
    );
  }
  return checks;
}

/** What in this shell changes what hooks do. */
export function environmentChecks(outside: NodeJS.ProcessEnv): readonly Check[] {
  const checks: Check[] = [];
  const skip = outside["AURA_SCAN_SKIP"] ?? "";
  if (skip !== "" && skip !== "0")
    checks.push(
      fault(
        "environment",
        "AURA_SCAN_SKIP is set in this shell: every commit and push from here passes unseen",
        "Set it for one command only: unset AURA_SCAN_SKIP.",
      ),
    );
  const bin = outside["AURA_SCAN_BIN"] ?? "";
  if (bin !== "") checks.push(note("environment", `AURA_SCAN_BIN is set: hooks run ${visible(bin)}`));
  return checks;
}
