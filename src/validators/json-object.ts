import { decodeBase64Text } from "./base64.js";

export type JsonObject = { readonly [key: string]: unknown };

/** The JSON object in `text`; null where it is none. */
export function parseJsonObject(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The JSON object in `encoded`, in base64; null where it is none. */
export function decodeJsonObject(encoded: string): JsonObject | null {
  const text = decodeBase64Text(encoded);
  return text === null ? null : parseJsonObject(text);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
