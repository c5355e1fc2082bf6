import { spawn } from "node:child_process";
import { fstatSync } from "node:fs";

/**
 * Calls `gone` once when nobody reads standard output any more (`aura-scan status --watch | head`); gives back how to stop
 * looking. Node learns of that from a write only, and there may be none for hours. GNU's tail asks the system: it dies of
 * SIGPIPE when the pipe that it is given has no reader. Where there is no such tail, the next write tells.
 */
export function onceNobodyReads(gone: () => void): () => void {
  const { stdout } = process;
  stdout.once("error", gone);
  const tail =
    process.platform === "linux" && isPipe(1)
      ? spawn("tail", ["-f", `--pid=${process.pid}`, "/dev/null"], { stdio: ["ignore", "inherit", "ignore"] })
      : null;
  tail?.on("error", () => undefined);
  tail?.on("exit", (_code, signal) => {
    if (signal === "SIGPIPE") gone();
  });
  return () => {
    stdout.removeListener("error", gone);
    tail?.removeAllListeners("exit");
    tail?.kill();
  };
}

function isPipe(file: number): boolean {
  try {
    return fstatSync(file).isFIFO();
  } catch {
    // It is closed: the first write tells.
    return false;
  }
}
