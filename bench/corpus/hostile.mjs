import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { drawing, drawnBytes } from "./draw.mjs";
import { sourceFile } from "./source-text.mjs";
import { fileSizes, SEED, writeTree } from "./tree.mjs";

const MB = 1_000_000;

/** Shapes that break scanners. Each writes a folder; `full` ones are too large for a run of minutes. */
export const SHAPES = [
  { name: "one line of 10 MB", full: false, write: oneLine },
  { name: "200,000 small files", full: false, write: smallFiles },
  { name: "values encoded in themselves twenty times", full: false, write: encodedTwentyTimes },
  { name: "a corrupt .xz among 100 files", full: false, write: corruptArchive },
  { name: "one file of 2 GB", full: true, write: hugeFile },
];

function oneLine(folder) {
  const { text } = sourceFile(SEED, 1, 10 * MB);
  writeFileSync(join(folder, "bundle.js"), text.replaceAll("\n", " "));
}

function smallFiles(folder) {
  const draw = drawing(SEED, 2);
  writeTree(
    folder,
    Array.from({ length: 200_000 }, () => draw.between(20, 400)),
  );
}

/** 64 bytes become 20 kB after twenty times; fifty such values are 1 MB. */
function encodedTwentyTimes(folder) {
  const lines = Array.from({ length: 50 }, (_, number) => {
    let value = drawnBytes(drawing(SEED, 3, number), 64);
    for (let times = 0; times < 20; times++) value = Buffer.from(value.toString("base64"));
    return `const value${number} = "${value}";`;
  });
  writeFileSync(join(folder, "values.ts"), `${lines.join("\n")}\n`);
}

/** An .xz file's header (https://tukaani.org/xz/xz-file-format.txt, 2.1.1), and then what is no block. */
function corruptArchive(folder) {
  writeTree(folder, fileSizes(drawing(SEED, 4), MB / 2, 100));
  const header = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46]);
  writeFileSync(
    join(folder, "src", "data.xz"),
    Buffer.concat([header, drawnBytes(drawing(SEED, 5), 65_536)]),
  );
}

/** 64 MB of text, 32 times: every byte is written, there are no holes. */
function hugeFile(folder) {
  const block = Buffer.from(sourceFile(SEED, 6, 64 * MB).text);
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, "dump.ts"), "w");
  for (let times = 0; times < 32; times++) writeSync(file, block);
  closeSync(file);
}
