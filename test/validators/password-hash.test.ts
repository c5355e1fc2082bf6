import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { VALIDATORS } from "../../src/validators/registry.js";
import { letters } from "../secrets.js";
import { ALNUM, DIGITS, HEX, UPPER } from "./encoders.js";

const told = (text: string) => {
  const { outcome, note } = VALIDATORS["password-hash"]?.(text, 0) ?? {};
  return note === null ? outcome : `${outcome}: ${note}`;
};

/** Characters of crypt's base64, of ordinary base64, and of hex. */
const crypt = (length: number) => letters("crypt", length, `./${ALNUM}`);
const base64 = (length: number) => Buffer.alloc(length, 0xa5).toString("base64");
const bare = (length: number) => base64(length).replace(/=+$/, "");
const hex = (length: number) => letters("hex", length, HEX);

const HASHES: readonly [what: string, hash: string, note: string][] = [
  ["bcrypt", `$2b$12$${crypt(53)}`, "bcrypt, cost 12"],
  ["bcrypt of PHP", `$2y$10$${crypt(53)}`, "bcrypt, cost 10"],
  ["bcrypt in Spring", `{bcrypt}$2a$10$${crypt(53)}`, "bcrypt, cost 10"],
  ["bcrypt in Django", `bcrypt_sha256$$2b$12$${crypt(53)}`, "bcrypt, cost 12"],
  ["MD5 crypt", `$1$${crypt(8)}$${crypt(22)}`, "MD5 crypt"],
  ["Apache's MD5", `$apr1$${crypt(8)}$${crypt(22)}`, "Apache MD5"],
  ["SHA-256 crypt", `$5$rounds=10000$${crypt(16)}$${crypt(43)}`, "SHA-256 crypt"],
  ["SHA-512 crypt", `$6$${crypt(8)}$${crypt(86)}`, "SHA-512 crypt"],
  ["SHA-512 crypt in LDAP", `{CRYPT}$6$${crypt(8)}$${crypt(86)}`, "SHA-512 crypt"],
  ["yescrypt", `$y$j9T$${crypt(22)}$${crypt(43)}`, "yescrypt"],
  ["scrypt of crypt", `$7$${crypt(14)}$${crypt(43)}`, "scrypt"],
  ["Argon2", `$argon2id$v=19$m=65536,t=3,p=4$${bare(16)}$${bare(32)}`, "Argon2"],
  ["Argon2 in Django", `argon2$argon2id$v=19$m=102400,t=2,p=8$${bare(16)}$${bare(32)}`, "Argon2"],
  ["PBKDF2 of passlib", `$pbkdf2-sha256$29000$${crypt(22)}$${crypt(43)}`, "PBKDF2"],
  ["PBKDF2 in Django", `pbkdf2_sha256$600000$${letters("salt", 22, ALNUM)}$${base64(32)}`, "PBKDF2"],
  ["PBKDF2 in Werkzeug", `pbkdf2:sha256:600000$${letters("salt", 16, ALNUM)}$${hex(64)}`, "PBKDF2"],
  ["scrypt in Werkzeug", `scrypt:32768:8:1$${letters("salt", 16, ALNUM)}$${hex(128)}`, "scrypt"],
  ["phpass", `$P$B${crypt(30)}`, "phpass"],
  ["Drupal", `$S$D${crypt(51)}`, "Drupal SHA-512"],
  ["SHA-1 of old Django", `sha1$${letters("salt", 5, ALNUM)}$${hex(40)}`, "SHA-1"],
  ["SHA-1 in LDAP", `{SHA}${base64(20)}`, "SHA-1"],
  ["salted SHA-1 in LDAP", `{SSHA}${base64(28)}`, "salted SHA-1"],
  ["salted SHA-512 in LDAP", `{SSHA512}${base64(72)}`, "SHA-512"],
  ["SCRAM of PostgreSQL", `SCRAM-SHA-256$4096:${base64(16)}$${base64(32)}:${base64(32)}`, "SCRAM"],
  ["MD5 of PostgreSQL", `md5${hex(32)}`, "PostgreSQL MD5"],
  ["SHA-1 of MySQL", `*${letters("mysql", 40, `${DIGITS}ABCDEF`)}`, "MySQL SHA-1"],
  ["SHA-256 of MySQL", `$A$005$${letters("mysql", 63, ALNUM)}`, "MySQL SHA-256"],
  ["SQL Server", `0x0200${letters("sql", 136, `${DIGITS}ABCDEF`)}`, "SQL Server"],
  ["Cisco's scrypt", `$9$${crypt(14)}$${crypt(43)}`, "Cisco scrypt"],
  ["Windows' pair", `${hex(32)}:${letters("nt", 32, HEX)}`, "NTLM"],
];

describe("a password's hash", () => {
  it.each(HASHES)("%s passes, alone and after a user's name", (_what, hash, note) => {
    expect(told(hash)).toBe(`passed: ${note}`);
    if (!hash.includes(":")) expect(told(`root:${hash}:19000:0:99999:7:::`)).toBe(`passed: ${note}`);
  });

  const ofOneLength = HASHES.filter(([what]) =>
    /crypt|Apache|phpass|Drupal|Werkzeug|Cisco|old Django/.test(what),
  );
  it.each(ofOneLength)("%s fails when it is cut", (_what, hash) => {
    expect(told(hash.slice(0, -15))).toBe("failed: hash is cut");
  });

  it("bcrypt's cost has its bounds", () => {
    expect(told(`$2b$03$${crypt(53)}`)).toBe("failed: hash is cut");
    expect(told(`$2b$32$${crypt(53)}`)).toBe("failed: hash is cut");
  });

  it.each([
    ["a locked account", "root:!:19000::::::", "impossible: no hash"],
    ["a hash that stands elsewhere", "root:x:0:0:root:/root:/bin/sh", "impossible: no hash"],
    ["the MD5 of nothing", createHash("md5").digest("hex"), "unknown: hash of no password"],
    ["hex that may be anything", hex(32), "unknown"],
    ["a word", letters("word", 12, UPPER), "unknown"],
    ["nothing", "", "unknown"],
  ])("%s", (_what, text, expected) => {
    expect(told(text)).toBe(expected);
  });
});
