import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { letters } from "../secrets.js";

/** The other side of the validators: formats as their providers write them, around made-up random parts. */

export const DIGITS = "0123456789";
export const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const ALNUM = `${DIGITS}${UPPER}${UPPER.toLowerCase()}`;
export const HEX = `${DIGITS}abcdef`;

/** A published example, written in pieces so that no scanner stops at this file. */
export const published = (pieces: string): string => pieces.replaceAll(" ", "");

export const bytesOf = (name: string, length: number): Buffer =>
  Buffer.from(letters(name, length * 2, HEX), "hex");

export function inBase(value: number, alphabet: string, width: number): string {
  let out = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / alphabet.length)) {
    out = `${alphabet[rest % alphabet.length]}${out}`;
  }
  return out.padStart(width, alphabet[0]);
}

export function crc62Token(prefix: string, name: string): string {
  const random = letters(name, 30, ALNUM);
  return `${prefix}${random}${inBase(crc32(random), ALNUM, 6)}`;
}

/** GitLab's generator, with the version of 2025 or without. */
export function gitlabToken(name: string, version: string | null = "01", prefix = "glpat-"): string {
  const payload = Buffer.concat([Buffer.from("o:1\nu:4k"), bytesOf(name, 16), Buffer.from([16])]).toString(
    "base64url",
  );
  const length = payload.length.toString(36).padStart(2, "0");
  const summed = `${prefix}${payload}.${version === null ? "" : `${version}.`}${length}`;
  return `${summed}${crc32(summed).toString(36).padStart(7, "0")}`;
}

export function grafanaToken(name: string): string {
  const key = `glsa_${letters(name, 32, ALNUM)}`;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(key));
  return `${key}_${checksum.toString("hex")}`;
}

/** A key id that names `account`: a set bit, the forty bits of the number, random ones. */
export function awsKeyIdOf(account: number, name: string): string {
  const bits = `1${account.toString(2).padStart(40, "0")}${letters(name, 39, "01")}`;
  return `AKIA${inBits(bits, 5, `${UPPER}234567`)}`;
}

function inBits(bits: string, width: number, alphabet: string): string {
  const groups = bits.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(width, "0"), 2)]).join("");
}

export const bitsOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

export function stellarSeed(name: string): string {
  const bytes = Buffer.concat([Buffer.from([144]), bytesOf(name, 32)]);
  let crc = 0;
  for (const bit of bitsOf(bytes)) {
    const top = (crc >> 15) & 1;
    crc = (crc << 1) & 0xffff;
    if (top !== Number(bit)) crc ^= 0x1021;
  }
  return inBits(bitsOf(Buffer.concat([bytes, Buffer.from([crc & 0xff, crc >> 8])])), 5, `${UPPER}234567`);
}

export function bech32(name: string, bytes: Uint8Array): string {
  const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
  const data = inBits(bitsOf(bytes), 5, alphabet);
  const values = [
    ...[...name].map((letter) => letter.charCodeAt(0) >> 5),
    0,
    ...[...name].map((letter) => letter.charCodeAt(0) & 31),
    ...[...data].map((letter) => alphabet.indexOf(letter)),
    ...[0, 0, 0, 0, 0, 0],
  ];
  const sum = values.reduce((sum, value) => {
    const next = ((sum % 2 ** 25) << 5) ^ value;
    return generators.reduce(
      (out, generator, bit) => ((sum >> (25 + bit)) & 1 ? out ^ generator : out),
      next,
    );
  }, 1);
  const checksum = [25, 20, 15, 10, 5, 0].map((shift) => alphabet[((sum ^ 1) >> shift) & 31]).join("");
  return `${name}1${data}${checksum}`;
}

export const ageKey = (name: string): string => bech32("age-secret-key-", bytesOf(name, 32)).toUpperCase();

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

export function base58Check(bytes: Uint8Array): string {
  const whole = Buffer.concat([bytes, sha256(sha256(bytes)).subarray(0, 4)]);
  const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  let out = "";
  for (let rest = BigInt(`0x${whole.toString("hex")}`); rest > 0n; rest /= 58n) {
    out = `${alphabet[Number(rest % 58n)]}${out}`;
  }
  return out;
}

/** Bitcoin's wallet import format, of a key whose public one is compressed. */
export const bitcoinKey = (name: string): string =>
  base58Check(Buffer.concat([Buffer.from([0x80]), bytesOf(name, 32), Buffer.from([1])]));

export function seedPhrase(words: readonly string[], entropy: Uint8Array): string {
  const checksum = bitsOf(sha256(entropy)).slice(0, entropy.length / 4);
  const places = `${bitsOf(entropy)}${checksum}`.match(/.{11}/g) ?? [];
  return places.map((bits) => words[Number.parseInt(bits, 2)]).join(" ");
}

export const inJson = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export function jwt(header: object, payload: object, signature = letters("jwt", 43, `${ALNUM}-_`)): string {
  return [inJson(header), inJson(payload), signature].join(".");
}

export const sentryToken = (facts: object, name = "a"): string =>
  `sntrys_${Buffer.from(JSON.stringify(facts)).toString("base64")}_${letters(name, 43, `${ALNUM}+/`)}`;

/** A macaroon of version 2 with one caveat. */
export function pypiToken(name: string, location = "pypi.org"): string {
  const packet = (type: number, content: Uint8Array) =>
    Buffer.concat([Buffer.from([type, content.length]), content]);
  const end = Buffer.from([0]);
  const bytes = Buffer.concat([
    ...[
      Buffer.from([2]),
      packet(1, Buffer.from(location)),
      packet(2, Buffer.from(letters(name, 36, HEX))),
      end,
    ],
    ...[packet(2, Buffer.from('[3,"user"]')), end, end, packet(6, bytesOf(name, 32))],
  ]);
  return `pypi-${bytes.toString("base64url")}`;
}

export function armored(bytes: Uint8Array, checksum = true): string {
  let crc = 0xb704ce;
  for (const bit of bitsOf(bytes)) {
    const top = (crc >> 23) & 1;
    crc = (crc << 1) & 0xffffff;
    if (top !== Number(bit)) crc ^= 0x864cfb;
  }
  const sum = Buffer.from([crc >> 16, (crc >> 8) & 0xff, crc & 0xff]).toString("base64");
  return block("PGP PRIVATE KEY BLOCK", bytes, checksum ? `\n=${sum}` : "", "Version: Test\n\n");
}

export function block(label: string, bytes: Uint8Array, after = "", before = ""): string {
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,64}/g)
    ?.join("\n");
  return `-----BEGIN ${label}-----\n${before}${lines}${after}\n-----END ${label}-----\n`;
}

export function sshString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
