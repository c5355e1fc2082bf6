import { camel, constant, kebab, sentence, word } from "./words.mjs";

const HEX = "0123456789abcdef";
const TOP = ["com", "org", "net", "dev", "io"];

/** Hexadecimal digits: digests, ids. */
export function hex(draw, digits) {
  let text = "";
  for (let at = 0; at < digits; at++) text += HEX[draw.below(16)];
  return text;
}

export const uuid = (draw) =>
  `${hex(draw, 8)}-${hex(draw, 4)}-4${hex(draw, 3)}-a${hex(draw, 3)}-${hex(draw, 12)}`;

export function url(draw) {
  const query = draw.chance(0.2) ? `?${word(draw)}=${draw.below(500)}&${word(draw)}=${word(draw)}` : "";
  return `https://${kebab(draw)}.example.${draw.pick(TOP)}/${kebab(draw)}/${word(draw)}${query}`;
}

/** What stands between quotes in source code; nothing of it opens anything. */
export function quoted(draw) {
  const kind = draw.below(100);
  if (kind < 35) return kebab(draw);
  if (kind < 60) return sentence(draw);
  if (kind < 75) return `./${word(draw)}/${kebab(draw)}`;
  if (kind < 85) return url(draw);
  if (kind < 92) return `${word(draw)}: %s (${word(draw)})`;
  if (kind < 96) return `${draw.below(20)}.${draw.below(40)}.${draw.below(10)}`;
  return camel(draw);
}

/** What real source gives to a telling name: a hole to be filled, a place to read it from, another name. */
export function harmlessSecret(draw) {
  return draw.pick([
    `"your-${kebab(draw)}-here"`,
    `"<${constant(draw)}>"`,
    `"x-${kebab(draw)}"`,
    `"changeme"`,
    `${camel(draw)}.${camel(draw)}`,
    `load("${constant(draw)}")`,
  ]);
}
