import type { Command } from "./command.js";
import { UsageError } from "./exit.js";
import { explainRule } from "./rules-explain.js";
import { importRules } from "./rules-import.js";
import { listRules } from "./rules-list.js";
import { testRules } from "./rules-test.js";

type RulesOptions = {
  readonly action: "list" | "explain" | "test" | "import";
  readonly of: string | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
};

/** `aura-scan rules list`, `rules explain ID`, `rules test [FILE]` and `rules import FILE`. */
export const rulesCommand: Command<RulesOptions> = {
  usage: "rules <action> [of]",
  about: "List or explain the rules that are active here, test a rule file, import another scanner's",
  options: (argv) =>
    argv
      .positional("action", { choices: ["list", "explain", "test", "import"] as const, demandOption: true })
      .positional("of", {
        type: "string",
        describe:
          "explain: a rule's id; test: a rule file (default: the active rules); import: a gitleaks.toml",
      })
      .option("out", { type: "string", requiresArg: true, describe: "import: the rule file to write" })
      .option("json", { type: "boolean", default: false, describe: "For a program to read" }),
  async run({ action, of, out, json }, terminal) {
    if (out !== undefined && action !== "import") throw new UsageError("--out goes with rules import");
    switch (action) {
      case "list":
        if (of !== undefined)
          throw new UsageError("rules list takes nothing more; rules explain ID tells about one rule");
        return listRules(json, terminal);
      case "explain":
        return explainRule(
          given(of, "rules explain: a rule's id is missing; rules list names them all"),
          json,
          terminal,
        );
      case "test":
        return testRules(of ?? null, json, terminal);
      case "import":
        return importRules(
          given(of, "rules import: the file is missing, such as .gitleaks.toml"),
          out ?? null,
          json,
          terminal,
        );
    }
  },
};

function given(of: string | undefined, fault: string): string {
  if (of === undefined || of === "") throw new UsageError(fault);
  return of;
}
