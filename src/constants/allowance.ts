/** How much work may still be done for one text: `take` says no once all of it is used up. */
export type Allowance = { readonly take: (units: number) => boolean };

/** An allowance of `units` units of work. */
export function allowance(units: number): Allowance {
  let left = units;
  return {
    take(wanted) {
      if (wanted > left) left = 0;
      else left -= wanted;
      return left > 0;
    },
  };
}
