import { type Check, impossible, passed, unknown } from "./check.js";
import { decodeJsonObject, type JsonObject } from "./json-object.js";
import { publicHost } from "./public-host.js";

/**
 * A JSON Web Token (RFC 7519), alone or inside a longer value: `header.payload.signature`, or the five parts of an
 * encrypted one (RFC 7516), each in base64url. The header is a JSON object that names `alg`; so is the payload, unless
 * it is encrypted, compressed or left out (RFC 7515, appendix F).
 */
export function checkJwt(secret: string, now: number): Check {
  for (const [token] of secret.matchAll(/e(?:y[JA]|wo)[\w-]*={0,2}(?:\.[\w-]*={0,2}){0,4}/g)) {
    const parts = token.split(".");
    const header = parts.length < 2 ? null : decodeJsonObject(parts[0] ?? "");
    const alg = header?.["alg"];
    if (header !== null && typeof alg === "string") return checkParts(parts, header, alg, now);
  }
  return impossible("no header with alg");
}

function checkParts(parts: readonly string[], header: JsonObject, alg: string, now: number): Check {
  const name = ALGORITHMS.test(alg) ? `alg ${alg}` : "unusual alg";
  if (typeof header["enc"] === "string")
    return parts.length === 5 ? passed(`${name}, encrypted`) : unknown(name);
  const [, body = "", signature = ""] = parts;
  if (body === "" || header["zip"] !== undefined) return unknown(name);
  const payload = decodeJsonObject(body);
  if (payload === null) return impossible("payload is no JSON");
  if (isExample(payload)) return unknown("documentation example");
  const note = [name, lifetime(payload, now), issuer(payload)].filter((part) => part !== null).join(", ");
  return isWhole(alg, signature) ? passed(note) : unknown(note);
}

/** What RFC 7518 and its kin name; only these are told, a made-up name may hold anything. */
const ALGORITHMS =
  /^(?:none|(?:HS|RS|ES|PS)(?:256|384|512)|ES256K|EdDSA|Ed25519|Ed448|RSA1_5|RSA-OAEP(?:-\d{3})?|A\d{3}(?:GCM)?KW|dir|ECDH-ES(?:\+A\d{3}KW)?|PBES2-HS\d{3}\+A\d{3}KW)$/i;

/** Whether the signature has the one length that the algorithm gives it; RSA's is that of its key. */
function isWhole(alg: string, signature: string): boolean {
  const bytes = Math.floor((signature.replace(/=/g, "").length * 3) / 4);
  const expected = SIGNATURE_LENGTHS.get(alg.toLowerCase());
  return expected === undefined ? bytes >= SHORTEST_RSA : bytes === expected;
}

/** In bytes (RFC 7518 section 3, RFC 8037, RFC 8812). */
const SIGNATURE_LENGTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    none: 0,
    hs256: 32,
    hs384: 48,
    hs512: 64,
    es256: 64,
    es256k: 64,
    es384: 96,
    es512: 132,
    eddsa: 64,
    ed25519: 64,
    ed448: 114,
  }),
);

/** In bytes: a key of 1024 bits. */
const SHORTEST_RSA = 128;

/** `exp` in seconds since 1970. */
function lifetime(payload: JsonObject, now: number): string {
  const expiry = payload["exp"];
  if (typeof expiry !== "number") return "no expiry";
  const at = expiry * 1000;
  if (!(Math.abs(at) < LAST_DATE)) return "no real expiry";
  const date = new Date(at).toISOString().slice(0, 10);
  return at <= now ? `expired ${date}` : `valid until ${date}`;
}

/** In milliseconds: 9999-12-31, the last date of four digits. */
const LAST_DATE = 253_402_300_800_000;

/** Supabase names itself and tells by `role` whether a key is meant to be public. */
function issuer(payload: JsonObject): string | null {
  const { iss, role } = payload;
  if (iss === "supabase") return role === "anon" ? "issuer supabase, role anon" : "issuer supabase";
  const host = typeof iss === "string" ? publicHost(iss) : null;
  return host === null ? null : `issuer ${host}`;
}

/** What jwt.io shows to everybody. */
function isExample(payload: JsonObject): boolean {
  return payload["sub"] === "1234567890" && (payload["name"] === "John Doe" || payload["iat"] === 1516239022);
}
