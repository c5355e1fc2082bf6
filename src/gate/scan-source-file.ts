import { directivesIn, MARK } from "../allow/directive.js";
import { MaskError } from "../mask/mask.js";
import type { Skipped } from "../report/report.js";
import { addedLines } from "../scan/added-lines.js";
import { blotted } from "../scan/blot.js";
import { type Engine, engineAt } from "../scan/engine.js";
import { withLineHashes } from "../scan/line-hashes.js";
import type { Located } from "../scan/located.js";
import { type FileContext, openFile, type Piece, type PieceScan, scanPiece } from "../scan/scan-text.js";
import type { SourceFile } from "../sources/source.js";
import { readContent } from "../text/content.js";
import { lineIndex } from "../text/lines.js";
import type { TextPiece } from "../text/piece.js";
import { languageOf } from "../units/languages.js";
import type { Marker } from "../units/unit.js";
import { UnitsError } from "../units/units-error.js";
import type { SeenAllow } from "./allow-notices.js";

/** What reading one file gave. */
export type FileScan = {
  /** Whether its content was looked at. */
  readonly read: boolean;
  readonly bytes: number;
  readonly units: number;
  readonly located: readonly Located[];
  readonly skipped: readonly Skipped[];
  readonly markers: ReadonlySet<Marker>;
  /** The comments that allow something, whether or not anything is there to be allowed. */
  readonly allows: readonly SeenAllow[];
};

/** Files above this many UTF-16 units are not compared line by line with what was there before: all their lines count. */
const COMPARED = 64 << 20;

/** Scans one file of a source, name and content. A fault in it is told as `skipped`, never thrown and never a pass. */
export async function scanSourceFile(top: Engine, file: SourceFile): Promise<FileScan> {
  const under = engineAt(top, file.path);
  const engine = under instanceof Promise ? await under : under;
  const context = openFile(engine, file.path, "git");
  const result = {
    read: false,
    bytes: 0,
    units: 0,
    located: [] as Located[],
    skipped: [] as Skipped[],
    markers: new Set<Marker>(),
    allows: [] as SeenAllow[],
  };
  const skip = (reason: string, incomplete: boolean): void => {
    result.skipped.push({ path: context.path, reason, incomplete });
  };
  const texts: string[] = [];
  let whole: TextPiece | null = null;
  try {
    const { limits } = engine.settings;
    const content = await readContent(file.chunks(), { binaryBytes: limits.binary_bytes });
    if (content.kind === "container") skip(content.what, false);
    for await (const piece of content.kind === "container" ? [] : content.pieces) {
      const isWhole = piece.offset === 0 && piece.last && content.kind === "text";
      if (isWhole) whole = piece;
      const scan = scanned(
        engine,
        context,
        piece,
        isWhole && content.bytes() <= limits.unit_file_bytes,
        skip,
      );
      for (const found of scan.located) result.located.push(found);
      result.units += scan.units;
      for (const marker of scan.markers) result.markers.add(marker);
      for (const allow of allowsIn(context, piece)) result.allows.push(allow);
      if (file.previous !== undefined) texts.push(piece.text.slice(0, piece.text.length - piece.overlap));
    }
    if (content.kind !== "container") {
      result.read = true;
      result.bytes = content.bytes();
      if (
        content.kind === "text" &&
        languageOf(file.path) !== null &&
        result.bytes > limits.unit_file_bytes
      ) {
        const limit = `${limits.unit_file_bytes} bytes (scan.limits.unit_file_bytes)`;
        skip(`larger than ${limit}: read whole, but not function by function`, false);
      }
      if (content.truncated()) {
        skip(
          `binary: searched for text in its first ${limits.binary_bytes} bytes (scan.limits.binary_bytes)`,
          false,
        );
      }
    }
    if (content.kind === "text" && whole !== null && result.located.length > 0) {
      const { encoding } = content;
      const isUtf8 = encoding === "utf-8" || encoding === "utf-8-bom";
      if (isUtf8) result.located = withLineHashes(result.located, whole.text, encoding === "utf-8-bom");
    }
    result.located = await onlyAdded(file, context, texts, result.located, limits.binary_bytes);
  } catch (error) {
    skip(`not read to the end: ${faultOf(error)}`, true);
  }
  const { commit } = file;
  if (commit !== undefined) result.located = result.located.map((found) => ofCommit(found, commit));
  return result;
}

