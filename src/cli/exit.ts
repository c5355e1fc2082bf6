/** Exit codes, for ever (design section 7). */
export const EXIT = { allow: 0, block: 1, usage: 2, incomplete: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Wrong usage: told in one line with what to do, exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
