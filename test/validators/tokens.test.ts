import { describe, expect, it } from "vitest";
import { bip39Words } from "../../src/validators/bip39-words.js";
import { marvin32 } from "../../src/validators/marvin32.js";
import { VALIDATORS } from "../../src/validators/registry.js";
import { letters } from "../secrets.js";
import * as made from "./encoders.js";
import { published } from "./encoders.js";

const NOW = Date.UTC(2026, 0, 1);

const outcome = (name: string, secret: string) => VALIDATORS[name]?.(secret, NOW).outcome;
const told = (name: string, secret: string) => {
  const { outcome, note } = VALIDATORS[name]?.(secret, NOW) ?? {};
  return note === null ? outcome : `${outcome}: ${note}`;
};

/** Replaces the character `at` a place from the end by another of its kind. */
function changed(text: string, fromEnd: number): string {
  const at = text.length - 1 - fromEnd;
  const kind = [made.DIGITS, made.UPPER, made.UPPER.toLowerCase()].find((kind) =>
    kind.includes(text[at] ?? " "),
  );
  const letter = [...(kind ?? "bc")].slice(1, 4).find((other) => other !== text[at]);
  return text.slice(0, at) + letter + text.slice(at + 1);
}

describe("a token passes by its own checksum, and fails with one character changed", () => {
  const tokens: readonly [validator: string, what: string, token: string][] = [
    ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map((prefix): [string, string, string] => [
      "github-checksum",
      prefix,
      made.crc62Token(prefix, prefix),
    ]),
    ["npm-checksum", "npm", made.crc62Token("npm_", "a")],
    ["npm-checksum", "npm, published", published("npm_ qkJaB6MffYV zZXWqmcoF49y rUxP3wf0LsakP")],
    ["gitlab-routable", "GitLab", made.gitlabToken("a")],
    ["gitlab-routable", "GitLab before versions", made.gitlabToken("a", null)],
    ["gitlab-routable", "GitLab, published", published("bzoxd_Rb5 _cHeWe1JH56 wr2FCBA .0r1pum4t4")],
    ["grafana-checksum", "Grafana", made.grafanaToken("a")],
    ["bech32", "age", made.ageKey("a")],
    ["bech32", "Nostr", made.bech32("nsec", made.bytesOf("nostr", 32))],
    [
      "bech32",
      "Nostr, published",
      published("nsec1 vl029mgpspedva04g90 vltkh6fvh240zqtv9k0 t9af8935ke9laqsnlfe5"),
    ],
    ["base58check", "Bitcoin", made.bitcoinKey("a")],
    ["base58check", "Bitcoin, published", published("5HueCGU8rMjxEXxiPu D5BDku4MkFqeZyd4d Z1jvhTVqvbTLvyTJ")],
    ["stellar-seed", "Stellar", made.stellarSeed("a")],
    [
      "stellar-seed",
      "Stellar, published",
      published("SAV76USXIJOBMEQXPA NUOQM6F5LIOTLPDIDV RJBFFE2MDJXG24TAPUU7"),
    ],
  ];

  it.each(tokens)("%s: %s", (validator, _what, token) => {
    expect(outcome(validator, token)).toBe("passed");
    for (const fromEnd of [0, 4, 12, 20]) expect(outcome(validator, changed(token, fromEnd))).toBe("failed");
  });

  it("knows the runner's token by what was summed before it got its prefix", () => {
    expect(outcome("gitlab-routable", `glrt-${made.gitlabToken("a", "01", "t3_")}`)).toBe("passed");
  });

  it.each([
    [
      "github-checksum",
      "fine-grained",
      `github_pat_${letters("a", 22, made.ALNUM)}_${letters("b", 59, made.ALNUM)}`,
    ],
    ["github-checksum", "longer", `ghs_${letters("a", 80, made.ALNUM)}`],
    ["gitlab-routable", "of the old form", `glpat-${letters("a", 20, made.ALNUM)}`],
    ["grafana-checksum", "of the cloud", `glc_${letters("a", 60, made.ALNUM)}`],
    ["npm-checksum", "a UUID", letters("a", 32, made.HEX)],
  ])("%s tells nothing of a token that is %s", (validator, _what, token) => {
    expect(told(validator, token)).toBe("unknown");
  });
});

