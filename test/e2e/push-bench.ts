import { chmodSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../src/report/report.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { BIN, environment, NODE } from "./aura-scan.js";

/** A repository with the hook, and a bare one to push to. */
export type Bench = {
  readonly repo: TestRepository;
  readonly remote: TestRepository;
  readonly commit: (files: Readonly<Record<string, string | null>>) => string;
  /** `git push` with these words, through the hook. */
  readonly push: (...words: readonly string[]) => Push;
  readonly remove: () => void;
};

export type Push = { readonly passed: boolean; readonly said: string; readonly report: Report };

export async function makeBench(...args: readonly string[]): Promise<Bench> {
  const remote = await makeRepository("--bare", ...args);
  const repo = await makeRepository(...args);
  repo.git("remote", "add", "origin", remote.root);
  const hook = '#!/bin/sh\nexec "$NODE" "$BIN" pre-push --report "json=$REPORT" "$@"\n';
  chmodSync(repo.write(".git/hooks/pre-push", hook), 0o755);
  const reportFile = join(repo.root, ".git/report.json");
  const push = (...words: readonly string[]): Push => {
    rmSync(reportFile, { force: true });
    const env = { ...environment(), NODE, BIN, REPORT: reportFile };
    let passed = true;
    let said = "";
    try {
      said = repo.gitWith({ env }, "push", ...words);
    } catch (error) {
      passed = false;
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      said = stdout + stderr;
    }
    if (!existsSync(reportFile)) throw new Error(`the hook wrote no report: ${said}`);
    return { passed, said, report: JSON.parse(readFileSync(reportFile, "utf8")) as Report };
  };
  const commit: Bench["commit"] = (files) => {
    for (const [path, text] of Object.entries(files)) {
      if (text === null) repo.git("rm", "--quiet", "--", path);
      else {
        repo.write(path, text);
        repo.add(path);
      }
    }
    return repo.commit();
  };
  const remove = () => {
    repo.remove();
    remote.remove();
  };
  return { repo, remote, commit, push, remove };
}

/** Where findings are and which commit brought them. */
export const places = ({ report }: Push) =>
  report.findings.map(({ path, start, commit }) => ({ path, line: start.line, commit }));
