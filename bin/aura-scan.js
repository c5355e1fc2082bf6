#!/usr/bin/env node
"use strict";

const path = require("node:path");
const { loadBundle } = require("./load-bundle.js");

// Until all is done nothing has passed, whatever ends the process.
process.exitCode = 3;

const words = process.argv.slice(2);
const isHook = ["--staged", "--files", "pre-push"].includes(words[0]);
// The same program in two forms: one starts faster, the other runs faster.
const { main, isAllSaid, keep } = loadBundle(
  path.join(__dirname, `../dist/cli/${isHook ? "hook" : "aura-scan"}.cjs`),
);

main(words).then((exitCode) => {
  process.exitCode = exitCode;
  // What a hook runs is what hooks will run again; where none ever ran, nothing is left behind.
  keep(isHook);
  setImmediate(endIfAllIsSaid);
});

/**
 * Ends without taking down what the end of the process takes down anyway: that, and code which V8 is still improving in its
 * threads, would keep a small commit waiting for half as long again. Where words are still on their way, the end comes by
 * itself.
 */
function endIfAllIsSaid() {
  if (isAllSaid()) process.exit();
}
