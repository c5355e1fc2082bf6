#!/usr/bin/env node
import { main } from "../dist/cli/main.js";

// Whoever reads our output may stop early (`aura-scan | head`): that is no fault of the scan.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await main(process.argv.slice(2));
