import { type RustPattern, rustPattern } from "../pattern/rust-pattern.js";
import type { MaskSwitches } from "../settings/settings.js";
import type { Span } from "../text/lines.js";

/** The specification's name for a detector in the ledger and in reports. */
export type DetectorName =
  | "aws-access-key-id"
  | "aws-secret-key"
  | "generic-api-key"
  | "jwt"
  | "private-key"
  | "bearer";

/** One row of the specification's table ("Layer 3: content masking"). */
export type Detector = {
  readonly name: DetectorName;
  readonly enabledBy: keyof MaskSwitches;
  /** Nothing is found in a text that holds none of these, whatever their case. */
  readonly hints: readonly string[];
  readonly pattern: RustPattern;
  /** The last word on a match, for what a regular expression cannot say. */
  readonly accepts: (text: string, match: Span) => boolean;
  readonly replacement: string;
};

const MASKED = "****MASKED****";

/** "AWS secret keys | 40-char base64 strings near "aws"": near is this many UTF-16 units to either side. */
const NEAR_AWS = 128;

/** In the order of the specification's table; on a full tie the earlier one names the redaction. */
export const DETECTORS: readonly Detector[] = [
  {
    name: "aws-access-key-id",
    enabledBy: "aws",
    hints: ["akia"],
    pattern: rustPattern("AKIA[0-9A-Z]{16,}"),
    accepts: always,
    replacement: `AKIA${MASKED}`,
  },
  {
    name: "aws-secret-key",
    enabledBy: "aws",
    hints: ["aws"],
    // 30 random bytes in base64: always 40 characters, never padded; a longer run is something else.
    pattern: rustPattern("[A-Za-z0-9/+]{40,}"),
    accepts: (text, match) => match.end - match.start === 40 && standsNearAws(text, match),
    replacement: MASKED,
  },
  {
    name: "generic-api-key",
    enabledBy: "generic_api_keys",
    hints: ["sk_", "pk_", "rk_", "key_"],
    // The second form is the abbreviated one that documentation prints: sk_live_51HqF...yJ2nK.
    pattern: rustPattern(
      "(?:sk|pk|rk|key)_(?:live|test)_(?:[A-Za-z0-9_]{8,}|[A-Za-z0-9]{3,}\\.{3}[A-Za-z0-9]{3,})|(?:sk|pk|rk|key)_[A-Za-z0-9]{12,}(?:_[A-Za-z0-9]+)*|(?:sk|pk|rk|key)_[A-Za-z0-9]{6,}_[A-Za-z0-9]{12,}",
    ),
    accepts: (text, match) =>
      !/[A-Za-z0-9]/.test(text.charAt(match.start - 1)) && looksRandom(text.slice(match.start, match.end)),
    replacement: MASKED,
  },
  {
    name: "jwt",
    enabledBy: "jwt",
    hints: ["eyj"],
    // Three parts, five for an encrypted one; the parts may be empty (an unsigned token, `eyJhbGciOi...`).
    pattern: rustPattern("eyJ[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*){2,4}"),
    accepts: (text, match) =>
      !/[A-Za-z0-9]/.test(text.charAt(match.start - 1)) && holdsJson(text.slice(match.start, match.end)),
    replacement: MASKED,
  },
  {
    name: "private-key",
    enabledBy: "private_key_blocks",
    hints: ["private key"],
    // A whole block; or, where its end is missing, the header with the key material that follows.
    pattern: rustPattern(
      "-----BEGIN [^\\n-]{0,64}?PRIVATE KEY(?: BLOCK)?-----(?:(?s:.)*?-----END [^\\n-]{0,64}?PRIVATE KEY(?: BLOCK)?-----|(?s:.){0,200}?[A-Za-z0-9+/=]{32,}(?:[^A-Za-z0-9+/=]{1,12}[A-Za-z0-9+/=]{16,})*)",
    ),
    accepts: (text, match) => holdsKeyMaterial(text.slice(match.start, match.end)),
    replacement: MASKED,
  },
  {
    name: "bearer",
    enabledBy: "bearer_tokens",
    hints: ["bearer"],
    // RFC 6750: the credentials are a token68; `Authorization: Bearer ` stays. Quotes and commas as in code; without the
    // header's name only what begins a string and looks like a token.
    pattern: rustPattern(
      "(?i)authorization(?:\\\\?[\"'`]\\s*\\])?\\\\?[\"'`]?\\s*(?:[:=,]|=>)\\s*\\\\?[\"'`]?\\s*bearer\\s+(?P<secret>[A-Za-z0-9._~+/=-]+)|[\"'`]bearer\\s+(?P<secret2>[A-Za-z0-9._~+/=-]{20,})",
    ),
    accepts: always,
    replacement: MASKED,
  },
];

function always(): boolean {
  return true;
}

function standsNearAws(text: string, match: Span): boolean {
  const before = text.slice(Math.max(0, match.start - NEAR_AWS), match.start);
  const after = text.slice(match.end, match.end + NEAR_AWS);
  return /aws/i.test(before) || /aws/i.test(after);
}

/** Words of code (`key_internationalization`) are letters of one case and a number; keys mix, or are long. */
function looksRandom(key: string): boolean {
  const longest = key
    .split("_")
    .slice(1)
    .reduce((a, b) => (b.length > a.length ? b : a), "");
  const isMixed = /[a-z]/.test(longest) && /[A-Z]/.test(longest) && longest.length >= 16;
  const digits = longest.match(/[0-9]/g)?.length ?? 0;
  const isPublished = /^(?:sk|pk|rk|key)_(?:live|test)_/.test(key);
  return digits >= (isPublished ? 1 : 2) || isMixed || longest.length >= 24;
}

/** `eyJ` is the beginning of `{"` in base64; a variable `eyJson.data.value` decodes to no text. */
function holdsJson(token: string): boolean {
  const header = token.slice(0, token.indexOf("."));
  return /^[\x20-\x7e\s]*$/.test(Buffer.from(header, "base64url").toString("latin1"));
}

/** A parser's `starts_with("-----BEGIN …") … ends_with("-----END …")` is code around two headers, not a key. */
function holdsKeyMaterial(block: string): boolean {
  const inside = block.replace(/-----[A-Z0-9 ]+-----/g, " ");
  return /[A-Za-z0-9+/=]{32,}/.test(inside) || !/[;{}]|=>|\)\s*[.&|]/.test(inside);
}
