/** What GNU time is asked to write: seconds of user and system CPU, peak kilobytes, exit code. */
export const GNU_FORMAT = "%U %S %M %x";

/**
 * What `time -f "%U %S %M %x"` wrote (https://www.gnu.org/software/time/), or null if it wrote no such line. A line
 * about how the program ended may stand before it:
 *
 *     Command terminated by signal 9
 *     1.25 0.31 94412 0
 */
export function parseGnuTime(text) {
  const line = /^([\d.]+) ([\d.]+) (\d+) (\d+)$/m.exec(text);
  if (line === null) return null;
  const signal = /^Command terminated by signal (\d+)$/m.exec(text);
  return {
    cpu: Number(line[1]) + Number(line[2]),
    memory: Number(line[3]) * 1024,
    code: Number(line[4]),
    signal: signal === null ? null : Number(signal[1]),
  };
}

/**
 * What `time -l` of macOS and the BSDs wrote, or null; the peak is in bytes there. The exit code is time's own:
 *
 *             1.25 real         1.10 user         0.31 sys
 *                94412800  maximum resident set size
 */
export function parseBsdTime(text) {
  const cpu = /([\d.]+) user\s+([\d.]+) sys/.exec(text);
  const peak = /(\d+)\s+maximum resident set size/.exec(text);
  if (cpu === null || peak === null) return null;
  return { cpu: Number(cpu[1]) + Number(cpu[2]), memory: Number(peak[1]), code: null, signal: null };
}
