import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { splitCompound, wordsOf } from "../randomness/words.js";

/** Two floors up from both `src/assignments/` and `dist/assignments/`. */
const RULES = new URL("../../rules/", import.meta.url);

/** The most words that a service's name has. */
const LONGEST = 3;

/** A shorter word that nobody else uses is an abbreviation. */
const SHORTEST_PRODUCT = 5;

/**
 * Whether the name of a service that hands out keys (`rules/service-names.txt`) stands among the words of `text`:
 * then a random value behind it is a key of that service, whatever the service's keys look like.
 */
export function namesService(text: string): boolean {
  const names = lines("service-names.txt");
  const words = wordsOf(text);
  for (let from = 0; from < words.length; from++) {
    let joined = "";
    for (const word of words.slice(from, from + LONGEST)) {
      joined += word;
      if (names.has(joined)) return true;
    }
  }
  return false;
}

/**
 * Whether a word of `name` is one that source code at large does not use (`rules/common-words.txt`): it names
 * something particular, a product most likely, and `zenscrape token` is a token of it.
 */
export function namesProduct(name: string): boolean {
  const common = lines("common-words.txt");
  return wordsOf(name)
    .flatMap(splitCompound)
    .some((word) => word.length >= SHORTEST_PRODUCT && /^[a-z]+$/.test(word) && !common.has(word));
}

const read = new Map<string, ReadonlySet<string>>();

/** The names in a file of `rules/`, one a line, letters and digits only; read when first asked for. */
function lines(file: string): ReadonlySet<string> {
  const known = read.get(file) ?? namesIn(readFileSync(fileURLToPath(new URL(file, RULES)), "utf8"));
  read.set(file, known);
  return known;
}

function namesIn(file: string): ReadonlySet<string> {
  return new Set(
    file
      .split("\n")
      .map((line) => line.replace(/#.*/, "").replace(/[^a-z0-9]/g, ""))
      .filter((name) => name !== ""),
  );
}
