import { ASCII, type CharSet, holds, type Node } from "./ast.js";

/** Whether a pattern matches a text that holds none of some keywords; `unknown` where looking for one would take too long. */
export type KeywordlessMatch =
  | { readonly kind: "none" }
  | { readonly kind: "match"; readonly text: string }
  | { readonly kind: "unknown" };

/**
 * A shortest text that `node` matches although none of `keywords` stands in it, in any case; `none`: every match holds one.
 * Looks (`^`, `\b`) count as true: where the pattern has some, it may refuse the text.
 */
export function keywordlessMatch(node: Node, keywords: readonly string[]): KeywordlessMatch {
  const walk: Walk = { words: wordAutomaton(keywords), choices: new Map(), steps: 0 };
  try {
    const ends = [...behind(node, new Map([[ROOT, ""]]), walk).values()];
    const text = ends.reduce<string | null>((least, end) => shorter(least, end), null);
    return text === null ? { kind: "none" } : { kind: "match", text };
  } catch (error) {
    if (error instanceof TooLong) return { kind: "unknown" };
    throw error;
  }
}

/** For each state of the keywords' automaton that can be reached, a shortest text that leads there. */
type Reached = ReadonlyMap<number, string>;

type Walk = {
  readonly words: WordAutomaton;
  readonly choices: Map<CharSet, readonly Choice[]>;
  steps: number;
};

/** Half a second's work and less; a rule of sense takes some thousand. */
const MOST_STEPS = 2_000_000;

class TooLong extends Error {}

/** What is reached from `from` by a match of `node` that completes no keyword. */
function behind(node: Node, from: Reached, walk: Walk): Reached {
  walk.steps += 1 + from.size;
  if (walk.steps > MOST_STEPS) throw new TooLong();
  switch (node.kind) {
    case "empty":
    case "look":
      return from;
    case "set":
      return behindOne(node.set, from, walk);
    case "group":
      return behind(node.body, from, walk);
    case "concat":
      return node.parts.reduce((reached, part) => behind(part, reached, walk), from);
    case "either":
      return fewest(
        node.branches.map((branch) => behind(branch, from, walk)),
        walk,
      );
    case "repeat":
      return behindRepeat(node, from, walk);
  }
}

function behindOne(set: CharSet, from: Reached, walk: Walk): Reached {
  const choices = walk.choices.get(set) ?? choicesIn(set, walk.words);
  walk.choices.set(set, choices);
  const reached = new Map<number, string>();
  for (const [state, text] of from) {
    for (const { char, letter } of choices) {
      walk.steps++;
      const next = walk.words.next(state, letter);
      if (next !== null) keep(reached, next, text + char);
    }
  }
  return fewest([reached], walk);
}

function behindRepeat(
  { body, min, max }: Extract<Node, { kind: "repeat" }>,
  from: Reached,
  walk: Walk,
): Reached {
  let round = from;
  for (let done = 0; done < min && round.size > 0; done++) round = behind(body, round, walk);
  let reached = round;
  for (let done = min; done < max && round.size > 0; done++) {
    const next = behind(body, round, walk);
    const all = fewest([reached, next], walk);
    const known = reached;
    // Only what fewer rounds do not reach as shortly is worth going on from.
    round = new Map(
      [...next].filter(([state, text]) => all.get(state) === text && known.get(state) !== text),
    );
    reached = all;
  }
  return reached;
}

/**
 * The states of all `sets`, without those that are no better than another: whatever completes no keyword behind a state
 * completes none behind its suffix either.
 */
function fewest(sets: readonly Reached[], { words }: Walk): Reached {
  const all = new Map<number, string>();
  for (const set of sets) for (const [state, text] of set) keep(all, state, text);
  if (all.size < 2) return all;
  const isBeaten = (state: number, text: string): boolean => {
    for (let at = state; at !== ROOT; ) {
      at = words.suffix(at);
      const other = all.get(at);
      if (other !== undefined && other.length <= text.length) return true;
    }
    return false;
  };
  return new Map([...all].filter(([state, text]) => !isBeaten(state, text)));
}

function keep(reached: Map<number, string>, state: number, text: string): void {
  reached.set(state, shorter(reached.get(state) ?? null, text));
}

function shorter(one: string | null, other: string): string {
  return one !== null && one.length <= other.length ? one : other;
}

/** A character that stands for all of its class that are alike to the keywords, and what they read it as. */
type Choice = { readonly char: string; readonly letter: string };

/** Letters and digits before signs: so a made-up match looks like one. */
const PLAINEST = Array.from({ length: ASCII }, (_, code) => String.fromCharCode(code)).sort(
  (one, other) => plainness(one) - plainness(other),
);

function plainness(char: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[= _-]/, /[!-~]/].findIndex((kind) => kind.test(char)) >>> 0;
}

function choicesIn(set: CharSet, { alphabet }: WordAutomaton): readonly Choice[] {
  const choices = new Map<string, Choice>();
  for (const char of PLAINEST) {
    if (!holds(set, char.charCodeAt(0))) continue;
    const letter = alphabet.has(char.toLowerCase()) ? char.toLowerCase() : "";
    if (!choices.has(letter)) choices.set(letter, { char, letter });
  }
  if (set.others && !choices.has("")) choices.set("", { char: "\u00e9", letter: "" });
  return [...choices.values()];
}

/** Aho and Corasick's automaton: https://en.wikipedia.org/wiki/Aho%E2%80%93Corasick_algorithm. */
type WordAutomaton = {
  readonly alphabet: ReadonlySet<string>;
  /** The state behind `letter` (any that no word has: the empty text), or null where that completes a word. */
  readonly next: (state: number, letter: string) => number | null;
  /** The state of the longest end of what `state` stands for that is a word's beginning too. */
  readonly suffix: (state: number) => number;
};

const ROOT = 0;

function wordAutomaton(words: readonly string[]): WordAutomaton {
  const edges: Map<string, number>[] = [new Map()];
  const isWord = new Set<number>();
  for (const word of words) {
    let state = ROOT;
    for (const letter of word.toLowerCase()) {
      const known = edges[state]?.get(letter);
      const next = known ?? edges.push(new Map()) - 1;
      edges[state]?.set(letter, next);
      state = next;
    }
    isWord.add(state);
  }
  const suffixes: number[] = [ROOT];
  const suffix = (state: number): number => suffixes[state] ?? ROOT;
  const after = (state: number, letter: string): number => {
    for (let at = state; ; at = suffix(at)) {
      const next = edges[at]?.get(letter);
      if (next !== undefined) return next;
      if (at === ROOT) return ROOT;
    }
  };
  // Nearest to the root first, for a suffix is always nearer.
  const queue = [ROOT];
  for (const state of queue) {
    for (const [letter, next] of edges[state] ?? []) {
      const end = state === ROOT ? ROOT : after(suffix(state), letter);
      suffixes[next] = end;
      if (isWord.has(end)) isWord.add(next);
      queue.push(next);
    }
  }
  return {
    alphabet: new Set(words.join("").toLowerCase()),
    next: (state, letter) => {
      const next = after(state, letter);
      return isWord.has(next) ? null : next;
    },
    suffix,
  };
}
