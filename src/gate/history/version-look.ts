import type { Engine } from "../../scan/engine.js";
import type { LookAtOnce } from "../../sources/history-blobs.js";
import { quickLook } from "../quick-look.js";

/** Looks at the versions of files; nothing more is looked at once the run's time limit has run out. */
export function versionLook(engine: Engine): LookAtOnce {
  const { seconds } = engine.settings.limits;
  const until = seconds === 0 ? Number.POSITIVE_INFINITY : Date.now() + seconds * 1000;
  return (path, content) => {
    if (Date.now() > until) return null;
    try {
      return quickLook(engine, path, content);
    } catch {
      // Whoever tells of the file tells what went wrong.
      return null;
    }
  };
}
