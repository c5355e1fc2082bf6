import { whyNoText, wireBodies } from "../audit/wire-bodies.js";
import { visible } from "../report/visible.js";
import type { Command } from "./command.js";
import { EXIT } from "./exit.js";
import { ledgerHere, pushNamed } from "./ledger-here.js";

/** `aura-scan show-push ID`: the masked body as it appeared on the wire, byte for byte and with nothing added. */
export const showPushCommand: Command<{ readonly id: string }> = {
  usage: "show-push <id>",
  about: "Print the body of a push exactly as it was on the wire",
  options: (argv) =>
    argv.positional("id", {
      type: "string",
      demandOption: true,
      describe: "A record's id, or the beginning of one (aura-scan audit lists them)",
    }),
  async run({ id }, terminal) {
    const ledger = await ledgerHere(terminal.cwd);
    const push = pushNamed(ledger.pushes, String(id), terminal);
    const body = wireBodies(ledger.folder)(push);
    if (body.what === "text") {
      terminal.out(body.text);
      return EXIT.allow;
    }
    const { record_id, reasons } = push.record;
    const why = body.what === "never-left" && reasons.length > 0 ? ` (${reasons.join("; ")})` : "";
    terminal.err(
      `aura-scan: the body of push ${record_id} ${visible(whyNoText(body))}${visible(why)}; its record stays in the ledger\n`,
    );
    // What was kept back or scrubbed is as it should be; what is lost is not.
    return body.what === "gone" || body.what === "changed" ? EXIT.incomplete : EXIT.block;
  },
};
