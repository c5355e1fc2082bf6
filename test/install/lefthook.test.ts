import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { installHooks } from "../../src/install/install-hooks.js";
import { lefthookLines } from "../../src/install/lefthook-job.js";
import { lefthookWithJobs, lefthookWithoutJobs } from "../../src/install/lefthook-text.js";
import { uninstallHooks } from "../../src/install/uninstall-hooks.js";
import { repositoryOf } from "../../src/sources/repository.js";
import { cleanEnvironment, makeRepository, type TestRepository } from "../repository.js";

/** lefthook's own schema, as its package 2.2.2 brings it (MIT). */
const SCHEMA = fileURLToPath(new URL("../fixtures/lefthook/schema-2.2.2.json", import.meta.url));
const isLefthooks = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")));

type Job = {
  readonly name?: string;
  readonly run: string;
  readonly files?: string;
  readonly use_stdin?: boolean;
};
type Hook = { readonly jobs?: readonly Job[]; readonly commands?: Readonly<Record<string, Job>> };
type Settings = { readonly "pre-commit": Hook; readonly "pre-push": Hook };

const edited = (text: string): string => {
  const edit = lefthookWithJobs(text);
  if (!("text" in edit)) throw new Error(`not edited: ${edit.kind}`);
  return edit.text;
};

const FORMS: readonly (readonly [string, string])[] = [
  ["comments alone, as lefthook makes it", "# EXAMPLE USAGE:\n#\n# pre-push:\n#   jobs:\n"],
  ["nothing", ""],
  ["another hook", "commit-msg:\n  jobs:\n    - run: check {1}\n"],
  ["another hook, and no last line break", "commit-msg:\n  jobs:\n    - run: check {1}"],
  [
    "jobs",
    "pre-commit:\n  parallel: true\n  jobs:\n    # first\n    - name: a\n      run: a\n    - run: b\n",
  ],
  ["jobs that are not indented", "pre-push:\n  jobs:\n  - run: a\npre-commit:\n  jobs:\n  - run: b\n"],
  ["commands", "pre-commit:\n  commands:\n    b:\n      run: b\n    a:\n      run: a\n"],
  ["scripts", 'pre-push:\n  scripts:\n    "a.sh":\n      runner: bash\n'],
  [
    "a block of text at its end",
    "output:\n  - summary\npre-commit:\n  jobs:\n    - run: |\n        a\n        b\n",
  ],
  ["CRLF, tabs in texts, a byte that is no UTF-8", 'pre-commit:\r\n  jobs:\r\n    - run: "a\tb\xff"\r\n'],
  ["a document's beginning", "---\npre-commit:\n  jobs:\n    - run: a\n"],
];

describe.each(FORMS)("a lefthook.yml with %s", (_, text) => {
  it("gets ours first in both hooks, is what lefthook's schema asks for, and keeps all else", () => {
    const settings = parse(edited(text)) as Settings;
    for (const hook of ["pre-commit", "pre-push"] as const) {
      const { jobs, commands } = settings[hook];
      const [first] = jobs ?? [];
      expect(first?.name === "aura-scan" || Object.keys(commands ?? {})[0] === "aura-scan").toBe(true);
    }
    expect(isLefthooks(settings), JSON.stringify(isLefthooks.errors)).toBe(true);
    const kept = edited(text).split("\n");
    for (const line of text.split("\n")) expect(kept).toContain(line);
  });

  it("has every byte back when ours goes, and a second time changes nothing", () => {
    expect(lefthookWithoutJobs(edited(text))).toBe(text);
    expect(lefthookWithJobs(edited(text))).toEqual({ kind: "present" });
  });
});

describe("a lefthook.yml is left alone, and the lines to paste are told, where it", () => {
  it.each([
    ["is written in braces", "pre-commit: {jobs: [{run: a}]}\n"],
    ["has jobs in brackets", "pre-commit:\n  jobs: [{run: a}]\n"],
    ["names a hook without anything in it", "pre-commit:\n"],
    ["takes a hook from elsewhere in it", "a: &a\n  jobs:\n    - run: a\npre-commit: *a\n"],
    ["is no YAML", "pre-commit:\n  jobs: [\n"],
    [
      "holds a job of that name that somebody wrote",
      "pre-commit:\n  commands:\n    aura-scan:\n      run: x\n",
    ],
    ["has more than one document", "pre-commit:\n  jobs:\n    - run: a\n...\n---\nb: 1\n"],
  ])("%s", (_, text) => {
    expect(lefthookWithJobs(text)).toEqual({ kind: "unread" });
  });

  it("and those lines are what lefthook's schema asks for", () => {
    expect(isLefthooks(parse(lefthookLines()))).toBe(true);
  });
});

