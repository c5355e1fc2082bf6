import { describe, expect, it } from "vitest";
import { checkJwt } from "../../src/validators/jwt.js";
import { letters } from "../secrets.js";
import { ALNUM, inJson, jwt } from "./encoders.js";

const NOW = Date.UTC(2026, 0, 1);
const HS256 = { alg: "HS256", typ: "JWT" };
const told = (token: string) => {
  const { outcome, note } = checkJwt(token, NOW);
  return note === null ? outcome : `${outcome}: ${note}`;
};
const signature = (length: number) => letters("signature", length, ALNUM);
const seconds = (year: number) => Date.UTC(year, 4, 1) / 1000;

describe("a JWT", () => {
  it.each([
    ["without expiry", jwt(HS256, { sub: "a" }), "passed: alg HS256, no expiry"],
    ["that is expired", jwt(HS256, { exp: seconds(2024) }), "passed: alg HS256, expired 2024-05-01"],
    ["that is valid", jwt(HS256, { exp: seconds(2030) }), "passed: alg HS256, valid until 2030-05-01"],
    ["with an absurd expiry", jwt(HS256, { exp: 1e300 }), "passed: alg HS256, no real expiry"],
    ["of RSA", jwt({ alg: "RS256" }, {}, signature(342)), "passed: alg RS256, no expiry"],
    ["of an elliptic curve", jwt({ alg: "ES256" }, {}, signature(86)), "passed: alg ES256, no expiry"],
    [
      "with an issuer's URL",
      jwt(HS256, { iss: "https://accounts.google.com/x" }),
      "passed: alg HS256, no expiry, issuer accounts.google.com",
    ],
    [
      "with an issuer that looks random",
      jwt(HS256, { iss: "https://abcdefghijklmnopqrst.example.co" }),
      "passed: alg HS256, no expiry",
    ],
    ["with an issuer that is no host", jwt(HS256, { iss: "me and you" }), "passed: alg HS256, no expiry"],
    [
      "of Supabase, public",
      jwt(HS256, { iss: "supabase", role: "anon" }),
      "passed: alg HS256, no expiry, issuer supabase, role anon",
    ],
    [
      "of Supabase",
      jwt(HS256, { iss: "supabase", role: "service_role" }),
      "passed: alg HS256, no expiry, issuer supabase",
    ],
    ["that nobody signed", jwt({ alg: "none" }, { sub: "a" }, ""), "passed: alg none, no expiry"],
    ["of an algorithm that nobody knows", jwt({ alg: "XYZZY1" }, {}), "unknown: unusual alg, no expiry"],
    ["whose signature is cut", jwt(HS256, {}, signature(20)), "unknown: alg HS256, no expiry"],
    ["whose payload is elsewhere", `${inJson(HS256)}..${signature(43)}`, "unknown: alg HS256"],
    [
      "whose payload is compressed",
      `${inJson({ ...HS256, zip: "DEF" })}.${signature(50)}.${signature(43)}`,
      "unknown: alg HS256",
    ],
    [
      "that is encrypted",
      [inJson({ alg: "RSA-OAEP", enc: "A256GCM" }), ...[342, 16, 60, 22].map(signature)].join("."),
      "passed: alg RSA-OAEP, encrypted",
    ],
    [
      "that is encrypted and cut",
      [inJson({ alg: "dir", enc: "A256GCM" }), "", signature(16)].join("."),
      "unknown: alg dir",
    ],
    ["inside a longer value", `Bearer ${jwt(HS256, {})}, 3600`, "passed: alg HS256, no expiry"],
    ["after a word", `session_eyJ-${jwt(HS256, {})}`.replace("eyJ-", ""), "passed: alg HS256, no expiry"],
    ["at the end of a sentence", `${jwt(HS256, {})}.`, "passed: alg HS256, no expiry"],
    [
      "of jwt.io",
      jwt(HS256, { sub: "1234567890", name: "John Doe", iat: 1516239022 }),
      "unknown: documentation example",
    ],
    [
      "whose header is no JSON",
      `eyJ${signature(20)}.${inJson({})}.${signature(43)}`,
      "impossible: no header with alg",
    ],
    ["whose header names no alg", jwt({ typ: "JWT" }, {}), "impossible: no header with alg"],
    [
      "whose header is a list",
      `${inJson([{}])}.${inJson({})}.${signature(43)}`,
      "impossible: no header with alg",
    ],
    [
      "whose payload is no JSON",
      `${inJson(HS256)}.eyJ${signature(20)}.${signature(43)}`,
      "impossible: payload is no JSON",
    ],
    ["that is a word", "eyJhbGci", "impossible: no header with alg"],
    ["that is nothing", "", "impossible: no header with alg"],
  ])("%s", (_what, token, expected) => {
    expect(told(token)).toBe(expected);
  });
});
