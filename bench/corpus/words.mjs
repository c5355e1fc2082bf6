import { readFileSync } from "node:fs";

/**
 * What names and sentences in source code are made of; each word stands in the table as often as it is common there
 * (`count-words.mjs`). A short list would not do: each of its words would be far more frequent than in real source,
 * and some scanner's keyword.
 */
const ORDINARY = readFileSync(new URL("words.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => /^\d/.test(line))
  .flatMap((line) => {
    const [weight, ...words] = line.split(" ");
    return words.flatMap((one) => Array(Number(weight)).fill(one));
  });

/**
 * The words that secrets' names are made of, with how often each stands in a million bytes of real source: counted
 * in 70 MB of a large TypeScript and Rust project, where key stood 34,750 times and cred 607 times.
 */
export const TELLING_PER_MEGABYTE = {
  key: 496,
  api: 298,
  auth: 71,
  token: 69,
  secret: 15,
  password: 10,
  credential: 9,
};

/** A word of a name stands about this often in a million bytes of what `source-text.mjs` writes. */
const NAME_WORDS_PER_MEGABYTE = 122_000;

const TELLING = Object.entries(TELLING_PER_MEGABYTE);

/** One word of a name; now and then one of those that scanners look at. */
export function word(draw) {
  let at = draw.below(NAME_WORDS_PER_MEGABYTE);
  for (const [telling, often] of TELLING) {
    at -= often;
    if (at < 0) return telling;
  }
  return draw.pick(ORDINARY);
}

const upperFirst = (text) => text[0].toUpperCase() + text.slice(1);

export const camel = (draw) => {
  const words = draw.below(3);
  let name = word(draw);
  for (let at = 0; at < words; at++) name += upperFirst(word(draw));
  return name;
};

export const pascal = (draw) => upperFirst(camel(draw));

const joined = (joint) => (draw) => {
  const words = draw.below(3);
  let name = word(draw);
  for (let at = 0; at < words; at++) name += joint + word(draw);
  return name;
};

export const snake = joined("_");
export const kebab = joined("-");
export const constant = (draw) => snake(draw).toUpperCase();

/** Some words that read like a sentence from afar. */
export function sentence(draw) {
  const words = draw.between(4, 11);
  let text = upperFirst(word(draw));
  for (let at = 1; at < words; at++) text += ` ${word(draw)}`;
  return text;
}
