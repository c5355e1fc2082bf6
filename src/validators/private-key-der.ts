import { type Check, failed, impossible, passed, unknown } from "./check.js";
import {
  BIT_STRING,
  type DerValue,
  derValues,
  INTEGER,
  OCTET_STRING,
  OID,
  readDer,
  SEQUENCE,
} from "./der.js";

/**
 * What the DER of a private key tells: its outer SEQUENCE takes all of `bytes`, and what is in it makes a key of PKCS#1
 * (RFC 8017 A.1.2), SEC 1 (RFC 5915), PKCS#8 (RFC 5958), OpenSSL's DSA, or a PKCS#12 store (RFC 7292). A certificate or
 * a public key is no private one. Null where the bytes are no DER of any of these.
 */
export function checkDer(bytes: Buffer): Check | null {
  if (bytes[0] !== SEQUENCE) return null;
  const { values, rest } = readDer(bytes);
  if (rest === "cut") return failed("key is cut");
  const [outer] = values;
  if (rest !== null || outer === undefined || values.length !== 1) return failed("key does not parse");
  const parts = derValues(outer.content);
  return parts === null ? failed("key does not parse") : checkParts(parts);
}

function checkParts(parts: readonly DerValue[]): Check | null {
  const [first, second, third] = parts;
  const tags = parts.map((part) => part.tag);
  if (first?.tag === SEQUENCE) {
    if (tags.length === 2 && second?.tag === OCTET_STRING) return passed("private key, encrypted");
    if (second?.tag === BIT_STRING || third?.tag === BIT_STRING) return impossible("public");
    return null;
  }
  if (first?.tag !== INTEGER || second === undefined) return null;
  if (tags.length >= 9 && tags.slice(0, 9).every((tag) => tag === INTEGER)) return checkRsa(parts);
  if (tags.length === 6 && tags.every((tag) => tag === INTEGER)) return passed(`DSA ${bits(second)}`);
  if (tags.length === 2 && second.tag === INTEGER) return impossible("public");
  if (second.tag === OCTET_STRING) return checkSec1(parts);
  if (second.tag !== SEQUENCE) return null;
  if (third?.tag === OCTET_STRING) return checkPkcs8(second, third);
  return first.content[0] === 3 ? passed("PKCS#12 store") : null;
}

/** In bits: beyond it OpenSSL takes no key, and multiplying costs too much. */
const LARGEST_RSA = 16_384;

/** The modulus is the product of the two primes that follow the exponents. A key of more primes has version 1. */
function checkRsa(parts: readonly DerValue[]): Check {
  const [version, modulus, , , p, q] = parts;
  if (modulus === undefined || p === undefined || q === undefined) return failed("key does not parse");
  const note = `RSA ${bits(modulus)}`;
  if (bits(modulus) > LARGEST_RSA || version?.content[0] !== 0) return unknown(note);
  return number(p) * number(q) === number(modulus)
    ? passed(note)
    : failed("RSA key that does not fit together");
}

/** `[0]` holds the name of the curve, where the key is not inside PKCS#8. */
function checkSec1(parts: readonly DerValue[]): Check {
  const named = parts.find((part) => part.tag === 0xa0);
  const [name] = named === undefined ? [] : (derValues(named.content) ?? []);
  return passed(name?.tag === OID ? `EC ${curve(name.content)}` : "EC");
}

function checkPkcs8(algorithm: DerValue, key: DerValue): Check | null {
  const [name, parameters] = derValues(algorithm.content) ?? [];
  if (name?.tag !== OID) return null;
  const kind = KINDS[name.content.toString("hex")];
  if (kind === "EC")
    return passed(`EC ${parameters?.tag === OID ? curve(parameters.content) : ""}`.trimEnd());
  if (kind !== "RSA") return passed(kind ?? "private key");
  return checkDer(key.content) ?? failed("key does not parse");
}

/** By the content of the OID, in hex. */
const KINDS: Readonly<Record<string, string>> = {
  "2a864886f70d010101": "RSA",
  "2a864886f70d01010a": "RSA",
  "2a8648ce3d0201": "EC",
  "2a8648ce380401": "DSA",
  "2a864886f70d010301": "DH",
  "2b656e": "X25519",
  "2b656f": "X448",
  "2b6570": "Ed25519",
  "2b6571": "Ed448",
};

const CURVES: Readonly<Record<string, string>> = {
  "2a8648ce3d030101": "P-192",
  "2a8648ce3d030107": "P-256",
  "2b81040021": "P-224",
  "2b81040022": "P-384",
  "2b81040023": "P-521",
  "2b8104000a": "secp256k1",
};

const curve = (oid: Buffer): string => CURVES[oid.toString("hex")] ?? "of a rare curve";

const number = (value: DerValue): bigint => BigInt(`0x0${value.content.toString("hex")}`);

/** A positive integer whose first bit is set has a zero byte before it. */
function bits(value: DerValue): number {
  const start = value.content.findIndex((byte) => byte !== 0);
  const first = value.content[start];
  return first === undefined ? 0 : (value.content.length - start) * 8 - Math.clz32(first) + 24;
}
