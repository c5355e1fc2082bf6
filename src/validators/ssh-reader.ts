/** Reads one field after another of SSH's binary form (RFC 4251 section 5); each is null once the bytes end. */
export type SshReader = {
  readonly number: () => number | null;
  /** Bytes with their length before them. */
  readonly bytes: () => Buffer | null;
  readonly text: () => string | null;
  /** What is not read yet. */
  readonly rest: () => Buffer;
};

export function sshReader(source: Buffer): SshReader {
  let at = 0;
  const number = (): number | null => {
    if (at + 4 > source.length) return null;
    at += 4;
    return source.readUInt32BE(at - 4);
  };
  const bytes = (): Buffer | null => {
    const length = number();
    if (length === null || at + length > source.length) return null;
    at += length;
    return source.subarray(at - length, at);
  };
  return {
    number,
    bytes,
    text: () => bytes()?.toString("latin1") ?? null,
    rest: () => source.subarray(at),
  };
}

/** What to call the key of `blob`, in SSH's public form: "RSA 2048", "Ed25519". */
export function sshKeyKind(blob: Buffer): string {
  const reader = sshReader(blob);
  const name = reader.text();
  if (name !== "ssh-rsa") return NAMES.get(name ?? "") ?? "private key";
  reader.bytes();
  const modulus = reader.bytes();
  return modulus === null ? "RSA" : `RSA ${bitLength(modulus)}`;
}

function bitLength(bytes: Buffer): number {
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? 0 : (bytes.length - start) * 8 - Math.clz32(bytes[start] ?? 0) + 24;
}

/** https://www.iana.org/assignments/ssh-parameters and OpenSSH's PROTOCOL.u2f */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "ssh-dss": "DSA",
    "ssh-ed25519": "Ed25519",
    "ssh-ed448": "Ed448",
    "ecdsa-sha2-nistp256": "EC P-256",
    "ecdsa-sha2-nistp384": "EC P-384",
    "ecdsa-sha2-nistp521": "EC P-521",
    "sk-ssh-ed25519@openssh.com": "Ed25519 on a security key",
    "sk-ecdsa-sha2-nistp256@openssh.com": "EC P-256 on a security key",
  }),
);
