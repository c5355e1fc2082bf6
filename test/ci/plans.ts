import type { Comparison, Plan } from "../../src/ci/plan.js";

export const ZERO = "0".repeat(40);
export const MERGE = "a1".repeat(20);
export const HEAD = "b2".repeat(20);
export const BASE = "c3".repeat(20);
export const OLD = "d4".repeat(20);

const words = (parts: readonly string[]): string => parts.map((part) => ` ${part}`).join("");

/** `about | tips | against | besides | otherwise` */
export function planWords(plan: Plan): string {
  const tips = words(plan.tips.map(({ revision }) => revision));
  const against = words(plan.against.map(comparisonWords));
  const besides = words(plan.besides.map(({ revision }) => revision));
  return `${plan.about} |${tips} |${against} |${besides} | ${plan.otherwise}`;
}

function comparisonWords(comparison: Comparison): string {
  return comparison.kind === "first parent" ? `^1(${comparison.second})` : comparison.revision;
}
