/** How much work may still be done for one text. */
export type Allowance = {
  /** Uses up so many units; false once all of them are. */
  readonly take: (units: number) => boolean;
  /** Whether all of it is used up, so that something may have been left out. */
  readonly isSpent: () => boolean;
};

/** An allowance of `units` units of work. */
export function allowance(units: number): Allowance {
  let left = units;
  return {
    take(wanted) {
      if (wanted > left) left = 0;
      else left -= wanted;
      return left > 0;
    },
    isSpent: () => left <= 0,
  };
}
