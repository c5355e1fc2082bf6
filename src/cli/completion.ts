import type { Command } from "./command.js";
import { bashCompletion } from "./completion/bash.js";
import { fishCompletion } from "./completion/fish.js";
import { outlineOf } from "./completion/outline.js";
import { zshCompletion } from "./completion/zsh.js";
import { EXIT } from "./exit.js";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

type Shell = keyof typeof SCRIPTS;

/** `aura-scan completion SHELL`: a script that completes all of `commands`; it says in its first lines where it goes. */
export function completionCommand(commands: () => readonly Command[]): Command<{ readonly shell: Shell }> {
  return {
    usage: "completion <shell>",
    about: 'Print what lets a shell complete aura-scan: eval "$(aura-scan completion bash)"',
    options: (argv) =>
      argv.positional("shell", {
        choices: Object.keys(SCRIPTS) as readonly Shell[],
        demandOption: true,
        describe: "The shell that reads the script",
      }),
    async run({ shell }, terminal) {
      terminal.out(SCRIPTS[shell](outlineOf(commands())));
      return EXIT.allow;
    },
  };
}
