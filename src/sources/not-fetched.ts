/** Why an object is not read that a partial clone has not got: nothing is fetched unless somebody does it. */
export function missingFromPartial(id: string): string {
  return `object ${id} is missing from this partial clone (git fetch --refetch --no-filter brings it)`;
}

/** The same for what git said when it was not let fetch the object by itself; null: it said something else. */
export function notFetched(complaint: string): string | null {
  const id = /could not fetch ([0-9a-f]{40,64}) from promisor remote/.exec(complaint)?.[1];
  return id === undefined ? null : missingFromPartial(id);
}
