import { decodeBase64 } from "./base64.js";
import { type Check, failed, impossible, passed, unknown } from "./check.js";
import { checkOpensshKey, OPENSSH_MAGIC } from "./openssh-key.js";
import { firstPemBlock, type PemBlock } from "./pem.js";
import { checkPgpKey } from "./pgp-key.js";
import { checkDer } from "./private-key-der.js";

/** The base64 of `-----BEGIN `: a PEM file that was encoded once more, as in a kubeconfig. */
const ENCODED_BEGIN = "LS0tLS1CRUdJTi";

/** In characters of base64: an Ed25519 key, the shortest there is, has 64. */
const SHORTEST_BODY = 40;

/** Below it nobody began to write a key. */
const SHORTEST_START = 16;

/**
 * A private key in PEM (RFC 7468), of OpenSSL, OpenSSH or OpenPGP; or the base64 that stands in one, without markers; or
 * a PEM file in base64. It passes when the body decodes and its structure ends where the body does.
 */
export function checkPrivateKey(secret: string): Check {
  const block = firstPemBlock(secret);
  if (block !== null) return block.label.includes("PGP") ? checkPgpKey(secret) : checkBlock(block);
  const text = secret.trim();
  const bytes = decodeBase64(text.replace(/\s+/g, ""));
  if (bytes === null) return unknown();
  const inner = text.startsWith(ENCODED_BEGIN) ? firstPemBlock(bytes.toString("latin1")) : null;
  if (inner !== null) return checkBlock(inner);
  return isOpenssh(bytes) ? checkOpensshKey(bytes) : (checkDer(bytes) ?? unknown());
}

function checkBlock(block: PemBlock): Check {
  if (block.body.length < SHORTEST_START) return impossible("no key between the markers");
  if (isEncrypted(block)) return checkEncrypted(block);
  if (block.body.length < SHORTEST_BODY) return block.closed ? failed("key is too short") : unknown();
  const check = checkBody(block);
  // A pattern of bounded length may end before a long key does.
  return check.outcome === "failed" && !block.closed ? unknown() : check;
}

function checkBody(block: PemBlock): Check {
  const bytes = decodeBase64(block.body);
  if (bytes === null) return failed("key does not decode");
  if (isOpenssh(bytes)) return checkOpensshKey(bytes);
  const check = checkDer(bytes) ?? failed("key does not parse");
  // A certificate under a key's label is a mistake that still may hide a key.
  return check.outcome === "impossible" ? unknown() : check;
}

/** OpenSSL's own encryption (RFC 1421 headers) and PKCS#8's; SSH.com's says so in its label. */
function isEncrypted({ label, headers }: PemBlock): boolean {
  return (
    headers.get("proc-type")?.includes("ENCRYPTED") === true ||
    headers.has("dek-info") ||
    label.includes("ENCRYPTED")
  );
}

function checkEncrypted(block: PemBlock): Check {
  const kind = block.label.replace(/(?:ENCRYPTED )?PRIVATE KEY.*$/, "").trim();
  const note = kind === "" ? "encrypted" : `${kind}, encrypted`;
  if (decodeBase64(block.body) === null) return block.closed ? failed("key does not decode") : unknown(note);
  if (kind !== "") return passed(note);
  const { outcome } = checkBody(block);
  return outcome === "passed" ? passed(note) : block.closed ? failed("key does not parse") : unknown(note);
}

const isOpenssh = (bytes: Buffer): boolean =>
  bytes.toString("latin1", 0, OPENSSH_MAGIC.length) === OPENSSH_MAGIC;
