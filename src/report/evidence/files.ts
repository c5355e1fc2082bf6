import { createHash } from "../../text/crypto.js";
import { plainJson } from "../plain-json.js";
import type { Evidence } from "./evidence.js";
import { evidencePage, FILES } from "./page.js";

/** The files of the evidence: the page, the same as JSON, and their sums, as `sha256sum -c` takes them. */
export function evidenceFiles(
  evidence: Evidence,
): readonly { readonly name: string; readonly text: string }[] {
  const files = [
    { name: FILES.page, text: evidencePage(evidence) },
    { name: FILES.json, text: `${plainJson(evidence, 2)}\n` },
  ];
  const sums = files.map(
    ({ name, text }) => `${createHash("sha256").update(text, "utf8").digest("hex")}  ${name}\n`,
  );
  return [...files, { name: FILES.sums, text: sums.join("") }];
}
