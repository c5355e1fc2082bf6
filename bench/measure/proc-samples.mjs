import { readFileSync } from "node:fs";

/** /proc counts CPU in hundredths of a second on every Linux. */
const TICKS = 100;

/**
 * Where there is no `time`: the CPU and the peak memory of process `pid`, read from /proc every 20 ms until `stop()`
 * is called. A program's own children count for CPU only, once it has waited for them.
 */
export function sampleProcess(pid) {
  let last = null;
  const sample = () => {
    try {
      last = parseProc(
        readFileSync(`/proc/${pid}/stat`, "utf8"),
        readFileSync(`/proc/${pid}/status`, "utf8"),
      );
    } catch {
      // It has ended, or there is no /proc: what was seen so far is what there is.
    }
  };
  sample();
  const timer = setInterval(sample, 20);
  return {
    stop() {
      clearInterval(timer);
      return last;
    },
  };
}

/**
 * CPU and peak from https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name in brackets may hold
 * blanks, so fields are counted after it: utime, stime, cutime and cstime are the 12th to 15th there.
 *
 *     4242 (node) R 1 … 120 31 0 0 …          VmHWM:     94412 kB
 */
export function parseProc(stat, status) {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status);
  return { cpu: ticks / TICKS, memory: peak === null ? null : Number(peak[1]) * 1024 };
}
