import type { GitleaksRule } from "./config.js";

/**
 * An id of our form for each rule, unique in the file and none of `taken`: a rule with a default rule's id would take
 * its place, and an import only ever adds.
 */
export function ruleIds(
  rules: readonly GitleaksRule[],
  taken: ReadonlySet<string>,
  holdsSecret: (text: string) => boolean,
): readonly string[] {
  const used = new Set<string>();
  return rules.map(({ id, description }, index) => {
    const named = [id, description].find((text) => text !== null && slug(text) !== "" && !holdsSecret(text));
    const plain = slug(named ?? "") || `rule-${index + 1}`;
    const free = taken.has(plain) ? `gitleaks-${plain}` : plain;
    let unique = free;
    for (let count = 2; used.has(unique) || taken.has(unique); count++) unique = `${free}-${count}`;
    used.add(unique);
    return unique;
  });
}

/** Longer ids make unreadable lists. In characters. */
const LONGEST = 64;

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-|-$/g, "");
}
