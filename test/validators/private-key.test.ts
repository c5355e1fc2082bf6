import { spawnSync } from "node:child_process";
import { createHash, createHmac, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VALIDATORS } from "../../src/validators/registry.js";
import { letters } from "../secrets.js";
import { ALNUM, armored, block, bytesOf, sshString } from "./encoders.js";

const told = (text: string, validator = "private-key") => {
  const { outcome, note } = VALIDATORS[validator]?.(text, 0) ?? {};
  return note === null ? outcome : `${outcome}: ${note}`;
};

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const koblitz = generateKeyPairSync("ec", { namedCurve: "secp256k1" });
const ed25519 = generateKeyPairSync("ed25519");
const dsa = generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });

const pem = (key: KeyObject, type: "pkcs1" | "pkcs8" | "sec1") => String(key.export({ format: "pem", type }));
const encrypted = (key: KeyObject, type: "pkcs1" | "pkcs8" | "sec1") =>
  String(key.export({ format: "pem", type, cipher: "aes-128-cbc", passphrase: "x" }));
const der = (key: KeyObject) => key.export({ format: "der", type: "pkcs8" }).toString("base64");

const plain = pem(rsa.privateKey, "pkcs1");
const [firstLine = "", ...lines] = plain.trim().split("\n");
const body = lines.slice(0, -1);

