import type { Span } from "../text/lines.js";
import type { Source } from "./source.js";

/** A language whose functions aura-scan can take apart. */
export type Language = "rust" | "typescript" | "tsx" | "javascript";

/** The word in a unit's doc comment that decides whether it may leave. */
export type Marker = "@aura-local" | "@aura-public";

/**
 * One function as Live Sync sees it (design section 1). All spans are UTF-16 offsets into the file's text.
 * `range` runs from the first word of the signature (attributes, decorators and comments above are left out)
 * to the end of the body; `signature` and `body` share it without a gap: `signature.end === body.start`.
 */
export type Unit = {
  /** Module path and name, `billing::Cart::total`: unique in the file, the same when the function moves in it. */
  readonly auraId: string;
  /** The last part of the id, as written in the source. */
  readonly name: string;
  readonly path: string;
  readonly language: Language;
  readonly range: Span;
  readonly signature: Span;
  readonly body: Span;
  /** The doc comments and line comments right above, `#[doc]` attributes among them, top to bottom. */
  readonly docs: readonly Span[];
  /** The marker in the unit's own docs; `@aura-local` wins where both stand. */
  readonly marker: Marker | null;
  /**
   * Whether the unit must stay because something around it is marked `@aura-local`: the class, impl, trait,
   * module or function that holds it. An enclosing `@aura-public` gives nothing away and is not inherited.
   */
  readonly enclosedByLocal: boolean;
};

/** What the syntax tree says of one file. */
export type ParsedFile = {
  readonly language: Language;
  /** The text with its syntax tree; null where it has no grammar here. */
  readonly source: Source | null;
  /** In order of their start; an outer unit comes before those inside it. */
  readonly units: readonly Unit[];
  /** Every identifier: names of functions, types, parameters, constants, fields, object keys, variables. Sorted. */
  readonly identifiers: readonly Span[];
  /** Every comment and doc comment. Sorted. */
  readonly comments: readonly Span[];
  /** Whether tree-sitter met something it could not parse; the units it recovered are there all the same. */
  readonly hasErrors: boolean;
};
