import { decodeBase64Text } from "./base64.js";
import { type Check, failed, passed, unknown } from "./check.js";

/**
 * Discord's bot tokens: the bot's id, 17 to 20 decimal digits, in base64; the time it was made; a code.
 * https://discord.com/developers/docs/reference#authentication
 */
export function checkDiscordToken(secret: string): Check {
  const [, id] = /^([\w-]{22,28})\.[\w-]{5,7}\.[\w-]{27,45}$/.exec(secret) ?? [];
  if (id === undefined) return unknown();
  return /^\d{17,20}$/.test(decodeBase64Text(id) ?? "") ? passed() : failed("names no bot");
}