describe("a private key in PEM", () => {
  it.each([
    ["RSA", plain, "passed: RSA 2048"],
    ["RSA in PKCS#8", pem(rsa.privateKey, "pkcs8"), "passed: RSA 2048"],
    ["EC", pem(ec.privateKey, "sec1"), "passed: EC P-256"],
    ["EC in PKCS#8", pem(ec.privateKey, "pkcs8"), "passed: EC P-256"],
    ["EC of Bitcoin's curve", pem(koblitz.privateKey, "sec1"), "passed: EC secp256k1"],
    ["Ed25519", pem(ed25519.privateKey, "pkcs8"), "passed: Ed25519"],
    ["DSA", pem(dsa.privateKey, "pkcs8"), "passed: DSA"],
    ["RSA, encrypted", encrypted(rsa.privateKey, "pkcs1"), "passed: RSA, encrypted"],
    ["EC, encrypted", encrypted(ec.privateKey, "sec1"), "passed: EC, encrypted"],
    ["PKCS#8, encrypted", encrypted(rsa.privateKey, "pkcs8"), "passed: encrypted"],
    ["without markers", der(rsa.privateKey), "passed: RSA 2048"],
    ["in base64 once more", Buffer.from(plain).toString("base64"), "passed: RSA 2048"],
  ])("%s", (_what, text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each([
    ["in JSON", JSON.stringify({ key: plain })],
    ["in JSON inside JSON", JSON.stringify(JSON.stringify({ key: plain }))],
    ["in PHP's JSON", JSON.stringify({ key: plain }).replaceAll("/", "\\/")],
    ["indented", plain.replace(/^/gm, "    ")],
    ["with Windows' line ends", plain.replaceAll("\n", "\r\n")],
    ["in a comment", plain.replace(/^/gm, "// ")],
    ["in a patch", plain.replace(/^/gm, "+")],
    ["as a quotation", plain.replace(/^/gm, "> ")],
    ["in one line", plain.replaceAll("\n", " ")],
    ["in a URL", plain.replaceAll("\n", "%0A")],
    ["in XML", plain.replaceAll("\n", "&#10;")],
    ["in strings that + joins", plain.trim().replace(/.+/g, (line) => `  "${line}\\n" +`)],
    ["in Python's bytes", plain.trim().replace(/.+/g, (line) => `  b"${line}\\n"`)],
    ["in C's strings", plain.trim().replace(/.+/g, (line) => `"${line}\\n" \\`)],
    [
      "after parameters",
      `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${plain}`,
    ],
  ])("is the same key %s", (_what, text) => {
    expect(told(text)).toBe("passed: RSA 2048");
  });

  it.each([
    [
      "with a line missing",
      [firstLine, ...body.slice(0, 9), ...body.slice(10), lines.at(-1)].join("\n"),
      "failed: key is cut",
    ],
    [
      "with lines changed places",
      [firstLine, ...body.slice(0, 2), body[4], body[3], ...body.slice(5), body[2], lines.at(-1)].join("\n"),
      "failed",
    ],
    ["of random bytes", block("RSA PRIVATE KEY", bytesOf("dummy", 600)), "failed: key does not parse"],
    ["that is short", block("PRIVATE KEY", bytesOf("dummy", 15)), "failed: key is too short"],
    [
      "that goes on after its end",
      block("RSA PRIVATE KEY", Buffer.concat([Buffer.from(body.join(""), "base64"), bytesOf("a", 40)])),
      "failed: key does not parse",
    ],
    [
      "encrypted, of random bytes",
      block("ENCRYPTED PRIVATE KEY", bytesOf("dummy", 600)),
      "failed: key does not parse",
    ],
  ])("fails: a key %s", (_what, text, expected) => {
    expect(told(text)).toContain(expected);
  });

  it("fails when two keys were mixed up", () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const bytes = rsa.privateKey.export({ format: "der", type: "pkcs1" });
    const modulus = other.export({ format: "der", type: "pkcs1" }).subarray(12, 267);
    const mixed = Buffer.concat([bytes.subarray(0, 12), modulus, bytes.subarray(267)]);
    expect(told(block("RSA PRIVATE KEY", mixed))).toBe("failed: RSA key that does not fit together");
  });

  it.each([
    ["an empty block", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"],
    ["a marker in code", 'text.startsWith("-----BEGIN RSA PRIVATE KEY-----")'],
    ["dots", "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----"],
    ["a hole", `-----BEGIN PRIVATE KEY-----\n${"${"}key}\n-----END PRIVATE KEY-----`],
    ["a few words", "-----BEGIN PRIVATE KEY-----\n<your key here>\n-----END PRIVATE KEY-----"],
  ])("cannot be a key: %s", (_what, text) => {
    expect(told(text)).toBe("impossible: no key between the markers");
  });

  it.each([
    ["RSA", rsa.publicKey.export({ format: "der", type: "pkcs1" })],
    ["EC", ec.publicKey.export({ format: "der", type: "spki" })],
  ])("cannot be a private key: a public one of %s without markers", (_what, bytes) => {
    expect(told(bytes.toString("base64"))).toBe("impossible: public");
  });

  it.each([
    ["its start alone, as a bounded pattern gives it", plain.slice(0, 400)],
    ["text without markers", letters("text", 64, ALNUM)],
    ["words", "no key at all"],
  ])("tells nothing: %s", (_what, text) => {
    expect(told(text)).toBe("unknown");
  });
});

/** Built by hand, as PROTOCOL.key has it. */
function opensshKey(cipher = "none", numbers: readonly [number, number] = [7, 7]): string {
  const publicKey = Buffer.concat([sshString("ssh-ed25519"), sshString(bytesOf("public", 32))]);
  const checks = Buffer.concat(numbers.map((number) => Buffer.from([0, 0, 0, number])));
  const key = [publicKey, sshString(bytesOf("private", 64)), sshString("me@here")];
  const secret = Buffer.concat([checks, ...key]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (secret.length % 8)) % 8));
  return block(
    "OPENSSH PRIVATE KEY",
    Buffer.concat([
      Buffer.from("openssh-key-v1\0"),
      ...[cipher, cipher === "none" ? "none" : "bcrypt", ""].map(sshString),
      Buffer.from([0, 0, 0, 1]),
      sshString(publicKey),
      sshString(Buffer.concat([secret, padding])),
    ]),
  );
}

describe("a key of OpenSSH's own form", () => {
  it.each([
    ["plain", opensshKey(), "passed: Ed25519"],
    ["encrypted", opensshKey("aes256-ctr"), "passed: Ed25519, encrypted"],
    ["whose two numbers differ", opensshKey("none", [7, 8]), "failed: key does not parse"],
    [
      "cut",
      block("OPENSSH PRIVATE KEY", Buffer.from("openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0")),
      "failed: key is cut",
    ],
  ])("%s", (_what, text, expected) => {
    expect(told(text)).toBe(expected);
  });

  const hasKeygen = spawnSync("ssh-keygen", ["-?"]).error === undefined;
  it.runIf(hasKeygen).each([
    ["ed25519", "", "passed: Ed25519"],
    ["ecdsa", "", "passed: EC P-256"],
    ["rsa", "", "passed: RSA 2048"],
    ["ed25519", "passphrase", "passed: Ed25519, encrypted"],
  ])("as ssh-keygen writes it: %s with passphrase %j", (kind, passphrase, expected) => {
    const folder = mkdtempSync(join(tmpdir(), "key-"));
    const size = kind === "rsa" ? ["-b", "2048"] : [];
    spawnSync("ssh-keygen", ["-q", "-t", kind, ...size, "-N", passphrase, "-f", join(folder, "key")]);
    const text = readFileSync(join(folder, "key"), "utf8");
    rmSync(folder, { recursive: true });
    expect(told(text)).toBe(expected);
  });
});

