import { crc32 } from "../text/zlib.js";
import { byChecksum, type Check, unknown } from "./check.js";

/**
 * Grafana's service account tokens: `glsa_`, 32 random characters, `_`, and the CRC-32 of all before it as four bytes
 * in hex, the lowest first.
 * https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go
 */
export function checkGrafanaToken(secret: string): Check {
  const [, key, checksum] = /^(glsa_[0-9A-Za-z]{32})_([0-9a-f]{8})$/i.exec(secret) ?? [];
  if (key === undefined || checksum === undefined) return unknown();
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(key));
  return byChecksum(bytes.toString("hex") === checksum.toLowerCase());
}
