import type { Marker } from "../units/unit.js";

/** More machines than anybody has; every one of them lists all names. */
export const MOST_SHARDS = 10_000;

/** Something to tell about a line of a file. */
export type PlacedNotice = { readonly path: string; readonly line: number; readonly text: string };

/** A table of allows: whether it matched anything, and what to say if it does nowhere. */
export type StatedTable = {
  readonly file: string;
  readonly number: number;
  readonly matched: boolean;
  readonly text: string;
};

/** What notices are made of: put together, the parts of a run's machines give the notices of the whole run. */
export type NoticeParts = {
  /** Comments near findings that are not understood. */
  readonly faults: readonly PlacedNotice[];
  /** Comments that allow a finding and are bound to no value. */
  readonly unbound: readonly PlacedNotice[];
  /** What of settings below the root does not count. */
  readonly settings: readonly string[];
  /** What of the allows matched nothing here; null where the run does not see all that there is. */
  readonly unused: {
    /** Every `[[scan.allow]]` table that holds for some file here, by its settings file and its number there, from 1. */
    readonly tables: readonly StatedTable[];
    readonly comments: readonly PlacedNotice[];
    /** The baseline's file, how many entries it has, and how many of them matched. */
    readonly baseline: { readonly file: string; readonly known: number; readonly matched: number } | null;
  } | null;
};

/** What the report of one machine adds, where a run is split over several, so that they can be merged into one. */
export type ShardPart = {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** Four hex digits: the same on machines that saw the same names and commits by the same rules and settings. */
  readonly run: string;
  /** The commits that all machines together read. */
  readonly commits: number;
  /** The end of the sentence `Nothing to look at: …` for the whole run. */
  readonly nothing: string;
  readonly allow_incomplete: boolean;
  /** How many findings only a new allow would have let pass. */
  readonly refused_allows: number;
  /**
   * For each number of a secret, from 1: the same mark on every machine for the same value. It is keyed, and the key is
   * in no report, so that nobody can try values on it.
   */
  readonly values: readonly string[];
  readonly markers: readonly Marker[];
  readonly notices: NoticeParts;
};
