import { createHash, createHmac } from "../text/crypto.js";
import { decodeBase64 } from "./base64.js";
import { type Check, failed, passed, unknown } from "./check.js";
import { unescaped } from "./pem.js";
import { sshKeyKind } from "./ssh-reader.js";

/**
 * A key of PuTTY's own form. Where nothing encrypts it, its last line is a code that can be checked:
 *
 *     PuTTY-User-Key-File-3: ssh-ed25519
 *     Encryption: none
 *     Comment: …
 *     Public-Lines: 2
 *     (base64)
 *     Private-Lines: 1
 *     (base64)
 *     Private-MAC: (hex)
 *
 * https://the.earth.li/~sgtatham/putty/0.82/htmldoc/AppendixC.html
 */
export function checkPuttyKey(secret: string): Check {
  const lines = unescaped(secret)
    .split("\n")
    .map((line) => line.trim().replace(/^["'`]|["'`][\s+\\,;]*$/g, ""));
  const { fields, blobs } = readLines(lines);
  const publicBlob = blobs.get("Public-Lines");
  const privateBlob = blobs.get("Private-Lines");
  const [, version] = /PuTTY-User-Key-File-([123])$/.exec([...fields.keys()][0] ?? "") ?? [];
  if (version === undefined) return unknown();
  const encryption = fields.get("Encryption");
  if (encryption !== undefined && encryption !== "none") return passed(`${kindOf(publicBlob)}, encrypted`);
  // A pattern may take the header alone.
  if (publicBlob === undefined && privateBlob === undefined) return unknown();
  if (!publicBlob || !privateBlob) return failed("key is cut");
  const mac = fields.get("Private-MAC")?.toLowerCase();
  if (mac === undefined || version === "1") return unknown(kindOf(publicBlob));
  const texts = [...fields.values()].slice(0, 3).map((text) => Buffer.from(text, "utf8"));
  const signed = Buffer.concat([...texts, publicBlob, privateBlob].map(withLength));
  return codeOf(version, signed) === mac ? passed(kindOf(publicBlob)) : failed("code does not hold");
}

/** Without a passphrase the code's key is empty, in version 2 the hash of a constant. */
function codeOf(version: string, signed: Buffer): string {
  if (version === "3") return createHmac("sha256", "").update(signed).digest("hex");
  const key = createHash("sha1").update("putty-private-key-file-mac-key").digest();
  return createHmac("sha1", key).update(signed).digest("hex");
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const kindOf = (blob: Buffer | null | undefined): string => (blob ? sshKeyKind(blob) : "private key");

type Read = {
  /** The lines `Name: value`, in their order. */
  readonly fields: ReadonlyMap<string, string>;
  /** What stands in the lines after a name that counts lines; null: fewer lines than that, or no base64. */
  readonly blobs: ReadonlyMap<string, Buffer | null>;
};

function readLines(lines: readonly string[]): Read {
  const fields = new Map<string, string>();
  const blobs = new Map<string, Buffer | null>();
  for (let at = 0; at < lines.length; at++) {
    const [, name, value] = /^([A-Za-z][A-Za-z0-9-]*): ?(.*)$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined || value === undefined) continue;
    fields.set(name, value);
    if (!name.endsWith("-Lines")) continue;
    const body = linesAfter(lines, at, /^\d{1,3}$/.test(value) ? Number(value) : 0);
    blobs.set(name, body === null ? null : decodeBase64(body.join("")));
    at += body?.length ?? 0;
  }
  return { fields, blobs };
}

/** The `count` lines after the one `at` a place; null where another name comes before, or the end. */
function linesAfter(lines: readonly string[], at: number, count: number): readonly string[] | null {
  for (let next = at + 1; next <= at + count; next++) if (lines[next]?.includes(":") !== false) return null;
  return count === 0 ? null : lines.slice(at + 1, at + 1 + count);
}
