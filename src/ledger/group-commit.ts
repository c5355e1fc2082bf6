/**
 * Gathers what is asked for while `commit` is at work and gives it all to the next one: many that wait for the disk at
 * once wait for it once. What `commit` gives back answers each in order; where it fails, all of that round do.
 */
export function groupCommit<Item, Result>(commit: (items: readonly Item[]) => Promise<readonly Result[]>) {
  type Waiting = {
    readonly items: readonly Item[];
    readonly resolve: (results: readonly Result[]) => void;
    readonly reject: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    // What is asked for in this turn of the event loop comes along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const round = waiting;
      waiting = [];
      try {
        const results = await commit(round.flatMap(({ items }) => items));
        let at = 0;
        for (const { items, resolve } of round) {
          resolve(results.slice(at, at + items.length));
          at += items.length;
        }
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    running = null;
  };

  return {
    add: (items: readonly Item[]): Promise<readonly Result[]> =>
      new Promise((resolve, reject) => {
        waiting.push({ items, resolve, reject });
        running ??= run();
      }),
    /** Resolves when nothing is waiting any more. */
    settled: async (): Promise<void> => {
      while (running !== null) await running;
    },
  };
}
