// X.509 certificates in plain Node, for a machine that has no openssl: a throw-away CA (EC P-256) and what it signs.
// A real Mothership has a CA of its own; nothing here is meant for more than this example.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import {
  bits,
  boolean,
  explicit,
  implicit,
  integer,
  objectId,
  octets,
  sequence,
  set,
  time,
  utf8,
} from "./der.mjs";

const DAY = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(objectId("1.2.840.10045.4.3.2"));

/** A CA: `{certificate, key}` as PEM and what it takes to sign with it. Whoever holds it can let anybody in. */
export function makeAuthority(name, days = 365) {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const self = { name, privateKey: pair.privateKey, keyId: keyIdOf(pair.publicKey) };
  const extensions = [
    extension("2.5.29.19", true, sequence(boolean(true), integer(Buffer.from([0])))), // a CA, with no CA below it
    extension("2.5.29.15", true, bits(Buffer.from([0b0000_0110]), 1)), // signs certificates and revocations
  ];
  return { ...self, certificate: certificateOf(self, { name, publicKey: pair.publicKey, extensions, days }) };
}

/** A certificate that `authority` signs for a new key, both as PEM: for a server on `hosts`, or for a client. */
export function issue(authority, { name, hosts = [], days = 365 }) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const use = hosts.length > 0 ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2"; // serverAuth, clientAuth
  const extensions = [
    extension("2.5.29.19", true, sequence()), // no CA
    extension("2.5.29.15", true, bits(Buffer.from([0b1000_0000]), 7)), // signs handshakes
    extension("2.5.29.37", false, sequence(objectId(use))),
  ];
  if (hosts.length > 0) extensions.push(extension("2.5.29.17", false, sequence(...hosts.map(hostName))));
  return {
    certificate: certificateOf(authority, { name, publicKey, extensions, days }),
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

function certificateOf(authority, { name, publicKey, extensions, days }) {
  const now = Date.now();
  const identifiers = [
    extension("2.5.29.14", false, octets(keyIdOf(publicKey))),
    extension("2.5.29.35", false, sequence(implicit(0, authority.keyId))),
  ];
  const signed = sequence(
    explicit(0, integer(Buffer.from([2]))), // version 3
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    nameOf(authority.name),
    sequence(time(new Date(now - DAY)), time(new Date(now + days * DAY))), // clocks differ
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(...extensions, ...identifiers)),
  );
  const signature = sign("sha256", signed, authority.privateKey);
  return pem("CERTIFICATE", sequence(signed, ECDSA_WITH_SHA256, bits(signature)));
}

const nameOf = (commonName) => sequence(set(sequence(objectId("2.5.4.3"), utf8(commonName))));

const extension = (id, critical, content) =>
  sequence(objectId(id), ...(critical ? [boolean(true)] : []), octets(content));

/** A subject alternative name: `[2]` a DNS name, `[7]` the four bytes of an IPv4 address. */
const hostName = (host) =>
  isIP(host) === 4
    ? implicit(7, Buffer.from(host.split(".").map(Number)))
    : implicit(2, Buffer.from(host, "ascii"));

/** RFC 5280, section 4.2.1.2: the SHA-1 of the key is its name here, and protects nothing. */
const keyIdOf = (publicKey) =>
  createHash("sha1")
    .update(publicKey.export({ type: "spki", format: "der" }).subarray(26))
    .digest();

function pem(label, der) {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
