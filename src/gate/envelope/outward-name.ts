/** Ids and names of functions are shorter; more is something else that was put in their place. In UTF-16 units. */
export const LONGEST_NAME = 1024;

/**
 * Folders of a disk, with something below them: `/home/ada/…`, `C:\…`, `\\server\…`, `~/…`. Routes of a web server begin
 * with a slash as well, and are names of functions.
 */
const ON_DISK =
  /(?:^|[^\w./~-])(?:\/(?:home|Users|mnt|Volumes|media)\/[^/\s]+\/[^/\s]|\/(?:root|etc|var|tmp|opt|usr|private\/(?:etc|var|tmp))\/[^/\s]|~[\w.-]*\/\S|file:\/\/)|(?:^|[^A-Za-z0-9_])[A-Za-z]:[\\/](?![\\/])|\\\\[\w.-]+\\/;

/** `ada@example.com`, as git knows authors. */
const E_MAIL = /[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/;

/** `NAME=value`, as an environment is printed; comparisons and arrows are not. */
const ASSIGNED = /(?:^|[^\w$])[A-Z_][A-Z0-9_]+=(?![=>])/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: just those are looked for
const CONTROL = /[\0-\x1f\x7f\u2028\u2029]/;

/** Of no width, or turning the direction: two names that look alike, or a secret that no rule sees. */
const INVISIBLE = /\p{Cf}|\u034f|\u115f|\u1160|\u3164|\uffa0/u;

/**
 * Why a unit's id or name may not leave, though no secret is in it: it carries what the specification keeps on the machine
 * (paths of the disk, the environment, who commits, what commits say). Null where it may. The reason repeats nothing of it.
 */
export function outwardNameFault(name: string): string | null {
  if (name === "") return "it is empty";
  if (name.length > LONGEST_NAME) return `it is longer than ${LONGEST_NAME} characters`;
  if (!name.isWellFormed()) return "it is not valid Unicode";
  if (CONTROL.test(name)) return "it holds a line break or another control character";
  if (INVISIBLE.test(name)) return "it holds an invisible character";
  if (/^[/\\~]/.test(name) || ON_DISK.test(name)) return "it holds a path of this machine's disk";
  if (E_MAIL.test(name)) return "it holds an e-mail address";
  return ASSIGNED.test(name) ? "it holds what looks like an environment variable's value" : null;
}
