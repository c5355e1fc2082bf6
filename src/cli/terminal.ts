import { fstatSync } from "node:fs";
import { isatty } from "node:tty";
import { withoutOrders } from "../report/orders.js";
import { onceNobodyReads } from "./reader-gone.js";
import { standardError, standardOutput } from "./standard-streams.js";

/** Where a command's words go; the only place that knows the process's streams. */
export type Terminal = {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** What holds orders for a CI agent goes out with these broken, unless it is said to be `exact`: ours, or a program's. */
  readonly out: (text: string, as?: "exact") => void;
  readonly err: (text: string) => void;
  /** Calls `gone` when nobody reads what goes out any more; gives back how to stop looking. For who waits to tell more. */
  readonly onceNobodyReads: (gone: () => void) => () => void;
  readonly color: boolean;
  /** Whether somebody watches the error stream: a terminal, and not a CI system's. */
  readonly live: boolean;
  /** Columns; 80 where nobody knows. */
  readonly width: number;
};

/** This process's terminal. Colour follows https://no-color.org and FORCE_COLOR. */
export function processTerminal(): Terminal {
  const { env } = process;
  return {
    cwd: process.cwd(),
    // Opened only by whoever reads it.
    get stdin() {
      return process.stdin;
    },
    out(text, as) {
      if (text !== "") standardOutput().write(as === "exact" ? text : withoutOrders(text));
    },
    err: (text) => void standardError().write(withoutOrders(text)),
    onceNobodyReads: (gone) => onceNobodyReads(gone),
    get color() {
      return wantsColor(env, isTerminal(1));
    },
    get live() {
      return isTerminal(2) && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
    },
    get width() {
      const columns = isTerminal(1) ? standardOutput().columns : undefined;
      return columns ?? (Number.parseInt(env["COLUMNS"] ?? "", 10) || 80);
    },
  };
}

function wantsColor(env: NodeJS.ProcessEnv, isOnTerminal: boolean): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isOnTerminal && env["TERM"] !== "dumb";
}

/** `isatty`, which Node loads with all of its streams and sockets, is asked only of what can be a terminal. */
function isTerminal(file: number): boolean {
  try {
    return (process.platform === "win32" || fstatSync(file).isCharacterDevice()) && isatty(file);
  } catch {
    // It is closed.
    return false;
  }
}
