import type { Rule } from "./rule.js";

/** What is asked of every rule, whether or not its keyword stands in the text. */
export type RuleFront = Pick<Rule, "id" | "keywords" | "paths"> & {
  readonly documented: () => Rule["documented"];
};

/**
 * A rule of which only the front is at hand, and all else is read when the first of it is asked for: of the default rules
 * a commit touches a few.
 */
export class LazyRule implements Rule {
  readonly id: string;
  readonly keywords: readonly string[];
  readonly paths: Rule["paths"];
  readonly #documented: RuleFront["documented"];
  readonly #read: () => Rule;
  #rule: Rule | null = null;

  constructor(front: RuleFront, read: () => Rule) {
    this.id = front.id;
    this.keywords = front.keywords;
    this.paths = front.paths;
    this.#documented = front.documented;
    this.#read = read;
  }

  get title() {
    return this.#whole().title;
  }
  get kind() {
    return this.#whole().kind;
  }
  get severity() {
    return this.#whole().severity;
  }
  get confidence() {
    return this.#whole().confidence;
  }
  get pattern() {
    return this.#whole().pattern;
  }
  get prefixes() {
    return this.#whole().prefixes;
  }
  get entropy() {
    return this.#whole().entropy;
  }
  get allow() {
    return this.#whole().allow;
  }
  get check() {
    return this.#whole().check;
  }
  get part() {
    return this.#whole().part;
  }
  get partners() {
    return this.#whole().partners;
  }
  get partnerLines() {
    return this.#whole().partnerLines;
  }
  get withPartner() {
    return this.#whole().withPartner;
  }
  get alone() {
    return this.#whole().alone;
  }
  get documented() {
    return this.#rule === null ? this.#documented() : this.#rule.documented;
  }
  get docs() {
    return this.#whole().docs;
  }
  get rotate() {
    return this.#whole().rotate;
  }
  get examples() {
    return this.#whole().examples;
  }
  get counterexamples() {
    return this.#whole().counterexamples;
  }
  get origin() {
    return this.#whole().origin;
  }

  #whole(): Rule {
    this.#rule ??= this.#read();
    return this.#rule;
  }
}
