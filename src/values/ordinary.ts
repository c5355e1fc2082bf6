/**
 * Whether `value` reads like what stands in source code everywhere: words, identifiers, paths, URLs, versions,
 * digests, UUIDs. Only generic rules ask this: their pattern says next to nothing about the value.
 */
export function isOrdinary(value: string): boolean {
  return isIdentity(value) || isPathOrUrl(value) || isExpression(value) || isWritten(value);
}

const UUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const DIGEST = /^(?:(?:sha1|sha224|sha256|sha384|sha512|md5)[-:=]|h1:)/i;
const HEX_DIGEST = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/;

/** Names for content, not keys to it. */
function isIdentity(value: string): boolean {
  return (
    UUID.test(value) ||
    DIGEST.test(value) ||
    HEX_DIGEST.test(value) ||
    DATE_OR_VERSION.test(value) ||
    isPublicKey(value)
  );
}

/**
 * Whether `value` begins as only public keys in base64 do: a SubjectPublicKeyInfo of RSA, EC, Ed25519 or X25519
 * (https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.7), a key of SSH, or the point of 65 bytes on P-256 that
 * web push calls VAPID (https://www.rfc-editor.org/rfc/rfc8292#section-3.2).
 */
export function isPublicKey(value: string): boolean {
  return PUBLIC_KEY.test(value);
}

const PUBLIC_KEY =
  /^(?:MFkwEwYHKoZIzj|MHYwEAYHKoZIzj0CAQYF|MIGbMBAGByqGSM49|MFYwEAYHKoZIzj|MI[GIHI][A-Za-z0-9+/]{1,4}(?:MA0GCSqGSIb3DQEBAQUA|ANBgkqhkiG9w0BAQEF)|MCowBQYDK2V|AAAAB3NzaC1|AAAAC3NzaC1|AAAAE2VjZHNh|B[A-P][0-9A-Za-z_-]{85}$)/;

const DATE_OR_VERSION = /^v?\d{1,4}(?:[-./:]\d{1,4}){1,5}(?:[-+T][0-9A-Za-z:.]{0,16})?$/;

export function isPathOrUrl(value: string): boolean {
  if (/^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/]|[a-z][a-z0-9+.-]*:\/\/|\/\/|mailto:|data:|urn:)/.test(value))
    return true;
  const parts = value.split("/");
  return parts.length > 1 && parts.every((part) => isWritten(part)) && /\.[a-z]{1,5}$/.test(value);
}

/** Whether `value` reads like calls, indexing, concatenation, markup, a regular expression. */
export function isExpression(value: string): boolean {
  return (
    /^[A-Za-z_$][\w$.]*\(|\)$|\[['"\d\w]*\]|=>|::|->|&&|\|\||<\/|\/>|\\[dws]|\.\*|^[&*][A-Za-z_]\w*$|\(\?|\]\{|\{\d+,?\d*\}|^[#.][A-Za-z_-]+$/.test(
      value,
    ) ||
    (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value) && value.split(".").every(isWritten))
  );
}

/** From this length on a value must look drawn at random; a shorter one may be a password that a person chose. */
const TOKEN_LENGTH = 16;

/** How often random text changes between lower case, upper case and digits is 0.4 and more a character; names, 0.17. */
const CHANGES = 0.25;

function isWritten(value: string): boolean {
  return value.length < TOKEN_LENGTH ? !isMixed(value) : !isRandom(value);
}

/** Words, each with a capital or a separator before it, and a number of two digits. */
const WORDS = /^[a-z]*(?:[A-Z][a-z]+)*(?:[-_. ][a-z]*(?:[A-Z][a-z]+)*)*[0-9]{0,2}$/;

/** Three kinds of characters; or letters and digits in turns. */
function isMixed(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@#$%^&*?~+=|]/].filter((kind) => kind.test(value)).length;
  const words = WORDS.test(value);
  return (
    !words && /[A-Za-z]/.test(value) && /[0-9!@#$%^&*?~+=]/.test(value) && (kinds >= 3 || changes(value) >= 3)
  );
}

function isRandom(value: string): boolean {
  const letters = value.replace(/[^0-9A-Za-z]/g, "");
  if (letters.length < TOKEN_LENGTH / 2) return false;
  const parts = value.split(/[-_.:/ ]+/).filter((part) => part !== "");
  const wordy = parts.filter((part) => /^(?:[A-Z]?[a-z]+|[A-Z]+|[0-9]{1,4})$/.test(part)).join("").length;
  return changes(value) / letters.length >= CHANGES && wordy < letters.length / 2;
}

/** How often letters and digits, or lower and upper case, meet; a capital at the start of a word counts once. */
function changes(value: string): number {
  return value.match(/[a-z](?=[A-Z])|[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])|[A-Z](?=[A-Z][a-z])/g)?.length ?? 0;
}
