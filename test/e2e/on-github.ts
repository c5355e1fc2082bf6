import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestRepository } from "../repository.js";
import { auraScan, type Run } from "./aura-scan.js";

/** A run as GitHub Actions starts it, and what it left in GitHub's files. */
export async function onGithub(
  runner: string,
  clone: TestRepository,
  event: string,
  sha: string,
  payload: unknown,
  ...words: readonly string[]
): Promise<Run & { readonly summary: string; readonly outputs: string }> {
  const file = (name: string, text: string) => {
    writeFileSync(join(runner, name), text);
    return join(runner, name);
  };
  const env = {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_EVENT_NAME: event,
    GITHUB_SHA: sha,
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(payload)),
    GITHUB_STEP_SUMMARY: file("summary.md", ""),
    GITHUB_OUTPUT: file("output", ""),
  };
  const run = await auraScan(clone.root, ["ci", ...words], { env });
  const left = (name: string) => readFileSync(join(runner, name), "utf8");
  return { ...run, summary: left("summary.md"), outputs: left("output") };
}

/** What stands outside of the lines between which GitHub takes no orders. */
export function heard(out: string): string {
  return out.replace(/^::stop-commands::(.+)\n[\s\S]*?\n::\1::\n/gm, "");
}
