import { createHash } from "../text/crypto.js";
import { bip39Words } from "./bip39-words.js";
import { byChecksum, type Check, impossible, unknown } from "./check.js";

/**
 * A wallet's seed phrase in English: 12, 15, 18, 21 or 24 words of the list, each eleven bits; of 33 bits the last is
 * the start of the SHA-256 of the others. Words may be numbered, quoted and apart by anything but letters.
 * https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki
 */
export function checkBip39(secret: string): Check {
  if (secret.length > LONGEST) return unknown();
  const words = secret.toLowerCase().match(/[a-z]+/g) ?? [];
  const known = placesOfWords();
  const places = words.map((word) => known.get(word));
  if (places.length === 0 || places.includes(undefined)) return impossible("words that are not in the list");
  if (!LENGTHS.has(words.length)) return unknown();
  if (isTestPhrase(words)) return unknown("test phrase");
  return byChecksum(endsInItsChecksum(places.map((place) => place ?? 0)));
}

/** In characters: 24 words of eight letters, with numbers and quotes, several times over. */
const LONGEST = 2048;

const LENGTHS: ReadonlySet<number> = new Set([12, 15, 18, 21, 24]);

let places: ReadonlyMap<string, number> | null = null;

/** The place of each word of the list, made when something first looks like a phrase. */
function placesOfWords(): ReadonlyMap<string, number> {
  places ??= new Map(bip39Words().map((word, place) => [word, place]));
  return places;
}

/** How BIP-39's own vectors and the development networks of Ethereum begin; others of theirs repeat one word. */
const TEST_PHRASES = [
  "legal winner thank year wave sausage",
  "letter advice cage absurd amount doctor",
  "candy maple cake sugar pudding cream",
  "myth like bonus scare over problem",
];

function isTestPhrase(words: readonly string[]): boolean {
  return new Set(words).size <= 3 || TEST_PHRASES.includes(words.slice(0, 6).join(" "));
}

function endsInItsChecksum(places: readonly number[]): boolean {
  const bits = places.map((place) => place.toString(2).padStart(11, "0")).join("");
  const checksumLength = bits.length / 33;
  const entropy = bits.slice(0, -checksumLength).match(/.{8}/g) ?? [];
  const [first = 0] = createHash("sha256")
    .update(Buffer.from(entropy.map((byte) => Number.parseInt(byte, 2))))
    .digest();
  return first.toString(2).padStart(8, "0").slice(0, checksumLength) === bits.slice(-checksumLength);
}