describe("the account in an AWS key id", () => {
  it.each([
    ["of an account", made.awsKeyIdOf(123456789012, "a"), "passed: its account number is well-formed"],
    [
      "of an account with zeros in front",
      made.awsKeyIdOf(42, "a"),
      "passed: its account number is well-formed",
    ],
    ["published", published("ASIA Y34F ZKBO KMUT VV7A"), "passed: its account number is well-formed"],
    ["beyond twelve digits", made.awsKeyIdOf(2 ** 40 - 1, "a"), "failed: names no account"],
    ["of the old form", published("AKIA IOSF ODNN 7EXA MPLE"), "unknown"],
    ["that is no base32", `AKIA${letters("a", 15, made.UPPER)}8`, "failed: no base32"],
    ["that is something else", "AKIA", "unknown"],
  ])("%s", (_what, id, expected) => {
    expect(told("aws-key-id", id)).toBe(expected);
  });
});

describe("Azure's keys", () => {
  const le32 = (value: number) => Buffer.from(new Uint32Array([value]).buffer);
  const seed = (name: string) => BigInt(`0x${Buffer.from(name).toString("hex")}`);
  /** 64 bytes, aligned so that the service's characters show in base64. */
  function identifiable(service: string, seedName: string): string {
    const random = `${made.bytesOf("azure", 57).toString("base64")}${service}AAAAAA`;
    const bytes = Buffer.from(`${random}==`, "base64").subarray(0, 60);
    return Buffer.concat([bytes, le32(marvin32(bytes, seed(seedName)))]).toString("base64");
  }
  /** The first of several whose checksum is letters and digits only, as Azure picks them. */
  function annotated(): string {
    const keys = ["a", "b", "c", "d", "e"].map((name) => {
      const head = `${letters(name, 52, made.ALNUM)}JQQJ99BDACAAAAAAAAAAAAAAACOG`;
      const checksum = le32(marvin32(Buffer.from(head, "base64"), seed("Default0")));
      return `${head}${checksum.subarray(0, 3).toString("base64")}`;
    });
    return keys.find((key) => /^[0-9A-Za-z]+$/.test(key)) ?? "";
  }

  it.each([
    ["of storage", identifiable("+ASt", "Default0")],
    ["of Cosmos DB", identifiable("ACDb", "MastRW00")],
    ["of Service Bus", identifiable("+ASb", "Listen00")],
  ])("pass by their checksum: %s", (_what, key) => {
    expect(outcome("azure-identifiable", key)).toBe("passed");
    expect(outcome("azure-identifiable", changed(key, 60))).toBe("unknown");
  });

  it("annotated ones pass and fail", () => {
    const key = annotated();
    expect([key.length, outcome("azure-identifiable", key)]).toEqual([84, "passed"]);
    expect(outcome("azure-identifiable", changed(key, 60))).toBe("failed");
  });

  it("a seed that belongs to another service tells nothing", () => {
    expect(outcome("azure-identifiable", identifiable("+ASt", "MastRW00"))).toBe("unknown");
  });

  // https://github.com/microsoft/security-utilities/blob/main/src/security-utilities-node/tests/marvin.spec.ts
  it.each([
    [0xd53cd9cecd0893b7n, [...Buffer.from("abc")], 0x22c74339, 0x492769bf],
    [0xddddeeeeffff000n, [...Buffer.from("abcdefghijklmnopqrstuvwxyz")], 0xa128eb7e, 0x7260aca2],
    [0x004fb61a001bdbccn, [], 0x30ed35c1, 0x00cd3c7d],
    [0x004fb61a001bdbccn, [55, 244, 149], 0xf0b07c78, 0x9b8cf7e8],
    [0x804fb61a001bdbccn, [134, 66, 220, 89], 0x36289d96, 0x54fb49f6],
    [0x804fb61a801bdbccn, [0, 255, 0, 255, 0, 255, 0], 0x71876f2e, 0xfb1b0ee8],
  ])("Marvin32 gives what is published for seed %s", (seed, bytes, high, low) => {
    expect(marvin32(Buffer.from(bytes), seed)).toBe((high ^ low) >>> 0);
  });
});

