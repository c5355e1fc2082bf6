import { layTable, number } from "./table.mjs";

const OURS = "aura-scan";
const MB = 1_000_000;

/** The figures of one contender in a race; null if it has none, or was not there. */
const rowIn = (race, name) => race.rows.find((row) => row.name === name) ?? null;

const between = (name, other) => (race) => {
  const one = rowIn(race, name)?.wall ?? Number.NaN;
  return one / (rowIn(race, other)?.wall ?? Number.NaN);
};

const ours = (figure) => (race) => rowIn(race, OURS)?.[figure] ?? Number.NaN;

/**
 * What the engine is built for: a figure of a race, and the most that it may be (or, `least`, the least).
 * Ratios of medians of one run; milliseconds and megabytes only where the goal is one.
 */
const GOALS = [
  goal(isTree(70 * MB, 1000 * MB), "to betterleaks", between(OURS, "betterleaks"), { most: 0.4 }),
  goal(isTree(1000 * MB, Infinity), "to betterleaks", between(OURS, "betterleaks"), { most: 1 / 3 }),
  goal(isTree(70 * MB, Infinity), "to a Node that only reads", between(OURS, "node walks and reads"), {
    most: 3,
  }),
  goal(isTree(70 * MB, Infinity), "memory, MB", (race) => ours("memory")(race) / MB, { most: 250 }),
  goal(isHook(10), "to node -e 0", between(OURS, "node -e 0"), { most: 2 }),
  goal(isHook(10), "to gitleaks", between(OURS, "gitleaks"), { most: 1 }),
  goal(isCase("history"), "to betterleaks", between(`${OURS}, first run`, "betterleaks"), { most: 0.5 }),
  goal(isCase("history"), "to git alone", between(`${OURS}, first run`, "rev-list | cat-file"), { most: 2 }),
  goal(isCase("history"), "second run to first", between(`${OURS}, second run`, `${OURS}, first run`), {
    most: 0.1,
  }),
  goal(isCase("preflight"), "p99, ms", (race) => ours("p99")(race) * 1000, { most: 1 }),
  goal(isCase("preflight"), "units a second", ours("perSecond"), { least: 2000 }),
  goal(isCase("hostile"), "memory, MB", (race) => ours("memory")(race) / MB, { most: 250 }),
  goal(isCase("hostile"), "to betterleaks", between(OURS, "betterleaks"), { most: 1 }),
];

function goal(applies, what, figure, { most = Infinity, least = -Infinity }) {
  return { applies, what, figure, most, least };
}

function isCase(name) {
  return (race) => race.case === name;
}

function isTree(least, below) {
  return (race) => race.case === "tree" && race.bytes >= least && race.bytes < below;
}

function isHook(files) {
  return (race) => race.case === "hook" && race.files === files;
}

/** Each goal that a race of this run can tell of: what, where, the bound, the figure, and whether it is met. */
export function goalsOf(races) {
  return races.flatMap((race) =>
    GOALS.filter(({ applies }) => applies(race)).map(({ what, figure, most, least }) => {
      const measured = figure(race);
      const met = measured <= most && measured >= least;
      return {
        where: nameOf(race),
        what,
        bound: most === Infinity ? `${number(least)} or more` : `${number(most)} or less`,
        measured,
        told: Number.isFinite(measured) ? (met ? "yes" : "no") : "not measured",
      };
    }),
  );
}

function nameOf(race) {
  const detail = { tree: race.size, hook: `${race.files} files`, hostile: race.name }[race.case];
  return detail === undefined ? race.case : `${race.case}: ${detail}`;
}

export function goalTable(goals) {
  return layTable(
    [
      { head: "", of: (one) => one.where },
      { head: "", left: true, of: (one) => one.what },
      { head: "goal", of: (one) => one.bound },
      { head: "measured", of: (one) => number(one.measured) },
      { head: "met", left: true, of: (one) => one.told },
    ],
    goals,
  );
}
