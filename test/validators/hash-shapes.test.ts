import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isHashShape, isUuid } from "../../src/validators/hash-shapes.js";
import { letters } from "../secrets.js";
import { ALNUM } from "./encoders.js";

const digest = (name: string) => createHash(name).update("content");
const hex = (name: string) => digest(name).digest("hex");
const base64 = (name: string) => digest(name).digest("base64");

describe("what looks like a hash", () => {
  it.each([
    ["MD5", hex("md5")],
    ["SHA-1, of git", hex("sha1")],
    ["SHA-224", hex("sha224")],
    ["SHA-256", hex("sha256")],
    ["SHA-384", hex("sha384")],
    ["SHA-512", hex("sha512")],
    ["capitals", hex("sha256").toUpperCase()],
    ["an image's digest", `sha256:${hex("sha256")}`],
    ["subresource integrity", `sha384-${base64("sha384")}`],
    ["two of them", `sha256-${base64("sha256")} sha512-${base64("sha512")}`],
    ["a line of go.sum", `h1:${base64("sha256")}`],
    [
      "a content id of IPFS",
      `Qm${letters("cid", 44, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}`,
    ],
    ["a newer one", `bafy${letters("cid", 55, "abcdefghijklmnopqrstuvwxyz234567")}`],
  ])("%s", (_what, value) => {
    expect(isHashShape(value)).toBe(true);
  });

  it.each([
    ["hex of another length", hex("sha256").slice(1)],
    [
      "letters of both cases",
      `${hex("md5").slice(0, 31)}A`.replace(/^[0-9]+/, (digits) => "a".repeat(digits.length)),
    ],
    ["base62", letters("token", 40, ALNUM)],
    ["integrity that is cut", `sha256-${base64("sha256").slice(0, -4)}`],
    ["a word", "sha256"],
    ["nothing", ""],
  ])("not: %s", (_what, value) => {
    expect(isHashShape(value)).toBe(false);
  });
});

describe("a UUID", () => {
  it.each([
    "9f2c1a7e-5b38-4d06-8e91-c4a7d02b6f53",
    "9F2C1A7E-5B38-4D06-8E91-C4A7D02B6F53",
    "{9f2c1a7e-5b38-4d06-8e91-c4a7d02b6f53}",
    "urn:uuid:9f2c1a7e-5b38-4d06-8e91-c4a7d02b6f53",
  ])("%s", (value) => expect(isUuid(value)).toBe(true));

  it.each([
    "9f2c1a7e5b384d068e91c4a7d02b6f53",
    "9f2c1a7e-5b38-4d06-8e91-c4a7d02b6f5",
    "a 9f2c1a7e-5b38-4d06-8e91-c4a7d02b6f53",
  ])("not: %s", (value) => expect(isUuid(value)).toBe(false));
});
