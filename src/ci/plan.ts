/** The variables of a CI system; empty counts as unset, as in most of them. */
export type Surroundings = Readonly<Record<string, string | undefined>>;

/** A revision that git may know here, and what people call it. */
export type Named = { readonly revision: string; readonly words: string };

/** What was there before: the first of a plan's that is here is what counts. */
export type Comparison =
  /** A commit that the system told. */
  | (Named & { readonly kind: "commit" })
  /** A branch as it was fetched; of no use where it holds the tip already. */
  | (Named & { readonly kind: "branch" })
  /**
   * The tip's first parent is the target, if its second is `second`: then the system made it by merging that. Any other
   * merge is somebody's own, and its first parent would leave out what came before.
   */
  | { readonly kind: "first parent"; readonly second: string; readonly words: string };

/** What a CI system says of this run, before git was asked what of it is here. */
export type Plan = {
  /** As people call it: GitHub Actions. */
  readonly system: string;
  /** What the run is about: pull request 7. */
  readonly about: string;
  /** What is judged: the first that is here. */
  readonly tips: readonly Named[];
  readonly against: readonly Comparison[];
  /** What these hold is not new either; used where they are here and do not hold the tip. */
  readonly besides: readonly Named[];
  /** What to do in a whole clone that holds nothing of `against`: nothing passes, or what is read instead. */
  readonly otherwise: "incomplete" | "all commits" | "files";
  /** Why that may come to be: the branch is new. */
  readonly why: string;
  /** The one line that brings what is missing: into a shallow clone, and into a whole one. */
  readonly remedy: { readonly shallow: string; readonly missing: string };
};

/** A variable's value; null where it is unset or empty. */
export function told(surroundings: Surroundings, name: string): string | null {
  const value = surroundings[name]?.trim() ?? "";
  return value === "" ? null : value;
}

/** An object's id; null for anything else, and for the zeros that stand for no object. */
export function idIn(value: unknown): string | null {
  if (typeof value !== "string" || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return null;
  return /^0+$/.test(value) ? null : value;
}

/** The commit of this id as something to be judged, or compared with; none where the system told no id. */
export function commits(value: unknown, words: string): readonly (Named & { readonly kind: "commit" })[] {
  const id = idIn(value);
  return id === null ? [] : [{ kind: "commit", revision: id, words }];
}

/**
 * The branch of this name as CI systems fetch it, from `origin`. None for a name that git would not take for a branch
 * (https://git-scm.com/docs/git-check-ref-format): in `rev-parse` it could mean anything.
 */
export function fetchedBranch(value: unknown): readonly (Named & { readonly kind: "branch" })[] {
  if (typeof value !== "string") return [];
  const name = branchName(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: git takes none of them in a name
  if (name === "" || /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|^[-/.]|[/.]$/.test(name)) return [];
  return [{ kind: "branch", revision: `refs/remotes/origin/${name}`, words: `origin/${name}` }];
}

/** What a push is held against: what the ref was before, and what the default branch (`main`) has. */
export function pushed(
  kind: "branch" | "tag",
  before: Plan["against"],
  main: ReturnType<typeof fetchedBranch>,
): Pick<Plan, "against" | "besides" | "otherwise" | "why"> {
  const why =
    before.length > 0
      ? "what was there before the push is gone"
      : `the ${kind} is new, and nothing is there to compare it with`;
  return { against: [...before, ...main], besides: main, otherwise: "all commits", why };
}

/** `main` for `refs/heads/main` and for `main`. */
export function branchName(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

/** The target of a change whose head this is, where the tip is the merge of the two. */
export function mergeOf(head: string): Comparison {
  return { kind: "first parent", second: head, words: "its target" };
}
