import { createHash } from "node:crypto";

/**
 * Secrets for tests, put together at run time so that no file of ours holds one: the same name gives the same secret,
 * another name another one. They look live to every rule and open nothing.
 */
export function letters(name: string, length: number, alphabet: string): string {
  let out = "";
  for (let block = 0; out.length < length; block++) {
    for (const byte of createHash("sha256").update(`${name}/${block}`).digest())
      out += alphabet[byte % alphabet.length];
  }
  return out.slice(0, length);
}

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALNUM = `${UPPER}${UPPER.toLowerCase()}0123456789`;

export const stripeKey = (name = "a"): string => `sk_live_${letters(`stripe ${name}`, 24, ALNUM)}`;
export const awsKeyId = (name = "a"): string => `AKIA${letters(`aws id ${name}`, 16, `${UPPER}234567`)}`;
export const awsTemporaryKeyId = (name = "a"): string =>
  `ASIA${letters(`aws id ${name}`, 16, `${UPPER}234567`)}`;
export const awsSecretKey = (name = "a"): string => letters(`aws secret ${name}`, 40, `${ALNUM}+/`);

/** A classic GitHub token: 30 random characters and six of their CRC-32 in base 62. */
export function githubToken(name = "a"): string {
  const random = letters(`github ${name}`, 30, ALNUM);
  return `ghp_${random}${base62(crc32(random), 6)}`;
}

/** A PEM block of the right shape around random bytes. */
export function pemBlock(name = "a", kind = "RSA "): string {
  const body = letters(`pem ${name}`, 64 * 12, `${ALNUM}+/`);
  const lines = body.match(/.{64}/g)?.join("\n") ?? "";
  return `-----BEGIN ${kind}PRIVATE KEY-----\n${lines}\n-----END ${kind}PRIVATE KEY-----`;
}

/** The forms in which a secret must not show up either. */
export function encodedForms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
    encodeURIComponent(secret),
  ];
}

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function base62(value: number, width: number): string {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let out = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) out = `${digits[rest % 62]}${out}`;
  return out.padStart(width, "0");
}
