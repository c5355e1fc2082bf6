// How fast we are, beside every other scanner that is installed and beside the machine itself: `npm run bench`.
// bench/README.md says how to install the others and how to read the tables.
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { benchHistory } from "./cases/history.mjs";
import { benchHook } from "./cases/hook.mjs";
import { benchHostile } from "./cases/hostile.mjs";
import { benchPreflight } from "./cases/preflight.mjs";
import { benchTrees } from "./cases/trees.mjs";
import { contendersOf } from "./contenders/contenders.mjs";
import { versionOf } from "./contenders/find.mjs";
import { proven } from "./contenders/proof.mjs";
import { goalsOf, goalTable } from "./goals.mjs";
import { meterOf } from "./measure/command.mjs";
import { KINDS, readOptions, USAGE } from "./options.mjs";
import { workFolder } from "./work-folder.mjs";

const CASES = {
  trees: benchTrees,
  history: benchHistory,
  hook: benchHook,
  preflight: benchPreflight,
  hostile: benchHostile,
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await runBench(options);
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 2;
}

async function runBench(options) {
  const work = workFolder(options.keep);
  const all = contendersOf({
    only: options.peers,
    against: options.against,
  });
  const machine = machineOf(all);
  console.log(`${machine.words}\n`);
  const { rounds, patience, limit } = options;
  const how = { rounds, patience, limit, meter: meterOf(), scratch: work.scratch };
  const races = [];
  const bench = {
    options,
    contenders: await proven(all, options.kinds, work, how),
    how,
    folder: work.folder,
    done: work.done,
    show: {
      section: (title) => console.log(`\n## ${title}\n`),
      text: (text) => console.log(text),
      race: (figures, table) => {
        races.push(figures);
        console.log(table);
        if (options.json !== null) writeJson(options.json, machine, races);
      },
    },
  };
  for (const kind of KINDS.filter((one) => options.kinds.includes(one))) await CASES[kind](bench);
  const goals = goalsOf(races);
  if (goals.length > 0) bench.show.section("what is aimed at, in ratios of this run");
  if (goals.length > 0) console.log(goalTable(goals));
}

/** What the figures hold for: machine, programs, versions. */
function machineOf({ peers, absent }) {
  const cores = cpus();
  const versions = Object.fromEntries(peers.map(({ name, told }) => [name, told]));
  const git = versionOf("git", ["--version"]);
  const memory = Math.round(totalmem() / 2 ** 30);
  const processor = cores[0]?.model.trim() ?? "an unknown processor";
  const words = [
    `${cores.length} cores (${processor}), ${memory} GiB, ${process.platform}; Node ${process.version}, git ${git}`,
    `peers: ${peers.map(({ name, told }) => `${name} (${told})`).join(", ") || "none"}`,
    ...(absent.length === 0
      ? []
      : [`not found: ${absent.join(", ")} (bench/README.md says how to install them)`]),
    `CPU and memory by ${meterOf().name}; medians; page cache warm`,
  ].join("\n");
  return { words, cores: cores.length, processor, node: process.version, git, versions };
}

function writeJson(file, machine, races) {
  writeFileSync(file, `${JSON.stringify({ machine, races }, null, 2)}\n`);
}
