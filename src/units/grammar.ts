import type { Span } from "../text/lines.js";
import type { Source } from "./source.js";
import type { Language } from "./unit.js";

/** Where a compiled grammar is found: the npm package, and the name it has there (null: the package itself). */
export type NativeGrammar = { readonly package: string; readonly member: string | null };

/** One language of a family: its file names and its compiled grammar. */
export type Dialect = {
  readonly language: Language;
  /** In lower case, with the dot. */
  readonly extensions: readonly string[];
  readonly native: NativeGrammar;
};

/** What makes a declaration a unit. */
export type UnitShape = {
  readonly name: string;
  /** The node whose first word begins the signature. */
  readonly start: number;
  readonly body: Span;
};

/**
 * What a node declares: a unit, a container such as a class, or (with neither unit nor names) a statement whose
 * marker still holds for everything in it.
 */
export type Declaration = {
  /** The parts that it adds to the ids of what stands in it; a unit's last one is its own. */
  readonly names: readonly string[];
  /** The nodes whose docs are its docs, outermost first. */
  readonly documented: readonly number[];
  readonly unit: UnitShape | null;
};

/** A family of languages with one tree shape, as data and one function. All sets hold tree-sitter node types. */
export type LanguageFamily = {
  readonly dialects: readonly Dialect[];
  readonly identifiers: ReadonlySet<string>;
  /** String nodes that are a name where they stand in one of `nameFields`: quoted object keys. */
  readonly quotedNames: ReadonlySet<string>;
  readonly nameFields: ReadonlySet<string>;
  readonly comments: ReadonlySet<string>;
  /** Attributes and decorators: they may stand between a unit and its docs. */
  readonly attributes: ReadonlySet<string>;
  /** Nodes in which no name and no comment can stand. */
  readonly opaque: ReadonlySet<string>;
  readonly docs: DocForms;
  /** Nodes for which `declarationOf` is asked. */
  readonly declaring: ReadonlySet<string>;
  readonly declarationOf: (source: Source, node: number) => Declaration | null;
};

/** How a language writes documentation. Each pattern is matched against the beginning of a comment or an attribute. */
export type DocForms = {
  /** Comments that document what follows, across blank lines too. */
  readonly comment: RegExp;
  /** Comments that document what they stand in. */
  readonly inner: RegExp | null;
  /** Attributes that are documentation. */
  readonly attribute: RegExp | null;
  /** Whether a doc comment behind code on its line documents what follows on the next. */
  readonly behindCode: boolean;
};
