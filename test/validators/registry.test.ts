import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bip39Words } from "../../src/validators/bip39-words.js";
import { VALIDATORS } from "../../src/validators/registry.js";
import { letters } from "../secrets.js";
import * as made from "./encoders.js";

const NOW = Date.UTC(2026, 0, 1);
const UNPADDED = `${made.ALNUM}-_`;
const pem = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({
  format: "pem",
  type: "pkcs8",
});

/** A token of the name's own, for each validator, with a checksum that holds where there is one. */
const TOKENS: Readonly<Record<string, (name: string) => string>> = {
  "aws-key-id": (name) => made.awsKeyIdOf(Number(letters(name, 12, made.DIGITS)), name),
  "azure-identifiable": (name) => `${letters(name, 52, made.ALNUM)}JQQJ99${letters(name, 26, made.ALNUM)}`,
  base58check: made.bitcoinKey,
  "basic-auth": (name) => Buffer.from(`user:${letters(name, 16, made.ALNUM)}`).toString("base64"),
  bech32: made.ageKey,
  bip39: (name) => made.seedPhrase(bip39Words(), made.bytesOf(name, 16)),
  "connection-url": (name) => `redis://user:${letters(name, 16, made.ALNUM)}@cache.acme.io`,
  "discord-bot": (name) =>
    `${Buffer.from(letters(name, 18, made.DIGITS)).toString("base64")}.${letters(name, 6, UNPADDED)}.${letters(name, 38, UNPADDED)}`,
  "dockerconfig-auth": (name) => Buffer.from(`user:${letters(name, 16, made.ALNUM)}`).toString("base64"),
  "ethereum-key": (name) => letters(name, 64, made.HEX),
  "github-checksum": (name) => made.crc62Token("ghp_", name),
  "gitlab-routable": (name) => made.gitlabToken(name),
  "grafana-checksum": made.grafanaToken,
  htpasswd: (name) => `me:$apr1$${letters(name, 8, made.ALNUM)}$${letters(name, 22, made.ALNUM)}`,
  "json-base64": (name) => made.inJson({ a: letters(name, 20, made.ALNUM) }),
  jwt: (name) =>
    made.jwt({ alg: "HS256" }, { sub: letters(name, 20, made.ALNUM) }, letters(name, 43, UNPADDED)),
  luhn: (name) => letters(name, 16, made.DIGITS),
  "npm-checksum": (name) => made.crc62Token("npm_", name),
  "onepassword-service": (name) =>
    `ops_${made.inJson({ signInAddress: "my.1password.com", secretKey: letters(name, 30, made.ALNUM) })}`,
  "password-hash": (name) => `$2b$12$${letters(name, 53, made.ALNUM)}`,
  "pgp-key": (name) => made.armored(made.bytesOf(name, 200)),
  "private-key": (name) => String(pem).replace(/\n.{20}/, `\n${letters(name, 20, made.ALNUM)}`),
  "putty-key": (name) =>
    `PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: a\nPublic-Lines: 1\n${letters(name, 64, made.ALNUM)}\n`,
  "pypi-macaroon": (name) => made.pypiToken(name),
  "sentry-token": (name) => made.sentryToken({ iat: 1, org: "acme" }, name),
  "slack-token": (name) => `xoxb-${letters(name, 24, made.DIGITS)}-${letters(name, 24, made.ALNUM)}`,
  "stellar-seed": made.stellarSeed,
  "telegram-bot": (name) => `${letters(name, 10, made.DIGITS)}:AA${letters(name, 33, UNPADDED)}`,
  uuid: (name) => letters(name, 32, made.HEX).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"),
  "vault-token": (name) => `hvs.${letters(name, 92, UNPADDED)}`,
};

/** Those whose checksum has 16 bits or more over every character. */
const CHECKSUMMED = [
  "base58check",
  "bech32",
  "github-checksum",
  "gitlab-routable",
  "grafana-checksum",
  "npm-checksum",
  "stellar-seed",
];

const name = fc.string({ minLength: 1, maxLength: 8 });
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const names = Object.keys(VALIDATORS);

describe("every validator", () => {
  it("has a token in this test", () => {
    expect(Object.keys(TOKENS).sort()).toEqual([...names].sort());
  });

  it.each(names)("%s takes any text and does not throw", (validator) => {
    const token = TOKENS[validator] ?? String;
    const cut = fc.tuple(name, fc.nat(200), fc.string({ maxLength: 5 }));
    const near = cut.map(([name, at, put]) => {
      const whole = token(name);
      const place = at % (whole.length + 1);
      return whole.slice(0, place) + put + whole.slice(place + put.length);
    });
    const any = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: anyUnit, maxLength: 100 }), near);
    fc.assert(
      fc.property(any, fc.integer({ min: -1e15, max: 1e15 }), (text, now) => {
        const check = VALIDATORS[validator]?.(text, now);
        expect(check?.outcome).toMatch(/^(?:passed|failed|impossible|unknown)$/);
      }),
      { numRuns: 300 },
    );
  });

  it.each(names)("%s tells nothing of the secret in its note", (validator) => {
    fc.assert(
      fc.property(name, (name) => {
        const token = TOKENS[validator]?.(name) ?? "";
        const note = VALIDATORS[validator]?.(token, NOW).note ?? "";
        const parts = Array.from({ length: Math.max(0, note.length - 5) }, (_, at) => note.slice(at, at + 6));
        expect(parts.filter((part) => token.includes(part))).toEqual([]);
      }),
    );
  });

  it.each(CHECKSUMMED)("%s passes a whole token, and none with a character changed", (validator) => {
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom(...made.ALNUM), (name, at, letter) => {
        const token = TOKENS[validator]?.(name) ?? "";
        // Among the last 30: a prefix of GitHub's is not summed.
        const place = token.length - 1 - (at % 30);
        const other = token.slice(0, place) + letter + token.slice(place + 1);
        expect(VALIDATORS[validator]?.(token, NOW).outcome).toBe("passed");
        fc.pre(other !== token);
        expect(VALIDATORS[validator]?.(other, NOW).outcome).not.toBe("passed");
      }),
      { seed: 9 },
    );
  });

  it.each(names)("%s is done with a long text at once", (validator) => {
    for (const unit of ["a", "A1", "eyJ", "-----BEGIN ", "$", ":@", "=", "1 ", "\\n", "A-Lines: 999\n"]) {
      const token = TOKENS[validator]?.("a") ?? "";
      for (const text of [unit.repeat(200_000), token + unit.repeat(100_000)])
        VALIDATORS[validator]?.(text, NOW);
    }
  });
});
