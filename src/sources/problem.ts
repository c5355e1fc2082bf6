/** Why the operating system refused something: its code, and words for people. */
export type Problem = { readonly code: string; readonly reason: string };

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  EIO: "the disk reported an error",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many open files",
};

/** What the operation returns, or the operating system's refusal as a value. Other errors go on. */
export function orProblem<Value>(operation: () => Value): Value | Problem {
  try {
    return operation();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && typeof error.code === "string")) throw error;
    return { code: error.code, reason: REASONS[error.code] ?? error.code };
  }
}

/** Whether `orProblem` gave a refusal. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "reason" in value;
}
