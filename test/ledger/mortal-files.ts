/** How many steps that change something on disk a process still does before it is as good as killed. */
export type Life = { steps: number };

type Step = (...args: never[]) => unknown;

/** The module with these of its functions counted: the one that `life` does not reach any more throws. */
export function mortal<Module extends object>(
  real: Module,
  life: Life,
  names: readonly (keyof Module)[],
): Module {
  const counted = names.map((name) => {
    const step = real[name] as Step;
    const mortalStep: Step = (...args) => {
      if (--life.steps < 0) throw new Error("killed");
      return step(...args);
    };
    return [name, mortalStep] as const;
  });
  return { ...real, ...Object.fromEntries(counted) };
}
