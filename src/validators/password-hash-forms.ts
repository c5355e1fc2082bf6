/** One way in which programs write a password's hash. */
export type HashForm = {
  /** What no other text begins with. */
  readonly start: RegExp;
  readonly whole: RegExp;
  /** The algorithm's name, for people. */
  readonly note: (hash: string) => string;
};

const form = (start: RegExp, whole: RegExp, note: string | ((hash: string) => string)): HashForm => ({
  start,
  whole,
  note: typeof note === "string" ? () => note : note,
});

/** After bcrypt's second dollar sign. */
const cost = (hash: string): string => `bcrypt, cost ${Number(/\$(\d\d)\$/.exec(hash)?.[1] ?? 0)}`;

/** Of base64 or crypt's own alphabet. */
const D = "[./0-9A-Za-z+=_-]";

/**
 * The forms of crypt(5) (https://man.archlinux.org/man/crypt.5), Apache
 * (https://httpd.apache.org/docs/2.4/misc/password_encryptions.html), PHC strings
 * (https://github.com/P-H-C/phc-string-format), LDAP (RFC 2307), Django
 * (https://docs.djangoproject.com/en/stable/topics/auth/passwords/), Werkzeug, passlib, Spring, phpass, Drupal,
 * PostgreSQL, MySQL, SQL Server, Cisco and Windows.
 */
