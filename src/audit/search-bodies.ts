import type { Push } from "../ledger/pushes.js";
import { holdsSecret } from "../scan/blot.js";
import type { ReadBody, WireBody } from "./wire-bodies.js";

/** Which pushes carried a text, and which of them nobody can tell of. */
export type Searched = {
  readonly carriers: readonly Push[];
  /** How many different bodies were read. */
  readonly bodies: number;
  readonly unread: readonly { readonly push: Push; readonly body: Exclude<WireBody, { what: "text" }> }[];
};

/** Looks for the text in what left, as it stands and in the forms in which a secret travels; each body is read once. */
export function searchBodies(pushes: readonly Push[], text: string, read: ReadBody): Searched {
  const known = new Map<string, boolean | Exclude<WireBody, { what: "text" }>>();
  const carriers: Push[] = [];
  const unread: { push: Push; body: Exclude<WireBody, { what: "text" }> }[] = [];
  for (const push of pushes) {
    const { hash } = push.record;
    if (hash === null) continue;
    const told = known.get(hash) ?? lookInto(read(push), text);
    known.set(hash, told);
    if (told === true) carriers.push(push);
    else if (told !== false) unread.push({ push, body: told });
  }
  const bodies = [...known.values()].filter((told) => typeof told === "boolean").length;
  return { carriers, bodies, unread };
}

function lookInto(body: WireBody, text: string): boolean | Exclude<WireBody, { what: "text" }> {
  return body.what === "text" ? body.text.includes(text) || holdsSecret(body.text, [text]) : body;
}
