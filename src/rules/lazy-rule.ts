import type { Rule } from "./rule.js";

/** Where rules are read from, each by its number. */
export type RuleShelf = {
  readonly id: (number: number) => string;
  readonly documented: (number: number) => Rule["documented"];
  readonly rule: (number: number) => Rule;
};

/**
 * A rule that is read when it is first asked for: of the default rules a commit touches a few. What may be asked of all of
 * them, by whoever looks for a name or for what is documented, is told without that.
 */
export class LazyRule implements Rule {
  readonly #number: number;
  readonly #shelf: RuleShelf;
  #rule: Rule | null = null;

  constructor(number: number, shelf: RuleShelf) {
    this.#number = number;
    this.#shelf = shelf;
  }

  get id() {
    return this.#rule === null ? this.#shelf.id(this.#number) : this.#rule.id;
  }
  get keywords() {
    return this.#whole().keywords;
  }
  get paths() {
    return this.#whole().paths;
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
    return this.#rule === null ? this.#shelf.documented(this.#number) : this.#rule.documented;
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
    this.#rule ??= this.#shelf.rule(this.#number);
    return this.#rule;
  }
}
