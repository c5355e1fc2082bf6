/** Longer names are cut: a key may be a string of megabytes, and each unit in it repeats it in its id. */
const LONGEST_NAME = 200;

/** Ids take no more containers beyond this: a thousand nested functions would have ids of a thousand names. */
const LONGEST_CONTAINERS = 600;

/** Files that stand for the folder they are in. */
const FOLDER_FILES: ReadonlySet<string> = new Set(["mod", "lib", "main", "index"]);

/** The module that the file at a repository-relative `path` is: `src/billing/mod.rs` is `billing`; "" for the root's own. */
export function modulePath(path: string): string {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== ".");
  const file = (segments.pop() ?? "").replace(/(?<=.)\.[^.]+$/, "");
  const folders = segments.filter((segment) => segment !== "src");
  return (FOLDER_FILES.has(file) ? folders : [...folders, file]).join("::");
}

/** `name` inside `container`. */
export function idWithin(container: string, name: string): string {
  return container === "" ? name : `${container}::${name}`;
}

/** What `container` is called with `names` in it, `module` being where the containers begin. */
export function containerWithin(module: string, container: string, names: readonly string[]): string {
  const inner = names.reduce(idWithin, container);
  return inner.length - module.length > LONGEST_CONTAINERS ? container : inner;
}

/** `written` as a part of an id: on one line, white space as one blank, cut where it is no name any more. */
export function nameAsWritten(written: string): string {
  const line = written
    .slice(0, LONGEST_NAME * 4)
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= LONGEST_NAME) return line === "" ? "_" : line;
  return `${line.slice(0, LONGEST_NAME)}…`;
}

/** The ids, made distinct: where one stands a second time it gets `#2`, then `#3`, in the order given. */
export function distinctIds(ids: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return ids.map((id) => {
    let count = (counts.get(id) ?? 0) + 1;
    let distinct = count === 1 ? id : `${id}#${count}`;
    while (taken.has(distinct)) {
      count++;
      distinct = `${id}#${count}`;
    }
    counts.set(id, count);
    taken.add(distinct);
    return distinct;
  });
}
