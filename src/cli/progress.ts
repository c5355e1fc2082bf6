import { thousands } from "../report/words.js";
import type { Terminal } from "./terminal.js";

/** How far a run is, told while it goes on. */
export type Progress = {
  /** More files are known of. */
  readonly expect: (files: number) => void;
  /** A file was read, or named as not read. */
  readonly done: (bytes: number) => void;
  /** Nothing of it stays on the screen. */
  readonly end: () => void;
};

/** A run that is over by then needs no bar; nor does anybody read one that changes faster. In milliseconds. */
const FIRST_AFTER = 1000;
const EVERY = 100;

/** A bar on the terminal's error stream: nowhere else, not in CI, and nothing for whoever asked for quiet. */
export function progressOn(
  terminal: Terminal,
  quiet: boolean,
  now: () => number = () => process.uptime() * 1000,
): Progress {
  const started = now();
  let shown = 0;
  let files = 0;
  let bytes = 0;
  let expected = 0;
  const isShown = !quiet && terminal.live;
  return {
    expect(more) {
      expected += more;
    },
    done(read) {
      files++;
      bytes += read;
      if (!isShown) return;
      const at = now();
      if (at - started < FIRST_AFTER || at - shown < EVERY) return;
      shown = at;
      const line = progressLine({ files, bytes, expected, seconds: (at - started) / 1000 }, terminal.width);
      terminal.err(`\r${line}\x1b[K`);
    },
    end() {
      if (shown > 0) terminal.err("\r\x1b[K");
    },
  };
}

/** How far a run is. `expected` is the number of files, 0 where nobody knows. */
export type Standing = {
  readonly files: number;
  readonly bytes: number;
  readonly expected: number;
  readonly seconds: number;
};

const BAR = 24;

/** One line of at most `width - 1` columns. */
export function progressLine({ files, bytes, expected, seconds }: Standing, width: number): string {
  const share = expected > 0 ? Math.min(1, files / expected) : 0;
  const filled = Math.round(share * BAR);
  const speed = `${(bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(1)} MB/s`;
  const count = `${thousands(files)}${expected > 0 ? ` of ${thousands(expected)}` : ""} files`;
  const left = share > 0 && share < 1 ? [`${timeLeft((seconds / share) * (1 - share))} left`] : [];
  const bar = expected > 0 ? [`${"━".repeat(filled)}${"─".repeat(BAR - filled)}`] : [];
  const words = [...bar, count, speed, ...left].join("  ");
  return words.length < width ? words : [count, speed].join("  ").slice(0, Math.max(0, width - 1));
}

function timeLeft(seconds: number): string {
  const rounded = Math.max(1, Math.round(seconds));
  return rounded < 90 ? `${rounded} s` : `${Math.round(rounded / 60)} min`;
}