describe("seed phrases", () => {
  const phrase = made.seedPhrase(bip39Words(), made.bytesOf("seed", 16));

  it.each([
    ["twelve words", phrase, "passed: checksum holds"],
    ["24 words", made.seedPhrase(bip39Words(), made.bytesOf("seed", 32)), "passed: checksum holds"],
    [
      "capitals, quotes and numbers",
      phrase
        .split(" ")
        .map((word, at) => `${at + 1}. "${word.toUpperCase()}",`)
        .join("\n"),
      "passed: checksum holds",
    ],
    [
      "a word that is not the last",
      phrase.replace(/^\S+/, (word) => (word === "able" ? "about" : "able")),
      "failed: checksum does not hold",
    ],
    ["thirteen words", `${phrase} able`, "unknown"],
    [
      "prose",
      "the quick brown fox jumps over the lazy dog and runs away",
      "impossible: words that are not in the list",
    ],
    ["no words", "1234", "impossible: words that are not in the list"],
    ["one word twelve times", `${"abandon ".repeat(11)}about`, "unknown: test phrase"],
    [
      "BIP-39's own example",
      "legal winner thank year wave sausage worth useful legal winner thank yellow",
      "unknown: test phrase",
    ],
  ])("%s", (_what, words, expected) => {
    expect(told("bip39", words)).toBe(expected);
  });

  it("has the whole list, in order", () => {
    expect([bip39Words().length, bip39Words()[0], bip39Words()[2047]]).toEqual([2048, "abandon", "zoo"]);
    expect([...bip39Words()].sort()).toEqual(bip39Words());
  });
});

describe("numbers that people write", () => {
  it.each([
    ["luhn", "4539 5787 6362 1486", "passed: checksum holds"],
    ["luhn", "4539-5787-6362-1487", "failed: checksum does not hold"],
    ["luhn", "4111111111111111", "unknown: test card"],
    ["luhn", "0000 0000 0000 0000", "impossible: one digit only"],
    ["luhn", "1234", "unknown"],
    ["uuid", "00000000-0000-0000-0000-000000000000", "impossible: no random digits"],
    ["uuid", "11111111-2222-3333-4444-555555555555", "impossible: no random digits"],
    ["uuid", "00000000-0000-0000-0000-000000000001", "impossible: no random digits"],
    ["uuid", "12345678-1234-1234-1234-123456789012", "impossible: digits in order"],
    ["uuid", "01234567-89ab-cdef-0123-456789abcdef", "impossible: digits in order"],
    ["uuid", "a1b2c3d4-e5f6-7890-abcd-ef1234567890", "impossible: digits in order"],
    ["uuid", "{123E4567-E89B-12D3-A456-426614174000}", "impossible: documentation example"],
    ["uuid", "9f2c1a7e-5b38-4d06-8e91-c4a7d02b6f53", "unknown"],
    ["uuid", "no uuid", "unknown"],
    ["ethereum-key", `0x${letters("eth", 64, made.HEX)}`, "unknown"],
    ["ethereum-key", "a".repeat(64), "impossible: one digit only"],
    ["ethereum-key", `${"f".repeat(62)}00`, "impossible: outside the curve"],
    [
      "ethereum-key",
      published("ac0974bec39a17e36ba4a6b4d238ff94 4bacb478cbed5efcae784d7bf4f2ff80"),
      "unknown: test account",
    ],
    ["ethereum-key", "0x1234", "unknown"],
  ])("%s %s", (validator, text, expected) => {
    expect(told(validator, text)).toBe(expected);
  });
});

