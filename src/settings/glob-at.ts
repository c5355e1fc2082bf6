import { type Glob, GlobError, glob, globBelow } from "../pattern/glob.js";
import type { TableReader } from "../toml/table-reader.js";

/**
 * The glob that stands at `key` (its entry `index`, in a list), for paths below `folder`; null where it cannot be used,
 * which is a fault.
 */
export function globOf(
  table: TableReader,
  key: string,
  source: string,
  { folder = "", index }: { readonly folder?: string; readonly index?: number } = {},
): Glob | null {
  try {
    return globBelow(folder, glob(source));
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    const place = index === undefined ? {} : { index };
    table.fault(key, `"${source}" is not a glob that can be used: ${error.message}`, place);
    return null;
  }
}
