import { SourceError } from "./source.js";

/** One ref of a push. */
export type PushedRef = {
  /** What is pushed, as the person wrote it or as git named it; for people to read. */
  readonly localRef: string;
  /** The object it stands for; null if the push deletes the remote's ref. */
  readonly localOid: string | null;
  readonly remoteRef: string;
  /** What the remote's ref stands for now, an object that may be unknown here; null if the ref is new. */
  readonly remoteOid: string | null;
};

// https://git-scm.com/docs/githooks#_pre_push
//   <local ref> SP <local oid> SP <remote ref> SP <remote oid> LF
// The local ref may be any expression (`HEAD^{/fix the door}`), and so hold spaces; the remote ref holds none.
const LINE = /^(.+) ([0-9a-f]{64}|[0-9a-f]{40}) ([^ ]+) ([0-9a-f]{64}|[0-9a-f]{40})\r?$/;

/**
 * The refs that git names to a pre-push hook on its standard input; none if there is nothing to push. Throws
 * SourceError of kind "usage" for a line of another form.
 */
export function parsePushLines(input: string): readonly PushedRef[] {
  const lines = input.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => {
    const match = LINE.exec(line);
    if (match === null) {
      throw new SourceError(
        "usage",
        `Line ${index + 1} of standard input is not what git tells a pre-push hook: <local ref> <local oid> <remote ref> <remote oid>.`,
      );
    }
    const [, localRef = "", localOid = "", remoteRef = "", remoteOid = ""] = match;
    return { localRef, localOid: orNull(localOid), remoteRef, remoteOid: orNull(remoteOid) };
  });
}

/** The null object's id, all zeros, stands for no object. */
function orNull(oid: string): string | null {
  return /^0+$/.test(oid) ? null : oid;
}
