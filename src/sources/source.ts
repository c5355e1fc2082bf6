/** One file or blob to be read, wherever it comes from. */
export type SourceFile = {
  /** Relative to the repository (or to the folder asked for), forward slashes on every system. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The commit that brought it, where the source reads commits. */
  readonly commit?: string;
  /** The id under which git keeps the content, where the source reads a whole history. */
  readonly blob?: string;
  /** The content in order; called once, and read to the end or not at all, before the next item is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /**
   * For a staged change: what HEAD holds at this path, or null if the path is new or that content cannot be had;
   * then, and where this is absent, all lines count. To be asked before the next item is.
   */
  readonly previous?: () => Promise<Uint8Array | null>;
};

/**
 * What a source hands over: a file, one that was read already and in which there is nothing to tell of, or the news that
 * it could not (or need not) be read.
 */
export type SourceItem =
  | { readonly kind: "file"; readonly file: SourceFile }
  | {
      readonly kind: "clean";
      readonly path: string;
      readonly bytes: number;
      readonly units: number;
      /** The content's id, where the source reads a whole history. */
      readonly blob?: string;
    }
  | {
      readonly kind: "skipped";
      readonly path: string;
      readonly reason: string;
      readonly incomplete: boolean;
      /** The id of the content that should have been there, where the source reads a whole history. */
      readonly blob?: string;
    };

/** A source failed as a whole: no repository, a bad revision, git not installed. `usage` is exit 2, else 3. */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly kind: "usage" | "incomplete";
  constructor(kind: "usage" | "incomplete", message: string) {
    super(message);
    this.kind = kind;
  }
}
