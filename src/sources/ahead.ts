import type { SourceItem } from "./source.js";
import type { WorkingPath } from "./working-file.js";

/** What was read of a file in which there is nothing to tell of. */
export type Clean = { readonly bytes: number; readonly units: number };

/** Looks at files before their turn comes, on whatever cores there are. */
export type Ahead = {
  /** What is known of the file of this index when its turn comes; null: it has to be looked at. */
  readonly clean: (index: number) => Promise<Clean | null>;
  /** Nothing more is asked for. */
  readonly close: () => void;
};

/** Begins to look at these files. */
export type LookAhead = (places: readonly WorkingPath[]) => Ahead;

/** Looks at nothing ahead. */
export const noLook: LookAhead = () => ({ clean: async () => null, close: () => {} });

/** What comes in its turn: a file that can be looked at ahead, or items that cannot. */
export type Turn = { readonly place: WorkingPath | null; readonly items: () => Iterable<SourceItem> };

/** News of something that is not read. */
export function skippedTurn(item: SourceItem): Turn {
  return { place: null, items: () => [item] };
}

/** So many are looked at ahead: their names are held in memory. */
const GROUP = 20_000;

/** The items of all turns, in order; a file that was found clean comes as that. */
export async function* inTurn(turns: Iterable<Turn>, look: LookAhead): AsyncGenerator<SourceItem> {
  for (const group of groupsOf(turns)) {
    const ahead = look(group.flatMap(({ place }) => place ?? []));
    try {
      let index = 0;
      for (const { place, items } of group) {
        const clean = place === null ? null : await ahead.clean(index++);
        if (clean !== null && place !== null) yield { kind: "clean", path: place.path, ...clean };
        else yield* items();
      }
    } finally {
      ahead.close();
    }
  }
}

function* groupsOf(turns: Iterable<Turn>): Generator<readonly Turn[]> {
  let group: Turn[] = [];
  for (const turn of turns) {
    group.push(turn);
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  yield group;
}
