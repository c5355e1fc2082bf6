import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFile } from "./source-text.mjs";

/** One seed for all corpora: two people who run the benchmark measure the same bytes. */
export const SEED = 20_261_124;

/** A file of real source has 6 kB on average: 100 MB are 16,000 files. */
export const MEAN_BYTES = 6250;

/**
 * The sizes of `files` files that are `bytes` bytes together: most small, some large, as in real source (the largest
 * is thirty times the mean and more).
 */
export function fileSizes(draw, bytes, files) {
  const weights = Array.from({ length: files }, () => {
    // Multiplied draws are spread as file sizes are: half of them below half of the mean.
    const spread = draw.between(1, 100) * draw.between(1, 100) * draw.between(1, 100);
    return 20_000 + spread;
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const sizes = weights.map((weight) => Math.floor((bytes * weight) / all));
  sizes[0] += bytes - sizes.reduce((sum, size) => sum + size, 0);
  return sizes;
}

/** Folders of 50 files, and ten folders in one: `src/a3/b7`. */
export function pathOf(number, extension) {
  const folder = Math.floor(number / 50);
  return `src/a${Math.floor(folder / 10)}/b${folder % 10}/file${number}.${extension}`;
}

/** Writes a tree of source-like files: `sizes[i]` is the size of file i. */
export function writeTree(folder, sizes) {
  const made = new Set();
  for (const [number, bytes] of sizes.entries()) {
    const { extension, text } = sourceFile(SEED, number, bytes);
    const path = join(folder, pathOf(number, extension));
    const parent = join(path, "..");
    if (!made.has(parent)) {
      mkdirSync(parent, { recursive: true });
      made.add(parent);
    }
    writeFileSync(path, text);
  }
}
