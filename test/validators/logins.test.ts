import { describe, expect, it } from "vitest";
import { VALIDATORS } from "../../src/validators/registry.js";

const told = (validator: string, text: string) => {
  const { outcome, note } = VALIDATORS[validator]?.(text, 0) ?? {};
  return note === null ? outcome : `${outcome}: ${note}`;
};
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString("base64");

describe("user and password in base64", () => {
  it.each([
    ["both", base64("deploy:Winter-2031"), "passed"],
    ["after the scheme's name", `Basic ${base64("deploy:Winter-2031")}`, "passed"],
    ["without padding", base64("deploy:Winter-2031x").replace(/=+$/, ""), "passed"],
    ["beyond ASCII", base64("jürgen:Tür"), "passed"],
    ["no user", base64(":Winter-2031"), "passed"],
    ["no password", base64("deploy:"), "unknown: no password"],
    ["the RFC's example", base64("Aladdin:open sesame"), "unknown: documentation example"],
    ["neither", base64(":"), "impossible: no password in it"],
    ["no colon", base64("deploy"), "impossible: no password in it"],
    ["control characters", base64("a:b\0c"), "impossible: no text in base64"],
    ["bytes that are no text", base64(Uint8Array.of(0xff, 0x3a, 0xfe)), "impossible: no text in base64"],
    ["no base64", "deploy:Winter-2031", "impossible: no text in base64"],
  ])("%s", (_what, text, expected) => {
    expect([told("basic-auth", text), told("dockerconfig-auth", text)]).toEqual([expected, expected]);
  });
});

describe("a URL that logs in", () => {
  /** Put together here, so that no line of this file holds one. */
  const url = (login: string, place: string, scheme = "postgres") => `${scheme}://${login}@${place}`;

  it.each([
    [url("app:Winter-2031", "db.acme.io:5432/main"), "passed"],
    [url("app:Winter-2031", "h1.acme.io:27017,h2.acme.io:27017/main?w=1", "mongodb"), "passed"],
    [url(":Winter-2031", "cache.acme.io:6379/0", "redis"), "passed"],
    [url("app:Winter-2031", "db.acme.io/main", "jdbc:postgresql"), "passed"],
    [url("app:p@ss-2031", "db.acme.io/main"), "passed"],
    [url("app:a/b#c?d-2031", "db.acme.io/main"), "passed"],
    [url("app:Winter-2031", "db.acme.io/main?mail=a@b.c"), "passed"],
    [url("app:Winter-2031", "localhost:5432/main"), "unknown"],
    [url("postgres:postgres", "db.acme.io/main"), "unknown"],
    [url("app:Winter-2031", "db.example.com/main"), "unknown: host of examples"],
    [url("app:Winter-2031", "hostname:5432/main"), "unknown: host of examples"],
    [url("user:password", "db.acme.io/main"), "failed: placeholder for a password"],
    [url("user:your-password", "db.acme.io/main"), "failed: placeholder for a password"],
    [url("user:change_me", "db.acme.io/main"), "failed: placeholder for a password"],
    [url("user:$" + "{DB_PASSWORD}", "db.acme.io/main"), "impossible: password comes from elsewhere"],
    [
      url("user:{{ password }}".replaceAll(" ", ""), "db.acme.io/main"),
      "impossible: password comes from elsewhere",
    ],
    [url("user:<password>", "db.acme.io/main"), "impossible: password comes from elsewhere"],
    [url("user:%(password)s", "db.acme.io/main"), "impossible: password comes from elsewhere"],
    [url("user:****", "db.acme.io/main"), "impossible: password comes from elsewhere"],
    [url("user:%24%7BPASSWORD%7D", "db.acme.io/main"), "impossible: password comes from elsewhere"],
    [url("user", "db.acme.io/main"), "impossible: no password in it"],
    [url("user:", "db.acme.io/main"), "impossible: no password in it"],
    ["https://acme.io/a:b", "unknown"],
    ["no url", "unknown"],
  ])("%s", (text, expected) => {
    expect(told("connection-url", text)).toBe(expected);
  });
});
