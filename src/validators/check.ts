/** What a look at the secret itself tells, without any network. */
export type Check = {
  /**
   * `passed`: its own checksum or structure holds. `failed`: it does not, so it is likely made up or cut.
   * `impossible`: it cannot be one at all. `unknown`: nothing to tell.
   */
  readonly outcome: "passed" | "failed" | "impossible" | "unknown";
  /** For people, one short clause that holds no part of the secret: "checksum holds", "encrypted". Null: nothing to say. */
  readonly note: string | null;
};

/** Looks at `secret`, at the time `now` in milliseconds since 1970. Takes any text and never throws. */
export type Validator = (secret: string, now: number) => Check;

export const passed = (note: string | null = null): Check => ({ outcome: "passed", note });
export const failed = (note: string | null = null): Check => ({ outcome: "failed", note });
export const impossible = (note: string | null = null): Check => ({ outcome: "impossible", note });
export const unknown = (note: string | null = null): Check => ({ outcome: "unknown", note });

/** The check of a token that carries a checksum of itself. */
export const byChecksum = (holds: boolean): Check =>
  holds ? passed("checksum holds") : failed("checksum does not hold");
