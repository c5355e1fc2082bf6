/** What one look gave. `fault` and `unknown` come with what to do; a `note` is worth knowing and no fault. */
export type Check = {
  /** What was looked at, for ever: a word that a program may rely on. */
  readonly id: string;
} & (
  | { readonly state: "good" | "note"; readonly message: string; readonly fix: null }
  | { readonly state: "fault" | "unknown"; readonly message: string; readonly fix: string }
);

export type State = Check["state"];

export const good = (id: string, message: string): Check => ({ id, state: "good", message, fix: null });

export const note = (id: string, message: string): Check => ({ id, state: "note", message, fix: null });

/** The gate does not work, or will not, until this is mended. */
export const fault = (id: string, message: string, fix: string): Check => ({
  id,
  state: "fault",
  message,
  fix,
});

/** It could not be told whether the gate works. */
export const unknown = (id: string, message: string, fix: string): Check => ({
  id,
  state: "unknown",
  message,
  fix,
});
