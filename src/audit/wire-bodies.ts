import { LedgerError } from "../ledger/ledger-error.js";
import { bodyOf, type Push } from "../ledger/read-ledger.js";

/** The body of a push as it was on the wire, or why it cannot be had. */
export type WireBody =
  | { readonly what: "text"; readonly text: string }
  | { readonly what: "never-left" }
  | { readonly what: "scrubbed"; readonly reason: string }
  | { readonly what: "gone" }
  | { readonly what: "changed" };

/** Reads the body of a push. */
export type ReadBody = (push: Push) => WireBody;

/** Reads bodies of the ledger in `folder`. */
export function wireBodies(folder: string): ReadBody {
  return (push) => {
    const { hash } = push.record;
    if (hash === null) return { what: "never-left" };
    // Whatever lies in its place: what had to be scrubbed is not shown again.
    if (push.scrubbed !== null) return { what: "scrubbed", reason: push.scrubbed.reason };
    try {
      const text = bodyOf(folder, hash);
      if (text !== null) return { what: "text", text };
    } catch (error) {
      if (error instanceof LedgerError && error.code === "damaged") return { what: "changed" };
      throw error;
    }
    return { what: "gone" };
  };
}

/** Why there is no text, in words that go on after "its body". */
export function whyNoText(body: Exclude<WireBody, { what: "text" }>): string {
  switch (body.what) {
    case "never-left":
      return "was never cleared to leave, and is not kept";
    case "scrubbed":
      return `was scrubbed: ${body.reason}`;
    case "gone":
      return "is gone from the ledger";
    case "changed":
      return "was changed since it was written";
  }
}
