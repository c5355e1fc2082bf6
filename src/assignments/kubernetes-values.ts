import type { Span } from "../text/lines.js";
import { nameClass } from "./name-class.js";
import { isSecretSetting } from "./value-judgement.js";

/**
 * The values of every key of a Kubernetes `Secret`, in YAML or JSON, whatever the key is called:
 * https://kubernetes.io/docs/concepts/configuration/secret/. What names a user, a host or a certificate is left out.
 */
export function kubernetesSecrets(text: string): readonly Span[] {
  if (!/\bkind["']?[ \t]{0,4}:[ \t]{0,4}["']?Secret\b/.test(text)) return [];
  return [...yamlSecrets(text), ...jsonSecrets(text)];
}

const PUBLIC =
  /^(?:.*[-_.])?(?:user(?:name)?|login|host(?:name)?|port|db|database|dbname|name|namespace|type|email|id|region|bucket|endpoint|server|crt|cert|ca|pub)$/i;

function isSecretValue(key: string, value: string): boolean {
  return value.length >= 3 && !PUBLIC.test(key) && !/^(?:LS0tLS1CRUdJTiBD|-----BEGIN CERT)/.test(value);
}

/** What a line holds beyond this is not read. */
const LONGEST_LINE = 4000;
const ENTRY = /^["']?([0-9A-Za-z_.-]{1,80})["']?[ \t]*:[ \t]*(?:!!binary[ \t]+)?(.*)$/;

/** Data of one document, which may name its kind before or behind it. */
function yamlSecrets(text: string): Span[] {
  const found: Span[] = [];
  let held: Span[] = [];
  let isSecret = false;
  let data: number | null = null;
  let entry: number | null = null;
  let scalar: string | null = null;
  const close = (): void => {
    if (isSecret) found.push(...held);
    held = [];
    isSecret = false;
    data = null;
  };
  for (let lineStart = 0; lineStart < text.length; ) {
    const newline = text.indexOf("\n", lineStart);
    const lineEnd = newline < 0 ? text.length : newline;
    const line = text.slice(lineStart, Math.min(lineEnd, lineStart + LONGEST_LINE));
    const indent = line.length - line.trimStart().length;
    const item = line.startsWith("- ", indent) ? 2 : 0;
    const body = line.slice(indent + item).trimEnd();
    const start = lineStart + indent + item;
    lineStart = lineEnd + 1;
    if (body === "" || body.startsWith("#")) continue;
    if (/^---|^apiVersion:/.test(body) && (body.startsWith("-") || isSecret)) close();
    if (data !== null && indent <= data) data = null;
    if (data === null) {
      if (/^kind:[ \t]*["']?Secret["']?$/.test(body)) isSecret = true;
      else if (/^kind:/.test(body)) {
        isSecret = false;
        held = [];
      } else if (/^(?:data|stringData):$/.test(body)) {
        data = indent;
        entry = null;
        scalar = null;
      }
      continue;
    }
    entry ??= indent;
    if (indent > entry) {
      const nested = nestedValue(body);
      if (nested !== null) held.push({ start: start + nested.start, end: start + nested.end });
      else if (scalar !== null && isSecretValue(scalar, body) && !SETTING.test(body)) {
        held.push({ start, end: start + body.length });
      }
      scalar = null;
      continue;
    }
    const [, key = "", value = ""] = ENTRY.exec(body) ?? [];
    scalar = /^[|>][+-]?\d?$/.test(value) ? key : null;
    if (scalar !== null) continue;
    const place = unquoted(value);
    const from = start + body.length - value.length + place.start;
    if (isSecretValue(key, value.slice(place.start, place.end))) {
      held.push({ start: from, end: from + place.end - place.start });
    }
  }
  close();
  return found;
}

const SETTING = /^["']?([A-Za-z_][0-9A-Za-z_.-]{0,60})["']?[ \t]*[:=][ \t]*(\S.*)$/;

/** In a file that is one of the values: what a name in it tells to be a secret. */
function nestedValue(body: string): Span | null {
  const [, name = "", value = ""] = SETTING.exec(body) ?? [];
  const named = nameClass(name);
  const place = unquoted(value);
  if (named === "none" || !isSecretSetting(value.slice(place.start, place.end), named, name)) return null;
  const from = body.length - value.length;
  return { start: from + place.start, end: from + place.end };
}

/** The value without quotes and without a comment. */
function unquoted(value: string): Span {
  const quote = value.charAt(0);
  if (quote === '"' || quote === "'") {
    const end = value.indexOf(quote, 1);
    return { start: 1, end: end < 0 ? value.length : end };
  }
  const comment = value.search(/[ \t]#/);
  return { start: 0, end: comment < 0 ? value.length : value.slice(0, comment).trimEnd().length };
}

const DATA = /"(?:data|stringData)"[ \t]{0,4}:[ \t]{0,4}\{([^{}]{1,20000})\}/g;
const PAIR = /"([0-9A-Za-z_.-]{1,80})"[ \t\r\n]{0,40}:[ \t\r\n]{0,40}"([^"\\\r\n]{3,4000})"/g;

/** Where every object of the file is a secret: which object the data is of is not told by its place. */
function jsonSecrets(text: string): Span[] {
  const kinds = [...text.matchAll(/"kind"[ \t]{0,4}:[ \t]{0,4}"([A-Za-z]{1,60})"/g)].map((match) => match[1]);
  if (kinds.length === 0 || kinds.some((kind) => kind !== "Secret" && kind !== "List")) return [];
  return [...text.matchAll(DATA)].flatMap((data) =>
    [...(data[1] ?? "").matchAll(PAIR)].flatMap((pair) => {
      const [whole, key = "", value = ""] = pair;
      const end = data.index + data[0].length - 1 - (data[1] ?? "").length + pair.index + whole.length - 1;
      return isSecretValue(key, value) ? [{ start: end - value.length, end }] : [];
    }),
  );
}
