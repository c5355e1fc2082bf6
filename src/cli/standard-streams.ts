const opened = new Set<NodeJS.WriteStream>();

/** Standard output, opened by whoever first writes to it: Node takes longer over that than a small commit's scan. */
export function standardOutput(): NodeJS.WriteStream {
  const { stdout } = process;
  if (!opened.has(stdout)) stdout.on("error", toldNobody);
  opened.add(stdout);
  return stdout;
}

/** The same for standard error. */
export function standardError(): NodeJS.WriteStream {
  opened.add(process.stderr);
  return process.stderr;
}

/** Whether nothing that was written is still on its way. */
export function isAllSaid(): boolean {
  return [...opened].every(({ writableLength, errored }) => writableLength === 0 && errored === null);
}

/** Whoever reads our output may stop early (`aura-scan | head`): that is no fault of the scan. */
function toldNobody(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  // A report that cannot be written has told nobody anything: that is never a pass.
  process.stderr.write(`aura-scan: the report could not be written to standard output (${error.code})\n`);
  process.exit(3);
}
