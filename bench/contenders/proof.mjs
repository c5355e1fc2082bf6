import { readFileSync } from "node:fs";
import { PLANTED, PLANTED_IN } from "../corpus/planted.mjs";
import { measure } from "../measure/command.mjs";

/** Which way of looking each kind of case needs. */
const MODE_OF = { trees: "folder", hostile: "folder", hook: "staged", history: "history" };

/**
 * The same contenders, but peers that do not see a planted secret are not run in that mode: a scanner that looks at
 * nothing, for whatever reason, is the fastest of all. It also fills what caches of compiled rules they keep.
 */
export async function proven(contenders, kinds, work, how) {
  const modes = new Set(kinds.map((kind) => MODE_OF[kind]).filter((mode) => mode !== undefined));
  const blind = new Set();
  for (const mode of modes) {
    const folder = work.folder(`${PLANTED}-${mode}`);
    PLANTED_IN[mode](folder);
    for (const contender of contenders[mode](folder)) {
      if (contender.kind !== "peer" || contender.missing !== undefined) continue;
      const { stdout } = await measure(contender, how);
      if (!readFileSync(stdout, "utf8").includes(PLANTED)) blind.add(`${mode} ${contender.name}`);
    }
    work.done(folder);
  }
  const of = (mode) => (cwd) =>
    contenders[mode](cwd).map((contender) =>
      blind.has(`${mode} ${contender.name}`)
        ? { ...contender, missing: "not run: it did not see a planted secret" }
        : contender,
    );
  return { ...contenders, folder: of("folder"), staged: of("staged"), history: of("history") };
}
