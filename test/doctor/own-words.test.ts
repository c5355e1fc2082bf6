import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ownWords } from "../../src/doctor/own-words.js";
import { OLDEST_NODE } from "../../src/doctor/program.js";
import { ownHook } from "../../src/install/own-files.js";

const HOOK = ownHook("pre-commit");
const SHEBANG = "#!/bin/sh\n";
const BLOCK = HOOK.slice(SHEBANG.length);

describe("what of a hook is aura-scan's", () => {
  it.each([
    ["our own hook", HOOK, { share: "all" }],
    ["our block without a first line, as husky has it", BLOCK, { share: "all" }],
    ["our block and comments", `${HOOK}\n# a comment\n`, { share: "all" }],
    ["our block with CRLF", HOOK.replaceAll("\n", "\r\n"), { share: "all" }],
    ["our block first", `${HOOK}npm test\n`, { share: "part", text: HOOK, before: 0 }],
    ["our block last", `${SHEBANG}cd app\nnpm test\n${BLOCK}`, { share: "part", text: HOOK, before: 2 }],
    [
      "a setting of the shell, and our block",
      `${SHEBANG}set -eu\n${BLOCK}npm test\n`,
      { share: "part", text: HOOK, before: 0 },
    ],
    ["what never comes to our block", `${SHEBANG}exit 0\n${BLOCK}`, { share: "part", text: HOOK, before: 1 }],
    ["a line by hand whose word is lost", "npx aura-scan --staged\nexit 0\n", { share: "unheard" }],
    [
      "a line by hand whose word counts",
      "npx aura-scan --staged || exit 1\nexit 0\n",
      { share: "part", text: "npx aura-scan --staged || exit 1\n", before: 0 },
    ],
    [
      "a line by hand where the shell ends",
      "set -e\nnpx aura-scan --staged\nexit 0\n",
      { share: "part", text: "set -e\nnpx aura-scan --staged\n", before: 0 },
    ],
    ["a line by hand", "npx aura-scan --staged\n", { share: "all" }],
    [
      "a line by hand among others",
      `${SHEBANG}npm test\nnpx aura-scan --staged || exit $?\nnpm run lint\n`,
      { share: "part", text: `${SHEBANG}npx aura-scan --staged || exit $?\n`, before: 1 },
    ],
    ["a comment that names us", "# aura-scan --staged\nnpm test\n", { share: "none" }],
    ["a tool of a like name", "npx laura-scanner\n", { share: "none" }],
    ["a path that names us", "cp a /tmp/aura-scan/b\n", { share: "none" }],
    ["our own checkout", "node bin/aura-scan.js --staged\n", { share: "all" }],
    [
      "our hook by its path",
      `sh 'node_modules/aura-scan/hooks/pre-push' "$@" || exit $?\n`,
      { share: "all" },
    ],
    ["others in our line", "npx aura-scan --staged && npm test\n", { share: "mixed" }],
    ["nothing", "", { share: "none" }],
  ])("%s", (_, text, expected) => {
    expect(ownWords(text)).toEqual(expected);
  });
});

it("the oldest Node is the one that package.json names", () => {
  const { engines } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly engines: { readonly node: string };
  };
  expect(engines.node).toBe(`>=${OLDEST_NODE.join(".")}`);
});
