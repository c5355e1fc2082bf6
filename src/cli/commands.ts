import { auditCommand } from "./audit.js";
import { baselineCommand } from "./baseline.js";
import { ciCommand } from "./ci.js";
import type { Command } from "./command.js";
import { completionCommand } from "./completion.js";
import { doctorCommand } from "./doctor.js";
import { HOOK_COMMANDS } from "./hook-commands.js";
import { initCommand } from "./init.js";
import { policyCommand } from "./policy.js";
import { preflightCommand } from "./preflight.js";
import { reportCommand } from "./report.js";
import { rulesCommand } from "./rules.js";
import { showPushCommand } from "./show-push.js";
import { statusCommand } from "./status.js";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  ...HOOK_COMMANDS,
  ciCommand,
  preflightCommand,
  statusCommand,
  auditCommand,
  showPushCommand,
  policyCommand,
  reportCommand,
  rulesCommand,
  baselineCommand,
  initCommand,
  doctorCommand,
  completionCommand(() => COMMANDS),
];
