import { crc32 } from "../text/zlib.js";
import { byChecksum, type Check, unknown } from "./check.js";
import { BASE62, writeNumber } from "./digits.js";

/**
 * GitHub's classic tokens: a prefix, 30 random characters, and six digits in base 62 of their CRC-32. Of the
 * fine-grained ones (`github_pat_`) and the longer ones of apps nobody has documented what the last digits are of.
 * https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
 */
export function checkGithubToken(secret: string): Check {
  const [, body] = /^gh[pousr]_([0-9A-Za-z]{36})$/.exec(secret) ?? [];
  return body === undefined ? unknown() : byChecksum(endsInItsChecksum(body));
}

/**
 * npm's tokens, in GitHub's way.
 * https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/
 */
export function checkNpmToken(secret: string): Check {
  const [, body] = /^npm_([0-9A-Za-z]{36})$/.exec(secret) ?? [];
  return body === undefined ? unknown() : byChecksum(endsInItsChecksum(body));
}

const CHECKSUM_LENGTH = 6;

/** The prefix is not summed. */
function endsInItsChecksum(body: string): boolean {
  const random = body.slice(0, -CHECKSUM_LENGTH);
  return writeNumber(crc32(random), BASE62, CHECKSUM_LENGTH) === body.slice(-CHECKSUM_LENGTH);
}
