import { type Check, passed, unknown } from "./check.js";

/**
 * Telegram's bot tokens: the bot's number, `:`, and 35 characters, of which the first two are `AA` in those of today.
 * https://core.telegram.org/bots/api#authorizing-your-bot
 */
export function checkTelegramToken(secret: string): Check {
  return /^\d{8,10}:AA[\w-]{33}$/.test(secret) ? passed() : unknown();
}