describe("an OpenPGP key", () => {
  const numbers = (...lengths: number[]) =>
    Buffer.concat(
      lengths.flatMap((length) => [
        Buffer.from([(length * 8) >> 8, (length * 8) & 0xff]),
        bytesOf("mpi", length),
      ]),
    );
  /** Version 4, RSA, and whether a passphrase encrypts it. */
  const packet = (usage: number) => {
    const body = Buffer.concat([
      Buffer.from([4, 0, 0, 0, 1, 1]),
      numbers(128, 3),
      Buffer.from([usage]),
      bytesOf("a", 90),
    ]);
    return Buffer.concat([Buffer.from([0x95, body.length >> 8, body.length & 0xff]), body]);
  };

  it.each([
    ["plain", armored(packet(0)), "passed: PGP, not encrypted"],
    ["encrypted", armored(packet(254)), "passed: PGP, encrypted"],
    ["without a checksum", armored(packet(254), false), "passed: PGP, encrypted"],
    ["in JSON", JSON.stringify(armored(packet(0))), "passed: PGP, not encrypted"],
    ["of packets that nobody knows", armored(bytesOf("packets", 200)), "passed: checksum holds"],
    ["of random bytes", armored(bytesOf("packets", 200), false), "failed: key does not parse"],
    [
      "with a line missing",
      armored(packet(0)).replace(/\n[^\n-]{64}\n/, "\n"),
      "failed: checksum does not hold",
    ],
    [
      "without a body",
      "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n-----END PGP PRIVATE KEY BLOCK-----",
      "impossible: no key between the markers",
    ],
    ["without an end", armored(packet(0)).slice(0, 200), "unknown"],
  ])("%s", (_what, text, expected) => {
    expect([told(text, "pgp-key"), told(text)]).toEqual([expected, expected]);
  });
});

describe("a key of PuTTY's own form", () => {
  const wrapped = (bytes: Uint8Array) =>
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  function puttyKey(version: 2 | 3, encryption = "none"): string {
    const publicBlob = Buffer.concat([sshString("ssh-ed25519"), sshString(bytesOf("public", 32))]);
    const privateBlob = sshString(bytesOf("private", 32));
    const signed = Buffer.concat(
      ["ssh-ed25519", encryption, "me: here", publicBlob, privateBlob].map(sshString),
    );
    const key = version === 3 ? "" : createHash("sha1").update("putty-private-key-file-mac-key").digest();
    const [publicLines, privateLines] = [wrapped(publicBlob), wrapped(privateBlob)];
    return [
      `PuTTY-User-Key-File-${version}: ssh-ed25519`,
      `Encryption: ${encryption}`,
      "Comment: me: here",
      `Public-Lines: ${publicLines.length}`,
      ...publicLines,
      `Private-Lines: ${privateLines.length}`,
      ...privateLines,
      `Private-MAC: ${createHmac(version === 3 ? "sha256" : "sha1", key)
        .update(signed)
        .digest("hex")}`,
      "",
    ].join("\n");
  }

  it.each([
    ["of version 3", puttyKey(3), "passed: Ed25519"],
    ["of version 2", puttyKey(2), "passed: Ed25519"],
    ["indented", puttyKey(3).replace(/^/gm, "  "), "passed: Ed25519"],
    ["in JSON", JSON.stringify(puttyKey(2).replaceAll("\n", "\r\n")), "passed: Ed25519"],
    ["encrypted", puttyKey(3, "aes256-cbc"), "passed: Ed25519, encrypted"],
    ["with another comment", puttyKey(3).replace("me: here", "me: there"), "failed: code does not hold"],
    ["that ends early", puttyKey(3).split("\n").slice(0, 6).join("\n"), "failed: key is cut"],
    ["without its code", puttyKey(3).replace(/Private-MAC.*\n/, ""), "unknown: Ed25519"],
    ["of which only the header is there", "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\n", "unknown"],
    ["that is something else", "Encryption: none", "unknown"],
  ])("%s", (_what, text, expected) => {
    expect(told(text, "putty-key")).toBe(expected);
  });
});
