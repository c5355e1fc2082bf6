import { type Glob, GlobError, glob } from "../pattern/glob.js";
import type { TableReader } from "../toml/table-reader.js";

/** The glob that stands at `key` (its entry `index`, in a list); null where it cannot be used, which is a fault. */
export function globOf(table: TableReader, key: string, source: string, index?: number): Glob | null {
  try {
    return glob(source);
  } catch (error) {
    if (!(error instanceof GlobError)) throw error;
    const place = index === undefined ? {} : { index };
    table.fault(key, `"${source}" is not a glob that can be used: ${error.message}`, place);
    return null;
  }
}
