import { crc32 } from "../text/zlib.js";
import { byChecksum, type Check, failed, unknown } from "./check.js";

/**
 * GitLab's routable tokens: prefix, payload in base64url, `.`, the payload's length as two digits in base 36, and seven
 * such digits of the CRC-32 of all before them. Since 2025 a version and another `.` stand before the length. The old
 * 20 characters after the prefix carry no checksum.
 *
 *     glpat-<payload>.01.1d<checksum>
 *
 * https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/
 */
export function checkGitlabToken(secret: string): Check {
  const parts = /^([\w+-]{27,330})\.(?:[0-9a-z]{2}\.)?([0-9a-z]{2})([0-9a-z]{7})$/.exec(secret);
  if (parts === null) return unknown();
  const [, head = "", length = "", checksum = ""] = parts;
  if (Number.parseInt(length, 36) > head.length) return failed("payload is cut");
  const summed = secret.slice(0, -checksum.length);
  return byChecksum(starts(summed).some((text) => crc32(text) === Number.parseInt(checksum, 36)));
}

/** A runner's token is made first and gets its `glrt-` afterwards. */
function starts(text: string): readonly string[] {
  return text.startsWith("glrt-") || text.startsWith("glrtr-")
    ? [text, text.slice(text.indexOf("-") + 1)]
    : [text];
}
