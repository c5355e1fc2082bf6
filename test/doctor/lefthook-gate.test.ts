import { rmSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lefthookGate } from "../../src/doctor/lefthook-gate.js";
import { lefthookLines } from "../../src/install/lefthook-job.js";
import { lefthookWithJobs } from "../../src/install/lefthook-text.js";
import { makeRepository, type TestRepository } from "../repository.js";

let repository: TestRepository;
beforeEach(async () => {
  repository = await makeRepository();
});
afterEach(() => repository.remove());

const LINES = lefthookLines();
const HAND = "pre-commit:\n  commands:\n    secrets:\n      run: npx aura-scan --staged\n";
const edited = (text: string): string => {
  const edit = lefthookWithJobs(text);
  return "text" in edit ? edit.text : "";
};

describe("whether lefthook runs our job in pre-commit", () => {
  it.each<readonly [string, string, string, object]>([
    ["as init writes it", LINES, "", { is: "run" }],
    ["among commands", edited("pre-commit:\n  commands:\n    b:\n      run: b\n"), "", { is: "run" }],
    ["by hand", HAND, "", { is: "run" }],
    ["skip: false", HAND, "pre-commit:\n  skip: false\n", { is: "run" }],
    ["the other hook's skip", LINES, "pre-push:\n  skip: true\n", { is: "run" }],
    ["another job's skip", LINES, "pre-commit:\n  jobs:\n    - name: a\n      skip: true\n", { is: "run" }],
    ["not at all", "pre-commit:\n  jobs:\n    - run: npm test # aura-scan --staged\n", "", { is: "absent" }],
    ["perhaps from elsewhere", "extends: [a.yml]\n", "", { is: "absent", elsewhere: true }],
    ["skip of the hook", LINES.replace("jobs:", "skip: [merge]\n  jobs:"), "", { is: "skipped" }],
    ["only of the hook, here alone", LINES, "pre-commit:\n  only:\n    - ref: main\n", { is: "skipped" }],
    ["exclude of the hook", LINES, "pre-commit:\n  exclude: ['*.yml']\n", { is: "skipped" }],
    ["exclude_tags that name it", LINES, "pre-commit:\n  exclude_tags: [aura-scan]\n", { is: "skipped" }],
    ["skip of the job", `${HAND}      skip: true\n`, "", { is: "skipped" }],
    [
      "skip by its name, here alone",
      HAND,
      "pre-commit:\n  commands:\n    secrets:\n      skip: true\n",
      { is: "skipped" },
    ],
    [
      "a job of that name that runs another",
      HAND,
      "pre-commit:\n  commands:\n    secrets:\n      run: 'true'\n",
      { is: "skipped" },
    ],
    ["a glob", `${HAND}      glob: '*.ts'\n`, "", { is: "skipped" }],
    [
      "only of its group",
      "pre-commit:\n  jobs:\n    - only: merge\n      group:\n        jobs:\n          - run: aura-scan --staged\n",
      "",
      { is: "skipped" },
    ],
    [
      "staged files alone",
      "pre-commit:\n  jobs:\n    - run: aura-scan --files {staged_files}\n",
      "",
      { is: "skipped", ours: true },
    ],
    [
      "others in its line",
      "pre-commit:\n  jobs:\n    - run: aura-scan --staged || true\n",
      "",
      { is: "unread" },
    ],
    ["no YAML", "pre-commit: [", "", { is: "unread" }],
  ])("%s", async (_, text, local, expected) => {
    repository.write("lefthook.yml", text);
    if (local !== "") repository.write("lefthook-local.yml", local);
    expect(await lefthookGate(repository.root, "pre-commit")).toMatchObject(expected);
  });

  it.each([
    ["lefthook.toml", '[pre-commit]\nskip = true\n[[pre-commit.jobs]]\nrun = "aura-scan --staged"\n'],
    [".config/lefthook.json", '{"pre-commit": {"skip": true, "jobs": [{"run": "aura-scan --staged"}]}}'],
    ["lefthook.jsonc", '// a\n{"pre-commit": {"skip": true, "jobs": [{"run": "aura-scan --staged"}]}}'],
  ])("%s is read", async (name, text) => {
    repository.write(name, text);
    expect(await lefthookGate(repository.root, "pre-commit")).toMatchObject({ is: "skipped" });
    rmSync(path.join(repository.root, name));
    expect(await lefthookGate(repository.root, "pre-commit")).toEqual({ is: "absent", elsewhere: false });
  });
});
