/**
 * The other scanners, one entry each. All rules that they have by default, no question to any network, and a
 * report that a machine can read. `folder`, `history` and `staged` are the words after the program's name, for a run
 * inside that folder or repository, or null where it has no such mode; with `stagedFiles`, the names of the staged
 * files follow them. `exits` names the exit codes of a run that did its work, also one that found something.
 */
export const PEERS = [
  {
    name: "betterleaks",
    version: ["version"],
    ...likeGitleaks(),
  },
  {
    name: "gitleaks",
    version: ["version"],
    ...likeGitleaks(),
  },
  {
    name: "trufflehog",
    version: ["--version", "--no-update"],
    folder: ["filesystem", ".", "--no-verification", "--no-update", "--json"],
    history: ["git", "file://.", "--no-verification", "--no-update", "--json"],
    staged: ["git", "file://.", "--since-commit", "HEAD", "--no-verification", "--no-update", "--json"],
    exits: { 0: "", 183: "" },
  },
  {
    name: "kingfisher",
    version: ["--version"],
    folder: ["scan", ".", "--git-history", "none", ...quietKingfisher()],
    history: ["scan", ".", ...quietKingfisher()],
    staged: ["scan", ".", "--staged", ...quietKingfisher()],
    exits: { 0: "", 200: "", 205: "" },
  },
  {
    name: "ripsecrets",
    version: ["--version"],
    folder: ["."],
    history: null,
    staged: ["--strict-ignore"],
    stagedFiles: true,
    exits: { 0: "", 1: "" },
  },
  {
    name: "detect-secrets",
    version: ["--version"],
    folder: ["scan", "--all-files", "."],
    history: null,
    staged: [],
    stagedProgram: "detect-secrets-hook",
    stagedFiles: true,
    exits: { 0: "", 1: "" },
  },
  {
    name: "secretlint",
    version: ["--version"],
    folder: [...recommendedRules(), "**/*"],
    history: null,
    staged: [...recommendedRules(), "--no-glob"],
    stagedFiles: true,
    exits: { 0: "", 1: "" },
  },
];

/** Exit 1 is also what a failure gives: 10 is asked for instead where something is found. */
function likeGitleaks() {
  const common = ["--no-banner", "-l", "error", "--exit-code", "10", "-f", "json", "-r", "-"];
  return {
    folder: ["dir", ".", ...common],
    history: ["git", ".", ...common],
    staged: ["git", "--pre-commit", "--staged", ".", ...common],
    exits: { 0: "", 10: "" },
  };
}

function quietKingfisher() {
  return ["--no-validate", "--no-update-check", "--quiet", "-f", "json"];
}

function recommendedRules() {
  return ["--secretlintrcJSON", '{"rules":[{"id":"@secretlint/secretlint-rule-preset-recommend"}]}'];
}
