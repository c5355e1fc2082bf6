import type { Report } from "../../src/report/report.js";
import { auraScan, type Run, reportOf } from "../e2e/aura-scan.js";
import { makeRepository, type TestRepository } from "../repository.js";
import { stripeKey } from "../secrets.js";

/** What a commit does to files: content to write, null to delete. */
export type Files = Readonly<Record<string, string | Uint8Array | null>>;

/** A real repository, and what the built command line says in it. */
export type State = TestRepository & {
  /** Writes or deletes these files and stages that. */
  readonly stage: (files: Files) => void;
  /** The same, committed; returns the commit's id. */
  readonly commitFiles: (files: Files) => string;
  /** The JSON report of `aura-scan` with these words. */
  readonly scan: (...words: readonly string[]) => Promise<Report>;
  /** The run as a person sees it. */
  readonly run: (...words: readonly string[]) => Promise<Run>;
  /** The report of `aura-scan pre-push` for a push of this commit to a new branch of a remote that is not known here. */
  readonly prePush: (oid: string, remoteOid?: string) => Promise<Report>;
};

/** A new repository; `args` go to `git init`. */
export async function makeState(...args: readonly string[]): Promise<State> {
  return stateOf(await makeRepository(...args));
}

/** The same for a repository that is there. */
export function stateOf(repo: TestRepository): State {
  let commits = 0;
  const stage = (files: Files): void => {
    for (const [path, content] of Object.entries(files)) {
      if (content === null) repo.git("rm", "--quiet", "--force", "--", path);
      else {
        repo.write(path, content);
        repo.add(path);
      }
    }
  };
  return {
    ...repo,
    stage,
    commitFiles(files) {
      stage(files);
      // An hour ago and a second apart, so that the first commit is known from the next.
      const date = `${Math.floor(Date.now() / 1000) - 3600 + commits++} +0000`;
      const words = ["commit", "--quiet", "--allow-empty", "--no-verify", "-m", "a commit"];
      repo.gitWith({ env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } }, ...words);
      return repo.git("rev-parse", "HEAD");
    },
    scan: (...words) => reportOf(repo.root, words),
    run: (...words) => auraScan(repo.root, words),
    prePush: (oid, remoteOid = "0".repeat(oid.length)) =>
      reportOf(repo.root, ["pre-push", "elsewhere"], {
        input: `refs/heads/x ${oid} refs/heads/x ${remoteOid}\n`,
      }),
  };
}

/** A line with a secret of this name. */
export const secret = (name = "a"): string => `key = "${stripeKey(name)}"\n`;

/** Where something was found: `path:line`. */
export const found = ({ findings }: Report): readonly string[] =>
  findings.map(({ path, start }) => `${path}:${start.line}`);

/** The same with the commit that is told, by its place among these. */
export const foundIn = ({ findings }: Report, ...commits: readonly string[]): readonly string[] =>
  findings.map(({ path, start, commit }) => `${path}:${start.line} by ${commits.indexOf(commit ?? "")}`);

/** What was not read and should have been: `path: reason`. */
export const unread = ({ scanned }: Report): readonly string[] =>
  scanned.skipped.filter(({ incomplete }) => incomplete).map(({ path, reason }) => `${path}: ${reason}`);

/** What need not be read: `path: reason`. */
export const passedOver = ({ scanned }: Report): readonly string[] =>
  scanned.skipped.filter(({ incomplete }) => !incomplete).map(({ path, reason }) => `${path}: ${reason}`);
