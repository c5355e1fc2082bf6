import { folderFiles } from "../sources/folder.js";
import type { Repository } from "../sources/repository.js";
import { treeFiles } from "../sources/tree.js";
import type { SourceRun } from "./source-run.js";

/** Everything in the repository, or in the folder `cwd` outside of one. */
export function wholeTree(cwd: string, repository: Repository | null): SourceRun {
  return repository === null
    ? {
        mode: "tree",
        itemsOf: (look) => folderFiles(cwd, "", look),
        nothing: "the folder holds no file",
        seesAll: true,
      }
    : {
        mode: "tree",
        itemsOf: (look) => treeFiles(repository, [], look),
        nothing: "the repository holds no file that is not ignored",
        seesAll: true,
      };
}
