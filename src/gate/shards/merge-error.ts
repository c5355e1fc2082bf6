/** Reports that cannot become one: `usage` for those that never could, `incomplete` where some of a run is lacking. */
export class MergeError extends Error {
  override readonly name = "MergeError";
  readonly kind: "usage" | "incomplete";
  constructor(kind: "usage" | "incomplete", message: string) {
    super(message);
    this.kind = kind;
  }
}
