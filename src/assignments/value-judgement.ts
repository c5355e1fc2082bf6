import { looksRandom } from "../randomness/randomness.js";
import { isHashShape, isUuid } from "../validators/hash-shapes.js";
import { isCode } from "../values/code.js";
import { isExpression, isOrdinary, isPathOrUrl, isPublicKey } from "../values/ordinary.js";
import { isHole, isPlaceholder } from "../values/placeholder.js";
import type { Assignment } from "./assignment.js";
import type { NameClass } from "./name-class.js";
import { namesProduct, namesService } from "./service-names.js";

/** Whether a password may have the length and the characters of `value`: `isChosenPassword` takes no other. */
export function mayBePassword(value: string): boolean {
  return value.length >= 6 && value.length <= 128 && !/\s/.test(value);
}

/** Whether `value` is a password that a person or a generator chose: it mixes kinds of characters as words do not. */
export function isChosenPassword(value: string, assignment: Assignment): boolean {
  if (!mayBePassword(value)) return false;
  if (isPlaceholder(value) || isOrdinary(value) || isCode(value.replace(/^!/, ""))) return false;
  if (/(?:password|passwd|secret|token)$/i.test(value)) return false;
  if (assignment.by === "space") {
    return isOption(assignment.name)
      ? value.length >= 8
      : /^[\w!@#$%^+~.-]{8,}$/.test(value) && looksRandom(value);
  }
  if (assignment.by === "words") return assignment.quoted || looksRandom(value);
  return assignment.quoted || assignment.by === "markup" || isBarePassword(value);
}

/** `--password X`, `-Dpassword=X`: on a command line the space joins the two. */
function isOption(name: string): boolean {
  return /(?:^|\s)--?[A-Za-z]/.test(name);
}

/** Without quotes it may be code: an index, a call, a product of two names. */
function isBarePassword(value: string): boolean {
  return value.length >= 8 && !/^[&*!]?[A-Za-z_$][\w$]*(?:(?:(?:\.|->|::|\?\.)[\w$]+)+|=)$/.test(value);
}

/** What settings give to such names without meaning a secret. */
const SWITCHES =
  /^(?:y|n|yes|no|on|off|true|false|enabled?|disabled?|auto|ask|prompt|always|never|only|optional|required|plain(?:text)?|login|md5|sha-?\d{1,3}|bcrypt|scram[\w-]*|cram-md5|peer|trust|ident|gss|basic|digest|bearer|oauth2?|xoauth2|key(?:ring|chain)?|agent|file|env|vault|aes[\w-]*|hs\d{3}|rs\d{3}|internal|external|public|private|default|any|all|self|local(?:host)?|\d{1,3})$/i;

/**
 * Whether `value` counts in a file of settings: a password however short and plain, unless it is a switch, a
 * reference, a path or a placeholder; a token or key only if no word.
 */
export function isSecretSetting(value: string, named: NameClass, name = ""): boolean {
  if (value.length < 3 || value.length > 300 || isHole(value) || SWITCHES.test(value)) return false;
  if (isPathOrUrl(value) || (/\s/.test(value) && !/[0-9]/.test(value))) return false;
  if (named === "password") return !/\s.*\s/.test(value);
  if (/\s/.test(value)) return false;
  if (/secret["'\]]*$/i.test(name) && isChosenWord(value)) return true;
  if (value.length < 8 || isPlaceholder(value)) return false;
  return named === "secret"
    ? isMixedToken(value)
    : value.length >= 20 && looksRandom(value) && !isHashShape(value);
}

/** What people choose for a secret that no one types: a word with a number, and nothing that joins names. */
function isChosenWord(value: string): boolean {
  return (
    value.length >= 5 &&
    !isPlaceholder(value) &&
    /^[A-Za-z]{3,20}[!@#$%&*+?]?[0-9]{1,6}[!@#$%&*+?]?$/.test(value)
  );
}

function isMixedToken(value: string): boolean {
  return (
    isHashShape(value) ||
    isUuid(value) ||
    (value.length >= 16 ? looksRandom(value) || !isOrdinary(value) : !isOrdinary(value))
  );
}

/** From here on a random value may be a token; below that it is an id, an abbreviation or a word. */
const SHORTEST_TOKEN = 12;

/** A `key` may be anything, so its value has to say more. */
const SHORTEST_KEY = 28;

/** Names whose hexadecimal digits open something, and do not name content. */
const OPENS =
  /(?:api|access|auth|account|client|app|application|private|consumer|bot|personal|deploy|bearer|service|webhook|signing|jwt|encryption|oauth|license|master|shared|subscription|integration|secret|session|user|admin|x)[_. -]{0,2}(?:access[_. -]?)?(?:secret|token|key)/i;

/** Right before a value these say that it names content: a digest, a commit, a version. */
const CONTENT =
  /(?:sha-?\d{1,3}|md5|digest|checksum|integrity|commit|revision|\brev\b|etag|hash|fingerprint|thumbprint|guid|uuid|public)[^\n]{0,24}$/i;

/** A file's name before it: `"certs/client.key":"0d92…"` in a list of checksums. */
const IN_PATH = /["'][\w.-]{0,60}(?:\/[\w.-]{0,60}){1,8}$/;

/** A number with a type behind it: `-2147483643i32`. */
const NUMBER = /^-?[0-9_.]+(?:[iuf][0-9]{1,3}|[uUlL]{1,3})$/;

/** Whether `value` looks like a token for any name at all: `isTokenOf` takes no other. */
export function mayBeToken(value: string): boolean {
  if (value.length < SHORTEST_TOKEN || /[\s\\]/.test(value)) return false;
  return isUuid(value) || isHashShape(value) || looksRandom(value);
}

/** Whether `value` looks like a token for a name of that class; `before` is what stands before the name. */
export function isTokenOf(value: string, named: NameClass, assignment: Assignment, before: string): boolean {
  if (!mayBeToken(value) || isPlaceholder(value)) return false;
  // Asked for last: most values are none anyway.
  const ofService = (): boolean =>
    namesService(`${before} ${assignment.name}`) || namesProduct(assignment.name);
  // What names content needs its service on the very line.
  const ofThis = (): boolean =>
    namesService(`${lastLine(before)} ${assignment.name}`) || namesProduct(assignment.name);
  const isLoose =
    assignment.by === "space" ||
    assignment.by === "words" ||
    (assignment.by === "call" && !assignment.quoted);
  if (isUuid(value)) return !CONTENT.test(before) && ((OPENS.test(assignment.name) && !isLoose) || ofThis());
  if (isHashShape(value)) {
    if (CONTENT.test(`${before}${assignment.name}`) || /signature$/i.test(assignment.name)) return false;
    if (IN_PATH.test(before)) return false;
    const isOpening = named === "secret" && (value.length === 32 || OPENS.test(assignment.name)) && !isLoose;
    return isOpening || ofThis();
  }
  if (isPathOrUrl(value) || isExpression(value) || isPublicKey(value) || NUMBER.test(value)) return false;
  if (isLoose) return value.length >= 20 && (named === "secret" || ofService());
  const isLongEnough = value.length >= (named === "secret" ? 16 : SHORTEST_KEY);
  // In a list of names one may end with such a word, and the next be an abbreviation.
  return ofService() ? assignment.by !== "call" || value.length >= 16 : isLongEnough;
}

function lastLine(text: string): string {
  return text.slice(Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1);
}
