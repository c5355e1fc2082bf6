import { readListed, wholeDigest } from "../gate/listed-settings.js";
import { openEngine } from "../gate/open-engine.js";
import { openingOf } from "../gate/service/kept-ledger.js";
import { ledgerKeyFile, ledgerWitnessFile } from "../gate/service/repository-ledger.js";
import { auditKey } from "../ledger/key.js";
import { openLedger } from "../ledger/ledger.js";
import { scrubBody } from "../ledger/scrub.js";
import { shown } from "../report/pushes/shown.js";
import { visible } from "../report/visible.js";
import { counted } from "../report/words.js";
import { blottedLine } from "../scan/blot.js";
import { withoutSecrets } from "../scan/engine.js";
import { EXIT, type ExitCode, UsageError } from "./exit.js";
import { type LedgerHere, pushNamed } from "./ledger-here.js";
import type { Terminal } from "./terminal.js";

/** Deletes the text of a push's body for good, and writes down why; a secret in the reason is not written down. */
export async function scrubPush(
  { root, folder, repository, pushes }: LedgerHere,
  id: string,
  reason: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const { record } = pushNamed(pushes, id, terminal);
  const engine = await openEngine(root);
  await readListed(root, engine);
  const gitDir = repository?.gitDir ?? null;
  const ledger = await openLedger({
    folder,
    key: () => auditKey(ledgerKeyFile(folder, gitDir)),
    witness: ledgerWitnessFile(folder, gitDir),
    open: openingOf({ engine, settingsDigest: await wholeDigest(engine) }, null),
  });
  try {
    const said = blottedLine(withoutSecrets(reason.trim(), engine.keywords), []);
    const scrubbed = await scrubBody(folder, ledger, record.record_id, said);
    if (!scrubbed.done) throw new UsageError(`--scrub: ${scrubbed.message}`);
    const { before } = scrubbed;
    if (before !== null && scrubbed.freed === 0) {
      terminal.out(
        `The text of push ${record.record_id} (${visible(record.aura_id)}) was gone already: scrubbed on ${before.at.slice(0, 10)} (${visible(shown(before.reason))}); that reason stays.\n`,
      );
      return EXIT.allow;
    }
    const shared =
      scrubbed.pushes === 1 ? "" : ` (${counted(scrubbed.pushes, "push", "pushes")} had this very body)`;
    terminal.out(
      `The text of push ${record.record_id} (${visible(record.aura_id)}) is gone from the ledger${shared}; its record and its hash stay, and the same text does not leave again.\n`,
    );
    return EXIT.allow;
  } finally {
    await ledger.close();
  }
}
