#!/usr/bin/env node
import { main } from "../dist/cli/main.js";

// Whoever reads our output may stop early (`aura-scan | head`): that is no fault of the scan.
process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") return;
  // A report that cannot be written has told nobody anything: that is never a pass.
  process.stderr.write(`aura-scan: the report could not be written to standard output (${error.code})\n`);
  process.exit(3);
});

process.exitCode = await main(process.argv.slice(2));
