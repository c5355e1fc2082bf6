import { splitCompound, wordsOf } from "../randomness/words.js";

/**
 * What a name says of the value that is given to it. `password`: chosen by a person, most likely; `secret`: a token, a
 * key with a word that tells what it opens; `key`: something that may be one (`key`, `auth`, `signature`); `none`.
 */
export type NameClass = "password" | "secret" | "key" | "none";

/** Words at a name's end that say nothing of what it holds. */
const TAILS = new Set(
  "value val str string text txt raw prod production dev development stage staging test testing live local default base b64 base64 primary secondary env main current new old plain plaintext clear cleartext hex bytes data input param arg opt const var encoded decoded master replica admin root user".split(
    " ",
  ),
);

const PASSWORDS = new Set(
  "password passwords passwd passwds pwd pwds pass passphrase passphrases passcode pw pswd psw passw passwort kennwort motdepasse mdp contrasena clave senha parola haslo heslo wachtwoord losenord salasana sifre requirepass masterauth".split(
    " ",
  ),
);

const SECRETS = new Set(
  "secret secrets token tokens credential credentials creds apikey apikeys authcode bearer accesskey secretkey authtoken accesstoken pepper".split(
    " ",
  ),
);

/** With `key` behind it, each tells that the key opens something. */
const OPENING = new Set(
  "api access account admin app application auth authentication authorization bot client consumer crypto cipher aes deploy deployment developer encrypt encryption decryption hmac integration jwt license licence management master oauth partner personal private project rest secret security server service session shared sign signing signature storage subscription team user usage webhook write x maps email mail sms functions function host ingest instrumentation publish provisioning upload vault".split(
    " ",
  ),
);

const MAYBE = new Set(
  "key keys using auth authorization authentication signature sig salt seed cookie session sid dsn license licence serial otp totp pin".split(
    " ",
  ),
);

/** A credential word that one of these comes before names something public, or a place in a list. */
const PUBLIC = new Set(
  "public pub csrf xsrf page pagination next prev previous cursor continuation continue sync resume scroll cancel cancellation foreign unique composite partition sort cache blob lock idempotency peer i18n translation locale message route registry object map dict hash lookup index row column table trie query group sub fake mock dummy sample example invalid wrong bad expired placeholder special syntax parse parser lexer keyword reserved operator punctuator comment delimiter end start eof whitespace shortcut hot arrow function_name css design color theme".split(
    " ",
  ),
);

/** The class of the name in `text` that holds a credential word: a variable, key, parameter, header or tag. */
export function nameClass(name: string): NameClass {
  if (ENVIRONMENT.test(name)) return "none";
  const plain = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = wordsOf(plain).flatMap(splitCompound);
  let last = words.length - 1;
  while (last > 0 && isTail(words[last] ?? "")) last--;
  const head = words[last] ?? "";
  const before = words[last - 1] ?? "";
  if (PASSWORDS.has(head)) return words.slice(0, last).some((word) => FAKE.has(word)) ? "none" : "password";
  if (head === "phrase" && before === "pass") return "password";
  if (head === "code" && (before === "pass" || before === "auth")) return "secret";
  if (words.slice(0, last).some((word) => PUBLIC.has(word))) return "none";
  if (SECRETS.has(head)) return "secret";
  if (head !== "key" && head !== "keys") return MAYBE.has(head) ? "key" : "none";
  return words.slice(Math.max(0, last - 2), last).some((word) => OPENING.has(word)) ? "secret" : "key";
}

/** To pass something on is not a password. */
const ENVIRONMENT = /pass_?(?:env|thr(?:u|ough)|_?filenames?)$/i;

function isTail(word: string): boolean {
  return TAILS.has(word) || /^[0-9]{1,4}$/.test(word);
}

const FAKE = new Set("fake mock dummy sample example invalid wrong bad".split(" "));