describe("tokens that hold something", () => {
  const random = (name: string, length: number) => letters(name, length, `${made.ALNUM}-_`);
  const vaultToken = Buffer.concat([
    Buffer.from([8, 1, 0x12, 32]),
    made.bytesOf("code", 32),
    Buffer.from([0x1a, 24]),
    made.bytesOf("token", 24),
  ]).toString("base64url");

  it.each([
    [
      "sentry-token",
      "of an organization",
      made.sentryToken({ iat: 1, url: "https://sentry.io", org: "acme" }),
      "passed",
    ],
    ["sentry-token", "without facts", made.sentryToken({ a: 1 }), "failed: no facts in it"],
    ["sentry-token", "of a user", `sntryu_${letters("a", 64, made.HEX)}`, "unknown"],
    ["pypi-macaroon", "of pypi.org", made.pypiToken("a"), "passed: made at pypi.org"],
    [
      "pypi-macaroon",
      "of test.pypi.org",
      made.pypiToken("a", "test.pypi.org"),
      "passed: made at test.pypi.org",
    ],
    ["pypi-macaroon", "of another place", made.pypiToken("a", "example.org"), "failed: no whole macaroon"],
    ["pypi-macaroon", "that is cut", made.pypiToken("a").slice(0, -8), "failed: no whole macaroon"],
    [
      "onepassword-service",
      "whole",
      `ops_${made.inJson({ signInAddress: "my.1password.com", muk: {} })}`,
      "passed: my.1password.com",
    ],
    [
      "onepassword-service",
      "of JSON that is cut",
      `ops_${made.inJson({ signInAddress: "a", b: "cdefg" }).slice(0, -4)}`,
      "failed: no JSON in it",
    ],
    [
      "onepassword-service",
      "without an address",
      `ops_${made.inJson({ a: 1 })}`,
      "failed: no sign-in address in it",
    ],
    [
      "discord-bot",
      "of a bot",
      `${Buffer.from("198622483471925248").toString("base64")}.${random("a", 6)}.${random("b", 38)}`,
      "passed",
    ],
    [
      "discord-bot",
      "of no bot",
      `${random("a", 24)}.${random("a", 6)}.${random("b", 38)}`,
      "failed: names no bot",
    ],
    [
      "slack-token",
      "of a bot",
      `xoxb-${letters("a", 12, "123456789")}-${letters("b", 13, "123456789")}-${letters("c", 24, made.ALNUM)}`,
      "passed",
    ],
    [
      "slack-token",
      "of an app",
      `xapp-1-A${letters("a", 10, `${made.UPPER}${made.DIGITS}`)}-${letters("b", 13, "123456789")}-${letters("c", 64, made.HEX)}`,
      "passed",
    ],
    ["slack-token", "cut", "xoxb-123-456", "unknown"],
    ["telegram-bot", "of today", `${letters("a", 10, "123456789")}:AA${random("b", 33)}`, "passed"],
    ["telegram-bot", "of old", `${letters("a", 9, "123456789")}:ZZ${random("b", 33)}`, "unknown"],
    ["vault-token", "that servers check", `hvs.${vaultToken}`, "passed"],
    ["vault-token", "that is random", `hvs.${letters("a", 24, made.ALNUM)}`, "unknown"],
    [
      "vault-token",
      "of a batch",
      `hvb.${Buffer.concat([Buffer.from([0, 0, 0, 1, 2]), made.bytesOf("b", 90)]).toString("base64url")}`,
      "passed",
    ],
    ["json-base64", "an object", made.inJson({ a: [1] }), "passed"],
    ["json-base64", "a list", made.inJson([1, 2, 3]), "passed"],
    ["json-base64", "that is cut", made.inJson({ a: "bcdefghijk" }).slice(0, -8), "failed: no whole JSON"],
    ["json-base64", "no base64", "{}", "failed: no text in base64"],
    ["json-base64", "text", Buffer.from("text").toString("base64"), "failed: no JSON in it"],
  ])("%s %s", (validator, _what, token, expected) => {
    expect(told(validator, token)).toBe(expected);
  });
});
