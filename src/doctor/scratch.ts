import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { gitOutput } from "../sources/git.js";
import { type Environment, withoutRepository } from "../sources/git-environment.js";
import type { Repository } from "../sources/repository.js";
import type { MadeFile } from "./canary.js";

/**
 * A folder of our own with an index and a store of objects for one repository: what is written there the repository never
 * sees, and what the repository has can be read there.
 */
export type Scratch = {
  readonly folder: string;
  /** What git and its hooks run under, so that they take this index and this store for the repository's. */
  readonly environment: Environment;
  /** Makes the index that of HEAD with this file in it. */
  readonly stage: (made: MadeFile) => Promise<void>;
  /** A commit of what is staged, HEAD's child; no ref leads to it. */
  readonly commit: () => Promise<string>;
  /** A bare repository that has HEAD and no more, under `branch`, and that can be pushed to. */
  readonly remote: (branch: string) => Promise<string>;
  readonly remove: () => void;
};

const IDENTITY: Environment = {
  GIT_AUTHOR_NAME: "aura-scan doctor",
  GIT_AUTHOR_EMAIL: "doctor@aura-scan.invalid",
  GIT_COMMITTER_NAME: "aura-scan doctor",
  GIT_COMMITTER_EMAIL: "doctor@aura-scan.invalid",
};

/** git would put a part of a split index beside the repository's own. */
const ONE_INDEX = ["-c", "core.splitIndex=false"];

/** Throws `SourceError`, or the operating system's error where there is no place for temporary files. */
export async function openScratch(repository: Repository): Promise<Scratch> {
  const said = await gitOutput(repository, ["rev-parse", "--git-path", "objects"]);
  const objects = resolve(repository.root, said.toString("utf8").replace(/\r?\n$/, ""));
  const folder = realpathSync.native(mkdtempSync(join(tmpdir(), "aura-scan-doctor-")));
  mkdirSync(join(folder, "objects"));
  const known = repository.environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"];
  const environment: Environment = {
    GIT_INDEX_FILE: join(folder, "index"),
    GIT_OBJECT_DIRECTORY: join(folder, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [quoted(objects), ...(known === undefined ? [] : [known])].join(
      delimiter,
    ),
  };
  const place = {
    root: repository.root,
    environment: { ...repository.environment, ...environment, ...IDENTITY },
  };
  const asked = async (args: readonly string[], input = ""): Promise<string> =>
    (await gitOutput(place, [...ONE_INDEX, ...args], input)).toString("utf8").trim();

  return {
    folder,
    environment,
    async stage({ path, text }) {
      await asked(repository.hasHead ? ["read-tree", "HEAD"] : ["read-tree", "--empty"]);
      const id = await asked(["hash-object", "-w", "-t", "blob", "--stdin"], text);
      await asked(["update-index", "--add", "--cacheinfo", `100644,${id},${path}`]);
    },
    async commit() {
      const tree = await asked(["write-tree", "--missing-ok"]);
      const parent = repository.hasHead ? ["-p", "HEAD"] : [];
      return asked(["commit-tree", ...parent, "-m", "A canary that is never pushed", tree]);
    },
    async remote(branch) {
      const remote = join(folder, "remote.git");
      const elsewhere = { root: folder, environment: withoutRepository(repository.environment) };
      const form = `--object-format=${repository.objectFormat}`;
      await gitOutput(elsewhere, ["init", "--quiet", "--bare", "--template=", form, remote]);
      mkdirSync(join(remote, "objects/info"), { recursive: true });
      writeFileSync(join(remote, "objects/info/alternates"), `${quotedLine(objects)}\n`);
      if (repository.hasHead)
        await gitOutput({ ...elsewhere, root: remote }, [
          "update-ref",
          `refs/heads/${branch}`,
          await asked(["rev-parse", "--verify", "HEAD^{commit}"]),
        ]);
      return remote;
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** A path in the list of stores: https://git-scm.com/docs/git#Documentation/git.txt-GITALTERNATEOBJECTDIRECTORIES */
function quoted(path: string): string {
  return path.includes(delimiter) || path.startsWith('"') ? inQuotes(path) : path;
}

/** The same in the file `info/alternates`, where a line break ends a path and `#` begins a comment. */
function quotedLine(path: string): string {
  return /^["#]|\n/.test(path) ? inQuotes(path) : path;
}

function inQuotes(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
