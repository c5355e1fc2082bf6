#!/usr/bin/env node
"use strict";

// Whoever reads our output may stop early (`aura-scan | head`): that is no fault of the scan.
process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") return;
  // A report that cannot be written has told nobody anything: that is never a pass.
  process.stderr.write(`aura-scan: the report could not be written to standard output (${error.code})\n`);
  process.exit(3);
});

// Until all is done nothing has passed, whatever ends the process.
process.exitCode = 3;

const { main } = require("../dist/cli/aura-scan.cjs");

main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
