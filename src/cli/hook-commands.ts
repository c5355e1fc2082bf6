import type { Command } from "./command.js";
import { prePushCommand } from "./pre-push.js";
import { scanCommand } from "./scan.js";

/** The commands that hooks run: nothing else is loaded while somebody waits for a commit. */
export const HOOK_COMMANDS: readonly Command[] = [scanCommand, prePushCommand];
