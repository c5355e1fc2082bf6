import { BESIDE, CREDENTIALS, ENTIRE, UNMISTAKABLE } from "./compounds.js";

/** Words that hold digits; digits elsewhere only number things. */
const WITH_DIGITS =
  /^(?:1password|3scale|a11y|arm64|auth0|base(?:16|32|36|58|62|64)|b(?:32|58|64)|cors3|crc32|ec2|ed25519|ed448|h264|http2|i18n|ipv[46]|k8s|l10n|log4j|md5|mp[34]|n8n|neo4j|oauth[12]|p12|p256|pbkdf2|pkcs(?:1|7|8|12)|r2|route53|s3|secp256k1|sha(?:1|2|3|224|256|384|512)|tls1|totp2|u2f|utf8|utf16|w3c|web3|x11|x25519|x509|x64|x86|xoauth2)$/;

/** As far as a name is read, in UTF-16 units. */
const READ = 512;

/**
 * The words of a name in any of the styles that code and settings know, in lower case: `publicKeyHash` is `public`,
 * `key`, `hash`; `AWSSecretKey` is `aws`, `secret`, `key`; `DB_PASSWORD_2` is `db`, `password`. Numbers are no words,
 * except in words like `oauth2` and `base64`. Only the first 512 characters are read.
 */
export function wordsOf(name: string): readonly string[] {
  const words: string[] = [];
  for (const [chunk] of name
    .slice(0, READ)
    .replaceAll("OAuth", "Oauth")
    .matchAll(/[\p{L}\p{N}]+/gu)) {
    if (WITH_DIGITS.test(chunk.toLowerCase())) words.push(chunk.toLowerCase());
    else words.push(...cased(chunk));
  }
  return words;
}

/** A known word with digits inside it; a row of capitals up to the one that starts a word; a word. Then digits. */
const PART =
  /(?:[Ii]18n|[Ll]10n|[Aa]11y|[Kk]8s|[Nn]8n)(?!\p{Ll})|\p{Lu}+(?!\p{Ll})\p{N}*|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}]+\p{N}*|\p{Lu}\p{N}*/gu;

/** A capital after a small letter or a digit starts a word, and so does the last of a row of capitals. */
function cased(chunk: string): readonly string[] {
  const words: string[] = [];
  for (const [part] of chunk.matchAll(PART)) {
    const word = part.toLowerCase();
    const plain = WITH_DIGITS.test(word) ? word : word.replace(/\p{N}+$/u, "");
    if (plain !== "") words.push(plain);
  }
  return words;
}

/**
 * The words of a run of small letters that names a credential: `dbpassword` is `db`, `password`; `apikey` is `api`,
 * `key`. What is a word by itself (`monkey`, `keyboard`, `secretariat`, `tokenizer`) stays one, and so does whatever
 * holds no credential.
 */
export function splitCompound(word: string): readonly string[] {
  if (word.length > LONGEST || ENTIRE.has(word) || CREDENTIALS.has(word)) return [word];
  return segmented(word) ?? afterUnknown(word) ?? [word];
}

/** Longer runs are not names. */
const LONGEST = 48;

/** `word` as known words alone, one of them a credential; the fewest words win, then the longest last one. */
function segmented(word: string): readonly string[] | null {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    for (let start = 0; start < end; start++) {
      const before = best[start];
      const part = word.slice(start, end);
      if (before === undefined || !(CREDENTIALS.has(part) || BESIDE.has(part))) continue;
      if (before.length + 1 < (best[end]?.length ?? Number.POSITIVE_INFINITY)) best[end] = [...before, part];
    }
  }
  const words = best[word.length];
  return words?.some((each) => CREDENTIALS.has(each)) ? words : null;
}

/** `rabbitmqpassword`: no word ends so by chance, whatever stands before. */
function afterUnknown(word: string): readonly string[] | null {
  for (const ending of UNMISTAKABLE) {
    if (!word.endsWith(ending) || word.length - ending.length < 2) continue;
    const before = word.slice(0, -ending.length);
    return [...(segmented(before) ?? [before]), ...(segmented(ending) ?? [ending])];
  }
  return null;
}
