import { jsonWithoutOrders } from "./orders.js";

/** DEL and C1 controls, and what turns or breaks lines on a screen: legal in JSON, not harmless in a terminal or a log. */
const UNSAFE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** `value` as JSON that draws nothing on a terminal and orders no CI agent about; it parses back to the same value. */
export function plainJson(value: unknown, indent = 0): string {
  const json = JSON.stringify(value, null, indent);
  return jsonWithoutOrders(json).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
