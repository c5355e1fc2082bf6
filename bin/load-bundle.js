"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

/**
 * The exports of the bundle at `file`, with V8's own compiled form of it where an earlier run left one: to compile it anew
 * takes a third of a small commit's time. `keep` leaves it for the next run, if need be in a new
 * folder. The code is the same either way, and whatever keeps us from the compiled form is no fault.
 */
exports.loadBundle = (file) => {
  const place = placeOf(file);
  const cachedData = place === null ? undefined : bytesAt(place);
  // ASCII, and a function as Node makes one of a module, both by the build.
  const source = fs.readFileSync(file, "latin1");
  const script = new vm.Script(source, { filename: file, cachedData });
  const module = { exports: {} };
  // What it requires are packages and Node's own modules: from here these are the same.
  script.runInThisContext()(module.exports, require, module, file, path.dirname(file));
  const keep = (mayMakeFolder) => {
    if (place === null || (cachedData !== undefined && !script.cachedDataRejected)) return;
    if (mayMakeFolder || fs.existsSync(path.dirname(place))) write(place, script);
  };
  return { ...module.exports, keep };
};

/** V8 looks at no more of the source than its length, so the name says of which build the compiled form is. */
function placeOf(file) {
  const folder = cacheFolder();
  if (folder === null) return null;
  const { size, mtimeMs } = fs.statSync(file);
  return path.join(
    folder,
    `${path.basename(file, ".cjs")}_${process.versions.v8}-${process.arch}-${size}-${mtimeMs}.bin`,
  );
}

/** Where a person's caches are; null where there is no such place. */
function cacheFolder() {
  const { XDG_CACHE_HOME: given = "", LOCALAPPDATA: local = "" } = process.env;
  if (path.isAbsolute(given)) return path.join(given, "aura-scan", "code");
  if (process.platform === "win32")
    return path.isAbsolute(local) ? path.join(local, "aura-scan", "code") : null;
  const home = process.env["HOME"] ?? require("node:os").homedir();
  return path.isAbsolute(home) ? path.join(home, ".cache", "aura-scan", "code") : null;
}

/** The file's bytes, if it can be nobody else's: what is in it will run. */
function bytesAt(place) {
  try {
    if (!isOurs(path.dirname(place))) return undefined;
    return fs.readFileSync(place);
  } catch {
    return undefined;
  }
}

function isOurs(folder) {
  const { uid, mode } = fs.lstatSync(folder);
  return process.platform === "win32" || (uid === process.getuid() && (mode & 0o077) === 0);
}

/** The file whole or not at all, and beside it only another bundle's: of earlier builds none is needed. */
function write(place, script) {
  try {
    const folder = path.dirname(place);
    makeFolder(folder);
    if (!isOurs(folder)) return;
    const beside = `${place}.${process.pid}.part`;
    fs.writeFileSync(beside, script.createCachedData(), { mode: 0o600, flag: "wx" });
    const [bundle] = path.basename(place).split("_");
    const isOfBundle = (name) => name.startsWith(`${bundle}_`) || !name.includes("_");
    const others = fs.readdirSync(folder).filter(isOfBundle);
    fs.renameSync(beside, place);
    for (const other of others.map((name) => path.join(folder, name)))
      if (other !== beside && other !== place) fs.rmSync(other, { force: true });
  } catch {
    // A home that cannot be written to: the next run compiles again.
  }
}

/** The folder and what is missing above it, but no home. Step by step: where none can be made, `recursive` tries for ever. */
function makeFolder(folder) {
  for (const place of [path.dirname(path.dirname(folder)), path.dirname(folder), folder]) {
    if (!fs.existsSync(place)) fs.mkdirSync(place, { mode: 0o700 });
  }
}
