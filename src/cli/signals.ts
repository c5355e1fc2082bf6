/** Does `end` once when the process is asked to end (SIGTERM, SIGINT); a second time ends it at once. Gives back how to stop listening. */
export function onceAskedToEnd(end: () => void): () => void {
  const stop = (): void => {
    process.removeListener("SIGTERM", asked);
    process.removeListener("SIGINT", asked);
  };
  const asked = (): void => {
    stop();
    end();
  };
  process.once("SIGTERM", asked);
  process.once("SIGINT", asked);
  return stop;
}
