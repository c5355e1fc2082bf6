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
 * it names no zone), `today`, `yesterday`, or any form that git knows, where there is a repository. A day without a time
 * is all of it: it begins with its first second and ends with its last. Throws SourceError of the kind `usage`, which never repeats the words.
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
  const moment =
    isoMoment(said, end) ??
    namedDay(said, end, now) ??
    (repository === null ? null : await gitMoment(repository, said, end));
  if (moment === null)
    throw new SourceError("usage", `${option}: this is no time that is known; try ${SAMPLES}`);
  if (end === "begin" && moment > seconds)
    throw new SourceError("usage", `${option}: this time is still to come; try ${SAMPLES}`);
  return moment;
}

/** What names a day and no time of it, beside numbers: a weekday, a month. git would take the present time of day. */
const DAY_WORDS =
  /^(?:last|the|of|on|(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|st|nd|rd|th)$/;

const WEEKDAY = /^(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?$/i;

/** Whether git's form names a day without a time: `24 Nov 2026`, `nov 24th`, `last friday`, `11/24/2026`, `24.11.2026`. */
function isWholeDay(said: string): boolean {
  const parts = said.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  const words = parts.filter((part) => /[a-z]/.test(part));
  const isDate = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$/.test(said);
  return (
    isDate ||
    (words.some((word) => DAY_WORDS.test(word) && word.length > 2 && !/^(?:last|the)$/.test(word)) &&
      words.every((word) => DAY_WORDS.test(word)) &&
      parts.every((part) => !/^\d{5,}$|^\d{3}$/.test(part)) &&
      !said.includes(":"))
  );
}

/** The first or the last second of the day, here, in which the moment lies; in milliseconds as it is given. */
function dayEnd(moment: number, end: End): number {
  const day = new Date(moment);
  if (end === "begin") day.setHours(0, 0, 0, 0);
  else day.setHours(23, 59, 59, 0);
  return Math.floor(day.getTime() / 1000);
}

/** `today` and `yesterday`, which need no git. */
function namedDay(said: string, end: End, now: number): number | null {
  const back = ["today", "yesterday"].indexOf(said.toLowerCase());
  if (back === -1) return null;
  const day = new Date(now);
  day.setDate(day.getDate() - back);
  return dayEnd(day.getTime(), end);
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

/** Of a date, git takes `noon` for the day before while it is still morning here. */
const CLOCK: Readonly<Record<string, string>> = { midnight: "00:00", noon: "12:00", tea: "17:00" };

const MONTH_OR_DATE = /[/]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b/i;

/** A date with the time of day as a clock shows it. */
function withClock(said: string): string {
  if (!MONTH_OR_DATE.test(said)) return said;
  return said.replace(/\b(?:midnight|noon|tea)\b/gi, (word) => CLOCK[word.toLowerCase()] ?? word);
}

/** `git rev-parse --since=2.weeks.ago` prints `--max-age=1700000000`. */
async function gitMoment(repository: Repository, said: string, end: End): Promise<number | null> {
  const parts = said.toLowerCase().match(/[a-z]+|\d+|[^a-z\d]+/g) ?? [];
  const isKnown = parts.every(
    (part) => WORDS.test(part) || /^\d{1,10}$/.test(part) || /^[\s.,:/+@_-]+$/.test(part),
  );
  if (
    !isKnown ||
    !parts.some((part) => /^[a-z]+$/.test(part) || /^\d{9,10}$/.test(part) || part.includes("/"))
  )
    return null;
  // git takes `friday` for now, and `last friday` for what is meant.
  const asked = WEEKDAY.test(said) ? `last ${said}` : withClock(said);
  const printed = (await gitOutput(repository, ["rev-parse", `--since=${asked}`])).toString("latin1");
  const age = /^--max-age=(\d+)\n$/.exec(printed);
  if (age === null) return null;
  return isWholeDay(said) ? dayEnd(Number(age[1]) * 1000, end) : Number(age[1]);
}
