import { type Decision, decisionOf } from "../../src/ci/decision.js";
import type { Surroundings } from "../../src/ci/plan.js";
import { planOf } from "../../src/ci/plan-of.js";
import { repositoryOf } from "../../src/sources/repository.js";
import type { TestRepository } from "../repository.js";

/** What is decided in this clone. */
export async function decided(
  { root }: TestRepository,
  surroundings: Surroundings,
  payload: unknown = null,
  base: string | null = null,
): Promise<Decision> {
  const repository = await repositoryOf(root);
  if (repository === null) throw new Error("no repository");
  return decisionOf(repository, planOf(surroundings, payload, { base }));
}

/** What is read: the commits, or the commit whose files are, or why nothing is. */
export function read(decision: Decision): readonly string[] | string {
  if (decision.kind === "commits") return [...decision.commits].sort();
  return decision.kind === "files" ? `files of ${decision.tip}` : decision.reason;
}

export const sorted = (...ids: readonly string[]) => [...ids].sort();