export const HASH_FORMS: readonly HashForm[] = [
  form(
    /^(?:\{bcrypt\}|bcrypt\$|bcrypt_sha256\$|\{CRYPT\})?\$2[abxy]?\$/,
    /\$2[abxy]?\$(?:0[4-9]|[12]\d|3[01])\$[./0-9A-Za-z]{53}$/,
    cost,
  ),
  form(/^(?:\{CRYPT\})?\$apr1\$/, /\$[./0-9A-Za-z]{0,8}\$[./0-9A-Za-z]{22}$/, "Apache MD5"),
  form(/^(?:\{CRYPT\})?\$1\$/, /\$[./0-9A-Za-z]{0,8}\$[./0-9A-Za-z]{22}$/, "MD5 crypt"),
  form(
    /^(?:\{CRYPT\})?\$5\$/,
    /\$5\$(?:rounds=\d{1,9}\$)?[^$:\s]{0,16}\$[./0-9A-Za-z]{43}$/,
    "SHA-256 crypt",
  ),
  form(
    /^(?:\{CRYPT\})?\$6\$/,
    /\$6\$(?:rounds=\d{1,9}\$)?[^$:\s]{0,16}\$[./0-9A-Za-z]{86}$/,
    "SHA-512 crypt",
  ),
  form(/^\$(?:g?y)\$/, /^\$g?y\$[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{0,86}\$[./0-9A-Za-z]{43}$/, "yescrypt"),
  form(/^\$7\$/, /^\$7\$[./0-9A-Za-z]{11,97}\$[./0-9A-Za-z]{43}$/, "scrypt"),
  form(/^\$md5[$,]/, /^\$md5(?:,rounds=\d{1,9})?\$[./0-9A-Za-z]{0,16}\$\$?[./0-9A-Za-z]{22}$/, "Sun MD5"),
  form(/^\$sha1\$/, /^\$sha1\$\d{1,9}\$[./0-9A-Za-z]{1,64}\$[./0-9A-Za-z]{28}$/, "SHA-1 crypt"),
  form(/^\$3\$\$/, /^\$3\$\$[0-9a-f]{32}$/, "NTLM"),
  form(
    /^(?:argon2)?\$argon2(?:id|i|d)\$/,
    new RegExp(`\\$(?:v=\\d+\\$)?m=\\d+,t=\\d+,p=\\d+\\$${D}{8,88}\\$${D}{20,172}$`),
    "Argon2",
  ),
  form(
    /^\$pbkdf2(?:-sha\d{1,3})?\$/,
    new RegExp(`^\\$pbkdf2(?:-sha\\d{1,3})?\\$(?:i=)?\\d{1,8}(?:,l=\\d+)?\\$${D}{0,172}\\$${D}{27,88}$`),
    "PBKDF2",
  ),
  form(
    /^pbkdf2_sha(?:1|256|512)\$/,
    new RegExp(`^pbkdf2_sha\\d{1,3}\\$\\d{1,8}\\$[^$\\s]{1,64}\\$${D}{27,90}$`),
    "PBKDF2",
  ),
  form(
    /^pbkdf2:sha\d{1,3}/,
    /^pbkdf2:sha\d{1,3}(?::\d{1,8})?\$[0-9A-Za-z]{1,64}\$(?:[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/,
    "PBKDF2",
  ),
  form(/^scrypt:\d/, /^scrypt:\d{1,8}:\d{1,4}:\d{1,4}\$[0-9A-Za-z]{1,64}\$[0-9a-f]{128}$/, "scrypt"),
  form(/^scrypt\$/, /^scrypt\$[^$\s]{1,64}\$\d+\$\d+\$\d+\$[0-9A-Za-z+/]{27,88}={0,2}$/, "scrypt"),
  form(
    /^\$scrypt\$ln=/,
    new RegExp(`^\\$scrypt\\$ln=\\d+,r=\\d+,p=\\d+\\$${D}{0,88}\\$${D}{27,88}$`),
    "scrypt",
  ),
  form(/^\$[PH]\$/, /^\$[PH]\$[./0-9A-Za-z]{31}$/, "phpass"),
  form(/^U?\$S\$/, /^U?\$S\$[./0-9A-Za-z]{52}$/, "Drupal SHA-512"),
  form(
    /^(?:sha1|md5)\$[^$]{0,64}\$/,
    /^(?:sha1\$[^$\s]{0,64}\$[0-9a-f]{40}|md5\$[^$\s]{0,64}\$[0-9a-f]{32})$/,
    (hash) => (hash.startsWith("sha1") ? "SHA-1" : "MD5"),
  ),
  form(/^\{SHA\}/i, /^\{SHA\}[0-9A-Za-z+/]{27}=$/i, "SHA-1"),
  form(/^\{SSHA\}/i, /^\{SSHA\}[0-9A-Za-z+/]{32,64}={0,2}$/i, "salted SHA-1"),
  form(/^\{S?SHA256\}/i, /^\{S?SHA256\}[0-9A-Za-z+/]{43,86}={0,2}$/i, "SHA-256"),
  form(/^\{S?SHA(?:384|512)\}/i, /^\{S?SHA(?:384|512)\}[0-9A-Za-z+/]{64,128}={0,2}$/i, "SHA-512"),
  form(/^\{S?MD5\}/i, /^\{S?MD5\}[0-9A-Za-z+/]{22,44}={0,2}$/i, "MD5"),
  form(
    /^SCRAM-SHA-(?:1|256|512)\$/,
    /^SCRAM-SHA-\d{1,3}\$\d{1,8}:[0-9A-Za-z+/]{8,64}={0,2}\$[0-9A-Za-z+/]{27,86}={0,2}:[0-9A-Za-z+/]{27,86}={0,2}$/,
    "SCRAM",
  ),
  form(/^\$A\$\d{3}\$/, /^\$A\$\d{3}\$[\s\S]{63}$/, "MySQL SHA-256"),
  form(/^\*[0-9A-F]{40}$/, /^/, "MySQL SHA-1"),
  form(
    /^0x0[12]00[0-9A-F]{8}/i,
    /^0x(?:0100[0-9A-F]{48}(?:[0-9A-F]{40})?|0200[0-9A-F]{136})$/i,
    "SQL Server",
  ),
  form(/^md5[0-9a-f]{32}$/, /^/, "PostgreSQL MD5"),
  form(/^\$[89]\$[./0-9A-Za-z]{14}\$/, /^\$[89]\$[./0-9A-Za-z]{14}\$[./0-9A-Za-z]{43}$/, (hash) =>
    hash.startsWith("$8") ? "Cisco PBKDF2" : "Cisco scrypt",
  ),
  form(/^[0-9a-f]{32}:[0-9a-f]{32}$/i, /^/, "NTLM"),
];
