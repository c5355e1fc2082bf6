import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { makeRepository, type TestRepository } from "../repository.js";

/** A host, a developer's repository that pushes to it, and clones as CI systems make them. */
export type Host = {
  readonly dev: TestRepository;
  readonly url: string;
  /** A commit of the developer's with these files (null deletes); returns its id. */
  readonly commit: (files: Readonly<Record<string, string | null>>, message?: string) => string;
  /** Pushes to the host with these words. */
  readonly push: (...words: readonly string[]) => void;
  /**
   * A clone of the refs in `fetch` (`+SOURCE:TARGET`), so deep (0: all), with `checkout` checked out and `more` options for git fetch; as actions/checkout, the
   * GitLab runner and the Azure agent do it.
   */
  readonly clone: (
    depth: number,
    fetch: readonly string[],
    checkout: string,
    ...more: readonly string[]
  ) => Promise<TestRepository>;
  readonly remove: () => void;
};

export const ALL_BRANCHES = "+refs/heads/*:refs/remotes/origin/*";

export async function makeHost(): Promise<Host> {
  const host = await makeRepository("--bare");
  host.git("config", "uploadpack.allowAnySHA1InWant", "true");
  host.git("config", "uploadpack.allowFilter", "true");
  const dev = await makeRepository();
  const url = pathToFileURL(host.root).href;
  dev.git("remote", "add", "origin", url);
  const clones: TestRepository[] = [];
  return {
    dev,
    url,
    commit(files, message) {
      for (const [path, text] of Object.entries(files)) {
        if (text === null) dev.git("rm", "--quiet", "--", path);
        else {
          dev.write(path, text);
          dev.git("--literal-pathspecs", "add", "--force", "--", path);
        }
      }
      return dev.commit(message);
    },
    push: (...words) => void dev.git("push", "--quiet", "origin", ...words),
    async clone(depth, fetch, checkout, ...more) {
      const clone = await makeRepository();
      clones.push(clone);
      clone.git("remote", "add", "origin", url);
      const deep = depth === 0 ? [] : [`--depth=${depth}`];
      clone.git(
        "-c",
        "protocol.version=2",
        "fetch",
        "--quiet",
        "--no-tags",
        ...deep,
        ...more,
        "origin",
        ...fetch,
      );
      clone.git("checkout", "--quiet", "--force", "--detach", checkout);
      return clone;
    },
    remove() {
      for (const { root } of [host, dev, ...clones]) {
        if (existsSync(join(root, "."))) rmSync(root, { recursive: true, force: true });
      }
    },
  };
}
