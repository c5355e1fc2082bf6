/** Does `work` until it is done or the person at the terminal has enough (Ctrl+C), which is no fault. */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const enough = new AbortController();
  const stop = (): void => enough.abort();
  process.once("SIGINT", stop);
  try {
    await work(enough.signal);
  } finally {
    process.off("SIGINT", stop);
  }
}
