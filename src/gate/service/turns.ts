/** Whose turn it is: the work of many clients, one piece after the other, each client in its turn. */
export type Turns = {
  /** Does a piece of `client`'s work when it is its turn; gives what the piece gives, or rejects with what it throws. */
  readonly take: <T>(client: object, work: () => T) => Promise<T>;
};

/** The event loop is kept from its other work no longer than this by pieces that are shorter, in milliseconds. */
const AT_A_STRETCH = 2;

/** Turns among clients: one with a thousand pieces waits behind another's first as long as behind its own next. */
export function turns(clock: () => number = () => performance.now()): Turns {
  const waiting = new Map<object, (() => void)[]>();
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled || waiting.size === 0) return;
    scheduled = true;
    // tree-sitter's trees are freed only when the event loop turns.
    setImmediate(go);
  };
  const go = (): void => {
    scheduled = false;
    const end = clock() + AT_A_STRETCH;
    do {
      const next = waiting.entries().next().value;
      if (next === undefined) return;
      const [client, pieces] = next;
      const piece = pieces.shift();
      // To the end of the queue.
      waiting.delete(client);
      if (pieces.length > 0) waiting.set(client, pieces);
      piece?.();
    } while (clock() < end);
    schedule();
  };

  return {
    take: (client, work) =>
      new Promise((resolve, reject) => {
        const piece = (): void => {
          try {
            resolve(work());
          } catch (error) {
            reject(error);
          }
        };
        const pieces = waiting.get(client);
        if (pieces === undefined) waiting.set(client, [piece]);
        else pieces.push(piece);
        schedule();
      }),
  };
}
