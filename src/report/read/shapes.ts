import type { Shape } from "./json-reader.js";

/** ISO 8601, UTC, from the year 1000 on: what JavaScript can tell the moment of. */
export const TIME: Shape = {
  pattern:
    /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/,
  words: "must be a time as 2026-05-01T12:30:00Z",
};

export const FINGERPRINT: Shape = {
  pattern: /^[0-9a-f]{32}$/,
  words: "must be 32 hexadecimal digits in lower case",
};

export const LINE_HASH: Shape = {
  pattern: /^[0-9a-f]{1,16}:[1-9]\d*$/,
  words: "must be up to 16 hexadecimal digits in lower case, a colon and a number",
};

export const COMMIT: Shape = {
  pattern: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/,
  words: "must be a commit's whole id",
};

export const RELATIVE_PATH: Shape = {
  pattern: /^[^/]/,
  words: "must be a relative path",
};

export const RUN: Shape = { pattern: /^[0-9a-f]{4}$/, words: "must be 4 hexadecimal digits in lower case" };

export const MARK: Shape = {
  pattern: /^[0-9a-f]{32}$/,
  words: "must be 32 hexadecimal digits in lower case",
};
