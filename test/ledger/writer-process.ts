import { compactLedger } from "../../src/ledger/compact.js";
import { openLedger } from "../../src/ledger/ledger.js";
import { OPENING, push } from "./entries.js";

// A process that writes until it is killed, or as often as it is told, and prints what is on disk.
const [folder = "", times = "", keepBytes = ""] = process.argv.slice(2);
const witness = `${folder}-witness`;
const key = () => Buffer.alloc(32, 7);
const ledger = await openLedger({ folder, key, witness, open: OPENING, segmentBytes: 4000 });
const each = async (client: number): Promise<void> => {
  for (let at = 0; at < Number(times); at++) {
    const body = `fn a${at % 7}() { ${client % 2} }`;
    const hash = await ledger.keepBody(body);
    const [record] = await ledger.append([push(ledger.newRecordId(), { hash, bytes: body.length })]);
    if (record !== undefined && "record_id" in record) process.stdout.write(`${record.record_id}\n`);
    if (keepBytes !== "" && client === 0)
      await compactLedger(folder, ledger, key, { days: null, bytes: Number(keepBytes) });
  }
};
await Promise.all([0, 1, 2].map(each));
await ledger.close();
