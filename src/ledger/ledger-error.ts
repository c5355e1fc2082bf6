import { refusalReason } from "../files/replace-file.js";

/** What kept the ledger from its work; `scrubbed`: nothing did, but the text is one that had to go. */
export type LedgerFault = "full" | "read-only" | "no-access" | "damaged" | "scrubbed" | "other";

/** The ledger could not be written or read: nothing that it should have kept counts, and no push may leave. */
export class LedgerError extends Error {
  readonly code: LedgerFault;

  constructor(code: LedgerFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "LedgerError";
    this.code = code;
  }
}

const FAULTS: Readonly<Record<string, LedgerFault>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EFBIG: "full",
  EROFS: "read-only",
  EACCES: "no-access",
  EPERM: "no-access",
  ENOTDIR: "damaged",
  EEXIST: "damaged",
  EISDIR: "damaged",
  ELOOP: "damaged",
};

const ADVICE: Readonly<Record<LedgerFault, string>> = {
  full: "Make room there, or keep less: keep_days and keep_bytes in [live.audit].",
  "read-only": "Mount it writable, or move the repository to a place that is.",
  "no-access": "Give it to the user who runs aura-scan: chown, then chmod 700.",
  damaged: "Move away what stands there; the ledger makes its own files and folders anew.",
  scrubbed: "Take the secret out.",
  other: "Try again; if it stays, look at the disk.",
};

/** The operating system's refusal as a LedgerError that says what was tried, where, and what to do. Throws any other error on. */
export function ledgerError(error: unknown, what: string, path: string): LedgerError {
  if (error instanceof LedgerError) return error;
  const reason = refusalReason(error);
  const code = FAULTS[codeOf(error) ?? ""] ?? "other";
  const text = `The ledger cannot ${what}: ${reason} (${path}). ${ADVICE[code]}`;
  return new LedgerError(code, text, { cause: error });
}

/** What the operation gives; its refusal is told as `ledgerError` does. */
export function orLedgerError<Value>(what: string, path: string, operation: () => Value): Value {
  try {
    return operation();
  } catch (error) {
    throw ledgerError(error, what, path);
  }
}

/** What the operation gives, or null where the file or folder is not there. */
export function orAbsent<Value>(operation: () => Value): Value | null {
  try {
    return operation();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** The operating system's code of an error, or null where it is none of its. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}
