import { resolve } from "node:path";
import { readListed } from "../gate/listed-settings.js";
import { openEngine } from "../gate/open-engine.js";
import { counted } from "../report/words.js";
import { SETTINGS_FILE } from "../settings/load.js";
import { loadPolicy, POLICY_FILE, POLICY_KEYS, policyFaults } from "../settings/policy.js";
import { repositoryOf } from "../sources/repository.js";
import type { Command } from "./command.js";
import { EXIT } from "./exit.js";

type PolicyOptions = { readonly action: "check"; readonly policy: string | undefined };

/** `aura-scan policy check [--policy FILE]`: would the Mothership take pushes made with these settings? */
export const policyCommand: Command<PolicyOptions> = {
  usage: "policy <action>",
  about: "Check the settings against what the Mothership asks of every peer",
  options: (argv) =>
    argv.positional("action", { choices: ["check"] as const, demandOption: true }).option("policy", {
      type: "string",
      requiresArg: true,
      describe: `The file that holds [policy.privacy] (default: ${POLICY_FILE} at the repository's root)`,
    }),
  async run({ policy: given }, terminal) {
    const root = (await repositoryOf(terminal.cwd))?.root ?? terminal.cwd;
    const policy = await loadPolicy(
      given === undefined ? resolve(root, POLICY_FILE) : resolve(terminal.cwd, given),
    );
    const engine = await openEngine(root);
    for (const file of await readListed(root, engine)) await engine.below.at(file);
    const below = await engine.below.used();
    const faults = [engine, ...below].flatMap(({ settings }) => policyFaults(policy, settings));
    for (const fault of faults) terminal.out(`${fault}\n`);
    if (faults.length > 0) return EXIT.block;
    const asked = POLICY_KEYS.filter((key) => policy[key]);
    const what = asked.length === 0 ? "which asks for nothing" : `which asks for ${asked.join(", ")}`;
    const also = below.length === 0 ? "" : ` and ${counted(below.length, "file")} below`;
    terminal.out(`${SETTINGS_FILE}${also} ${below.length === 0 ? "meets" : "meet"} the policy, ${what}.\n`);
    return EXIT.allow;
  },
};
