import { gitOutput } from "./git.js";
import type { Repository } from "./repository.js";
import { SourceError } from "./source.js";

/** Which end of a day a date without a time of day stands for. */
export type End = "begin" | "end";

const SECONDS: Readonly<Record<string, number>> = { min: 60, h: 3600, d: 86_400, w: 604_800 };

/** The words of git's own dates; git takes every other word for "now", and a window that begins now holds nothing. */
const WORDS =
  /^(?:ago|now|today|yesterday|noon|midnight|tea|last|am|pm|at|on|the|of|utc|gmt|z|t|(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|years?)|one|two|three|four|five|six|seven|eight|nine|ten|(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|st|nd|rd|th)$/;

const SAMPLES = "7d, 36h, 2w, 2024-05-01, 2.weeks.ago or yesterday";

/**
 * The moment that `words` name, in seconds since 1970: `7d` (also `min`, `h`, `w`), a date of ISO 8601 (here, where
 * it names no zone), or any form that git knows, where there is a repository. Throws SourceError of the kind `usage`, which never repeats the words.
 */
export async function momentOf(
  repository: Repository | null,
  option: string,
  words: string,
  end: End,
  now: number,
): Promise<number> {
  const said = words.trim();
  const span = /^(\d{1,6})\s*(min|h|d|w)$/i.exec(said);
  const seconds = Math.floor(now / 1000);
  if (span !== null)
    return seconds - Number(span[1]) * (SECONDS[(span[2] as string).toLowerCase()] as number);
  const moment = isoMoment(said, end) ?? (repository === null ? null : await gitMoment(repository, said));
  if (moment === null)
    throw new SourceError("usage", `${option}: this is no time that is known; try ${SAMPLES}`);
  if (end === "begin" && moment > seconds)
    throw new SourceError("usage", `${option}: this time is still to come; try ${SAMPLES}`);
  return moment;
}

/** A day stands for its first or its last second; git would take the present time of day. */
function isoMoment(said: string, end: End): number | null {
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(said);
  if (iso === null) return null;
  const [, day, time = end === "begin" ? "00:00:00" : "23:59:59", zone = ""] = iso;
  const moment = Date.parse(`${day}T${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
  return Number.isNaN(moment) || !isDay(day as string) ? null : Math.floor(moment / 1000);
}

/** JavaScript takes the 31st of April for the 1st of May. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** `git rev-parse --since=2.weeks.ago` prints `--max-age=1700000000`. */
async function gitMoment(repository: Repository, said: string): Promise<number | null> {
  const parts = said.toLowerCase().match(/[a-z]+|\d+|[^a-z\d]+/g) ?? [];
  const isKnown = parts.every(
    (part) => WORDS.test(part) || /^\d{1,10}$/.test(part) || /^[\s.,:/+@_-]+$/.test(part),
  );
  if (
    !isKnown ||
    !parts.some((part) => /^[a-z]+$/.test(part) || /^\d{9,10}$/.test(part) || part.includes("/"))
  )
    return null;
  const printed = (await gitOutput(repository, ["rev-parse", `--since=${said}`])).toString("latin1");
  const age = /^--max-age=(\d+)\n$/.exec(printed);
  return age === null ? null : Number(age[1]);
}