/** The piece's scan; where the file cannot be taken apart its secrets are found as text, and the run is incomplete. */
function scanned(
  engine: Engine,
  context: FileContext,
  piece: TextPiece,
  whole: boolean,
  skip: (reason: string, incomplete: boolean) => void,
): PieceScan {
  try {
    return scanPiece(engine, context, pieceOf(piece, whole));
  } catch (error) {
    if (!(error instanceof UnitsError) && !(error instanceof MaskError)) throw error;
    skip(`read as text only: ${error.message}`, true);
    return scanPiece(engine, context, pieceOf(piece, false));
  }
}

/** The piece as a scan takes it; the text is made only when it is asked for. `whole`: it is all of a file. */
export function pieceOf(piece: TextPiece, whole: boolean): Piece {
  return {
    get text() {
      return piece.text;
    },
    origin: { line: piece.line + 1, column: piece.column + 1 },
    ownedUpTo: piece.last ? Number.POSITIVE_INFINITY : piece.text.length - piece.overlap,
    whole,
    ...(piece.utf8 === undefined ? {} : { utf8: piece.utf8 }),
  };
}

function allowsIn(context: FileContext, piece: TextPiece): readonly SeenAllow[] {
  const isThere = piece.utf8 === undefined ? piece.text.includes(MARK) : bufferOf(piece.utf8).includes(MARK);
  if (!isThere) return [];
  const owned = piece.text.length - piece.overlap;
  return directivesIn(piece.text, lineIndex(piece.text))
    .filter(({ at }) => at < owned)
    .flatMap(({ line, allows }) =>
      allows.map(({ rule }) => ({ path: context.path, line: line + piece.line, rule })),
    );
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The findings that are new: on a line that was not there before, or in a name that was not. */
async function onlyAdded(
  file: SourceFile,
  context: FileContext,
  texts: readonly string[],
  located: readonly Located[],
  binaryBytes: number,
): Promise<Located[]> {
  if (located.length === 0 && context.inPath.length === 0) return [];
  const before = file.previous === undefined ? null : await file.previous();
  if (before === null) return [...context.inPath, ...located];
  if (texts.reduce((sum, text) => sum + text.length, 0) > COMPARED) return [...located];
  const earlier = await wholeText(before, binaryBytes);
  const later = texts.join("");
  const added = addedLines(
    { text: earlier, lines: lineIndex(earlier) },
    { text: later, lines: lineIndex(later) },
  );
  return located.filter(({ finding: { start, end } }) => {
    for (let line = start.line; line <= end.line; line++) if (added.has(line)) return true;
    return false;
  });
}

async function wholeText(bytes: Uint8Array, binaryBytes: number): Promise<string> {
  async function* chunks() {
    yield bytes;
  }
  const content = await readContent(chunks(), { binaryBytes });
  if (content.kind === "container") return "";
  const texts: string[] = [];
  for await (const piece of content.pieces) {
    texts.push(piece.text.slice(0, piece.text.length - piece.overlap));
  }
  return texts.join("");
}

/** The finding as this commit brought it. */
export function ofCommit({ finding, ...rest }: Located, commit: string): Located {
  return { ...rest, finding: { ...finding, commit, fix: `${rewriteAdvice(commit)} ${finding.fix}` } };
}

function rewriteAdvice(commit: string): string {
  return `Rewrite commit ${commit.slice(0, 12)}: a later commit does not take it back.`;
}

/** What went wrong, without any of the file's own words. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown fault";
  const code = "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
  return blotted(`${error.message}${code}`, []);
}
