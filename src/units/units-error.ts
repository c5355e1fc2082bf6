/** A file that could not be parsed; its functions are unknown, so nothing of it may be cleared. */
export class UnitsError extends Error {
  override readonly name = "UnitsError";
  readonly path: string;
  readonly reason: "not-loaded" | "failed" | "timed-out";
  constructor(path: string, reason: UnitsError["reason"], message: string, cause?: unknown) {
    super(`${path}: ${message}`, { cause });
    this.path = path;
    this.reason = reason;
  }
}
