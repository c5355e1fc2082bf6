import type { Finding, Related } from "../scan/finding.js";
import { MOST_RELATED } from "./sarif-limits.js";
import { saidOr } from "./sarif-rules.js";
import { visible, wellFormed } from "./visible.js";

export type SarifObject = { readonly [key: string]: unknown };

/** The base of every `uri`; declared in `originalUriBaseIds` with a description only, since a machine's path is nobody's business. */
export const BASE_ID = "%SRCROOT%";

/** A place in a file, relative to the root. */
export function artifactLocation(path: string): SarifObject {
  const uri = wellFormed(path)
    .split("/")
    .filter((segment) => segment !== "")
    .map(encodeURIComponent)
    .join("/");
  return { uri: uri === "" ? "." : uri, uriBaseId: BASE_ID };
}

/** Where the finding lies, and in which function. */
export function primaryLocation(finding: Finding): SarifObject {
  const name = visible(finding.unit?.aura_id ?? "").trim();
  return {
    physicalLocation: { artifactLocation: artifactLocation(finding.path), region: region(finding) },
    ...(name === "" ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: "function" }] }),
  };
}

/** The other half of a pair and the pieces of what is put together, numbered from 1; none where there are none. */
export function relatedLocations({ path, related }: Finding): SarifObject {
  if (related.length === 0) return {};
  const relatedLocations = related.slice(0, MOST_RELATED).map((one, index) => ({
    id: index + 1,
    physicalLocation: { artifactLocation: artifactLocation(path), region: region(one) },
    message: { text: saidOr(nameOf(one, index), "A related place").replaceAll("](", "] (") },
  }));
  return { relatedLocations };
}

/** GitHub shows a related location only where the message links to it (section 3.11.6). */
export function relatedWords({ related, built }: Finding): string {
  const shown = related.slice(0, MOST_LINKED).map((one, index) => ({ ...one, link: link(one, index) }));
  const halves = shown.filter(({ kind }) => kind === "partner").map((one) => one.link);
  const pieces = shown.filter(({ kind }) => kind === "piece").map((one) => one.link);
  const how = saidOr(built ?? "", "");
  return [
    ...(halves.length === 0 ? [] : [`Its other half: ${halves.join(", ")}.`]),
    ...(pieces.length === 0
      ? []
      : [`Put together${how === "" ? "" : ` by ${how}`} from ${pieces.join(", ")}.`]),
  ].join(" ");
}

/** More than these in one sentence nobody reads. */
const MOST_LINKED = 10;

function link(one: Related, index: number): string {
  return `[${saidOr(nameOf(one, index), "a related place").replace(/[\\[\]]/g, "\\$&")}](${index + 1})`;
}

function nameOf({ kind, title, rule }: Related, index: number): string {
  return kind === "piece" ? `piece ${index + 1}` : (title ?? rule ?? "");
}

/** From 1, in UTF-16 units, end exclusive; GitHub refuses a whole file for one column 0 or an end before its start. */
function region({ start, end }: Pick<Finding, "start" | "end">): SarifObject {
  const startLine = Math.max(1, start.line);
  const startColumn = Math.max(1, start.column);
  const endLine = Math.max(startLine, end.line);
  const least = endLine === startLine ? startColumn : 1;
  return { startLine, startColumn, endLine, endColumn: Math.max(least, end.column) };
}
