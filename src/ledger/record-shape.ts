type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isTime: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const isCount: Check = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;
const isTable: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);
const shaped =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isTable(value) && Object.entries(shape).every(([key, check]) => check(Reflect.get(Object(value), key)));

/** What each kind of record holds. A reader may trust it: who can seal a line can still write nonsense into it. */
const SHAPES: ReadonlyMap<string, Check> = new Map([
  [
    "open",
    shaped({
      ...{ segment: isText, tool: isText, rules: isCount, rules_digest: orNull(isText) },
      ...{ settings_digest: isText, policy_digest: orNull(isText) },
      heads: (value) => isTable(value) && Object.values(Object(value)).every(isText),
    }),
  ],
  [
    "push",
    shaped({
      ...{ record_id: isText, aura_id: isText, name: isText, path: isText },
      ...{
        hash: orNull(isText),
        bytes: orNull(isCount),
        mothership: orNull(isText),
        peer_id: orNull(isText),
      },
      redactions: listOf(shaped({ detector: isText, count: isCount })),
      state: oneOf("cleared", "blocked", "withheld"),
      ...{ reasons: listOf(isText), rules: listOf(isText), settings_digest: isText },
      ...{ language: orNull(isText), signature_bytes: orNull(isCount) },
    }),
  ],
  [
    "state",
    shaped({
      ...{ record_id: isText, state: oneOf("sent", "failed") },
      ...{ mothership: orNull(isText), error: orNull(isText) },
      // Records of before it was kept have none.
      happened_at: (value) => value === undefined || value === null || isTime(value),
    }),
  ],
  ["pull", shaped({ aura_id: isText, peer_id: isText, bytes: isCount, hash: orNull(isText) })],
  [
    "settings",
    shaped({
      ...{ settings_digest: isText, policy_digest: orNull(isText), fault: orNull(isText) },
      ...{ settings: isTable, policy: orNull(isTable) },
    }),
  ],
  ["scrub", shaped({ record_id: isText, hash: isText, reason: isText })],
  ["skip", shaped({ hook: oneOf("pre-commit", "pre-push"), head: orNull(isText), commits: listOf(isText) })],
  [
    "anchor",
    shaped({
      segments: listOf(shaped({ segment: isText, head: isText, records: isCount, from: isText, to: isText })),
      mac: isText,
    }),
  ],
]);

/** Whether this version knows records of the kind. */
export function isKnownKind(kind: unknown): boolean {
  return typeof kind === "string" && SHAPES.has(kind);
}

/** Whether all that its kind asks for is there, each of its type. */
export function isEntry(value: { readonly [key: string]: unknown }): boolean {
  const { kind } = value;
  return typeof kind === "string" && (SHAPES.get(kind)?.(value) ?? false);
}
