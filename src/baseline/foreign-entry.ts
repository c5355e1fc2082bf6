/** What another scanner was told to pass over, and where that is written. */
export type ForeignEntry = {
  /** For people: `.gitleaksignore:3`. */
  readonly origin: string;
  /** Relative to the repository's root, forward slashes. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** SHA-1 of the secret in hex, where the entry tells it: then the line does not matter. */
  readonly sha1: string | null;
  /** What a finding that it matches is recorded as. */
  readonly state: "open" | "accepted" | "false-positive";
  /** Why: names the format that it came from, and that scanner's own word for it. */
  readonly reason: string;
};

/** A line or an entry that is not of the format. */
export type ForeignFault = { readonly origin: string; readonly fault: string };

/** What a file of another scanner says. */
export type ForeignContent = {
  readonly entries: readonly ForeignEntry[];
  readonly faults: readonly ForeignFault[];
};

/** Another scanner's name for a kind of secret, as far as it is a plain one. */
export function plainName(name: unknown): string | null {
  return typeof name === "string" && /^[A-Za-z0-9][\w .()/-]{0,59}$/.test(name) ? name.trim() : null;
}

/** A path as we write it, whatever system it was written on. */
export function plainPath(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}