it("an older job of ours is brought up to date", () => {
  const [, text = ""] = FORMS[4] ?? [];
  const older = edited(text).replaceAll("run aura-scan init", "an older line");
  expect(lefthookWithJobs(older)).toEqual({ kind: "updated", text: edited(text) });
});

describe("in a repository with lefthook", () => {
  const OWN = "pre-commit:\n  jobs:\n    - run: echo theirs\n";
  /** What lefthook writes into .git/hooks, as far as it tells whose it is. */
  const SHIM = '#!/bin/sh\ncall_lefthook()\n{\n  lefthook "$@"\n}\ncall_lefthook run "pre-commit" "$@"\n';
  let repository: TestRepository;
  beforeEach(async () => {
    repository = await makeRepository();
  });
  afterEach(() => repository.remove());

  const opened = async () => {
    const found = await repositoryOf(repository.root, cleanEnvironment(), repository.root);
    if (found === null) throw new Error("no repository");
    return found;
  };
  const read = (path: string): string => readFileSync(join(repository.root, path), "utf8");

  it("its hooks are left to it, and what it has not set up is guarded until it does", async () => {
    repository.write("lefthook.yml", OWN);
    repository.write(".git/hooks/pre-commit", SHIM);
    const { hooks, lefthook } = await installHooks(await opened());
    expect(lefthook).toMatchObject({ result: "added" });
    expect(hooks).toEqual([expect.objectContaining({ name: "pre-push", result: "created" })]);
    expect(read(".git/hooks/pre-commit")).toBe(SHIM);
    // lefthook moves a hook that it finds in its place.
    repository.write(".git/hooks/pre-push.old", read(".git/hooks/pre-push"));
    repository.write(".git/hooks/pre-push", SHIM);
    await uninstallHooks(await opened());
    expect(read("lefthook.yml")).toBe(OWN);
    expect(read(".git/hooks/pre-push")).toBe(SHIM);
    expect(existsSync(join(repository.root, ".git/hooks/pre-push.old"))).toBe(false);
  });

  it.each(["lefthook.toml", ".config/lefthook.json"])("%s is not edited", async (name) => {
    repository.write(name, "{}");
    expect((await installHooks(await opened())).lefthook).toMatchObject({ result: "unread" });
    expect(read(name)).toBe("{}");
  });

  it("the job runs the repository's own hook, else the one that was noted, else it fails", async () => {
    repository.write("lefthook.yml", OWN);
    const found = await opened();
    const { "pre-push": push } = parse(edited(OWN)) as Settings;
    const run = () => {
      const line = push.jobs?.[0]?.run.replace("{1}", "origin") ?? "";
      const options = { cwd: repository.root, env: cleanEnvironment(), encoding: "utf8" } as const;
      const { status, stdout } = spawnSync("sh", ["-c", line], options);
      return { status, stdout };
    };
    expect(run().status).not.toBe(0);
    await installHooks(found);
    expect(run()).toMatchObject({ status: 0, stdout: "Nothing to look at: nothing is pushed.\n" });
    repository.write("node_modules/aura-scan/hooks/pre-push", 'echo "own $1"\n');
    expect(run()).toEqual({ status: 0, stdout: "own origin\n" });
    rmSync(join(repository.root, "node_modules"), { recursive: true });
  });

  it.each(["lefthook.yml", ".lefthook.yaml", ".config/lefthook.yml"])(
    "a commit is looked at whatever is staged, for lefthook skips a job without files: %s names itself",
    (name) => {
      repository.write(name, OWN);
      const job = (parse(edited(OWN)) as Settings)["pre-commit"].jobs?.[0];
      const options = { cwd: repository.root, env: cleanEnvironment(), encoding: "utf8" } as const;
      // lefthook leaves links, deletions and changes of type out of this list, and skips what then has no file.
      expect(job?.run).not.toContain("{staged_files}");
      expect(job?.run).toContain("{files}");
      const { status, stdout } = spawnSync("sh", ["-c", job?.files ?? ""], options);
      expect({ status, files: stdout.trim() }).toEqual({ status: 0, files: name });
    },
  );
});
