// The floor of any scanner in Node: walks a folder, .git left out, and reads every byte of every file.
import { closeSync, openSync, readdirSync, readSync } from "node:fs";

const buffer = Buffer.allocUnsafeSlow(1 << 20);
let files = 0;
let bytes = 0;
walk(process.argv[2] ?? ".");
console.log(`${files} files, ${bytes} bytes`);

function walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== ".git") walk(path);
    else if (entry.isFile()) read(path);
  }
}

function read(path) {
  const file = openSync(path, "r");
  files++;
  for (let got = readSync(file, buffer); got > 0; got = readSync(file, buffer)) bytes += got;
  closeSync(file);
}
