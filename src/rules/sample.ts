/**
 * The sample that `template` stands for, so that no rule file holds anything that looks like a secret.
 *
 *     {{[A-Z2-7]*16}}   16 characters drawn from the class; ranges as in a regular expression, no escapes
 *     {{hex*40}}        the same from a named class, see `NAMED`
 *     {{}}              nothing: takes a well-known value apart, AKIA{{}}IOSFODNN7EXAMPLE
 *
 * Anything else between double braces stands for itself (`{{ vault_password }}`). The same template and seed give
 * the same sample on every machine.
 */
export function expandSample(template: string, seed: string): string {
  const next = generator(seed);
  return template.replace(PART, (_, ranges: string | undefined, name: string | undefined, times?: string) => {
    const alphabet = alphabetOf(ranges ?? NAMED[name ?? ""] ?? "");
    return Array.from({ length: Number(times ?? 0) }, () => alphabet[next() % alphabet.length] ?? "").join(
      "",
    );
  });
}

const NAMED: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  base32: "A-Z2-7",
  base64: "0-9A-Za-z+/",
  base64url: "0-9A-Za-z_-",
  digit: "0-9",
  hex: "0-9a-f",
  letter: "A-Za-z",
  lower: "0-9a-z",
  upper: "0-9A-Z",
};

const PART =
  /\{\{(?:(?:\[([^\]]+)\]|(alnum|base32|base64|base64url|digit|hex|letter|lower|upper))\*(\d+))?\}\}/g;

function alphabetOf(ranges: string): string {
  return ranges.replace(/([0-9A-Za-z])-([0-9A-Za-z])/g, (_, from: string, to: string) => {
    const first = from.charCodeAt(0);
    const length = Math.max(0, to.charCodeAt(0) - first + 1);
    return String.fromCharCode(...Array.from({ length }, (_unused, index) => first + index));
  });
}

/** Whole numbers from 0 to 2^32 - 1: mulberry32, seeded with the FNV-1a hash of `seed`. */
function generator(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const unit of seed.split("")) state = Math.imul(state ^ unit.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
