/**
 * Whether `value` stands for a secret instead of being one: `xxxx`, `<your-key>`, `${TOKEN}`, `changeme`,
 * `process.env.TOKEN`, a keyboard sequence, something that is masked or encrypted already.
 */
export function isPlaceholder(value: string): boolean {
  return (
    isMasked(value) ||
    isDummy(value) ||
    isReference(value) ||
    DUMMY_VALUE.test(value) ||
    MADE_UP.test(value) ||
    isOneWord(value)
  );
}

/**
 * Whether `value` stands for a secret even in a file of settings, where people do leave `password123` and `12345678`:
 * a hole to be filled, a reference, the word for the thing itself.
 */
export function isHole(value: string): boolean {
  if (isMasked(value) || isReference(value)) return true;
  if (HOLE.test(value) || DUMMY_PART.test(value) || MADE_UP.test(value)) return true;
  return (
    /([xX.*_-])\1{3}|^(.)\2+$|…/.test(value) ||
    !/[0-9A-Za-z\u00c0-\u024f].*[0-9A-Za-z\u00c0-\u024f]/.test(value)
  );
}

const HOLE =
  /^(?:(?:my|your|the|some|new|old|a)?[-_ ]?(?:secret|passw(?:or)?d|pass|pwd|token|key|api[-_]?key|credentials?|user(?:name)?|login)(?:[-_ ]?here)?|change[-_]?(?:me|it|this)|none|null|nil|undefined|unset|true|false|unknown|missing|optional|required|string|empty|todo|tbd|n\/a|example|default|foo(?:bar)?|bar|baz)$/i;

/** `EXAMPLE` in a token, and words that say it themselves: `somefakekey`. */
const MADE_UP =
  /EXAMPLE|^[a-z_-]{0,24}(?:fake|dummy|placeholder|example|notreal|bogus)[a-z_-]{0,24}[0-9]{0,4}$/;

/** Whether a mask went over `value`: no rule of any kind accepts it. */
export function isMasked(value: string): boolean {
  return value.includes("***") || /(?:\[|<|^)(?:redacted|masked|hidden|filtered|removed)\b/i.test(value);
}

/** Whether `value` is filled up with what people fill tokens up with: repeats, sequences, `your-key-here`. */
export function isDummy(value: string): boolean {
  // Runs of A and a are common in real tokens: zero bytes in base64.
  return (
    /([0-9B-Zb-z._•-])\1{7}|[xX]{5}|\.\.\.|…/.test(value) ||
    holdsSequence(value) ||
    DUMMY_PART.test(value) ||
    isTyped(value)
  );
}

/** Two runs of one character held down: no random token has them. */
function isTyped(value: string): boolean {
  return value.length <= 512 && (value.match(/([0-9B-Zb-z])\1{4}/g)?.length ?? 0) >= 2;
}

/** Words that a person writes in place of a token's random part. */
const DUMMY_PART =
  /(?:^|[^a-z])(?:your|my|the)[-_ ]?(?:own[-_ ]?)?(?:api|app|auth|access|client|secret|token|key|password|account|bot|user|project|org)(?![a-z]{3})|[-_]here(?:$|[^a-z])|place[-_ ]?holder|change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|with|this)|redacted|insert[-_ ]|dummy|(?:^|[-_. ])(?:fake|example|sample|invalid|mock)(?:$|[-_. ])|to[-_ ]be[-_ ](?:set|filled)|not[-_ ]?a[-_ ]?(?:real|secret)|deadbeef|(?:example){2}/i;

/** Values that are no secret as a whole; passwords of documentation among them. */
const DUMMY_VALUE =
  /^(?:(?:my|your|the|some|super|a|an|test|fake|dummy|example|sample|demo|default|new|old|db|root|admin|user|mysql|postgres)?[-_ ]?(?:long|top|very)?[-_ ]?(?:secret|passw(?:or)?d|pass|pwd|token|key|api[-_]?key|credentials?|pa\$\$w(?:or|0r)d|p@ssw(?:or|0r)d|pa55w(?:or|0r)d)[-_]?(?:key|value|token|123|1234|[0-9]|here)?!?|none|null|nil|undefined|true|false|unknown|missing|optional|required|string|empty|todo|tbd|n\/a|tiger|foo(?:bar)?(?:baz)?|bar|baz|qwerty[0-9a-z]*|letmein|(?:in|un)secure|asdf[a-z]*|lorem[a-z ]*|admin(?:123)?|root|guest|test(?:ing)?[0-9]*)$/i;

const SEQUENCES = [
  "0123456789abcdef0123456789abcdef",
  "abcdefghijklmnopqrstuvwxyz",
  "1234567890".repeat(2),
  "qwertyuiop",
  "000102030405060708090a0b0c0d0e0f",
];

/** How much of a sequence gives a dummy away: random base62 of 40 holds eight in a row once in 10^12. */
const SEQUENCE_LENGTH = 8;

function holdsSequence(value: string): boolean {
  if (value.length < SEQUENCE_LENGTH) return false;
  const folded = value.toLowerCase();
  return SEQUENCE_PARTS.some((part) => folded.includes(part));
}

const SEQUENCE_PARTS = SEQUENCES.flatMap((sequence) => [sequence, [...sequence].reverse().join("")]).flatMap(
  (sequence) =>
    Array.from({ length: sequence.length - SEQUENCE_LENGTH + 1 }, (_, at) =>
      sequence.slice(at, at + SEQUENCE_LENGTH),
    ),
);

/** A variable, a template's hole, an expression that reads the secret from elsewhere, an encrypted value. */
function isReference(value: string): boolean {
  return (
    /^(?:__[A-Za-z0-9_]{1,60}__|@@?[A-Za-z0-9_.]{1,60}@@?|%%[A-Za-z0-9_]{1,60}%%)$/.test(value) ||
    /^[$%@#]?(?:\{.*\}|\(.*\)|<.*>|\[.*\])$/.test(value) ||
    /\$\{|\{\{|<%|%\(\w+\)[sdr]|\$\(|#\{|^\{[^}]*\}|^<[^>]+>|^%?%[A-Z_a-z]+%$|^%[a-z]$|^\$[A-Za-z_]\w*$|^:[a-z_]+$/.test(
      value,
    ) ||
    /\b(?:process\.env|import\.meta|os\.environ|getenv|System\.get|ENV\[|env\(|vars?\.|secrets?\.|config[.(]|settings\.|self\.|this\.)/.test(
      value,
    ) ||
    /^(?:ENC\[|ENC\(|vault:|op:\/\/|ref\+|arn:|secret:|\$ANSIBLE_VAULT|AgB[0-9A-Za-z+/]{200})/.test(value)
  );
}

/** One character over and over, or hardly more than that. */
function isOneWord(value: string): boolean {
  return new Set(value).size <= Math.min(4, value.length / 3);
}
