// AssemblyScript: where each table is, and where the bytes to look at and the answers go; see `../tables.ts`.

export let lower: usize = 0;
export let thirds: usize = 0;
export let threes: usize = 0;
export let slots: usize = 0;
export let entries: usize = 0;
export let words: usize = 0;
export let sieve: usize = 0;
export let programs: usize = 0;
export let classes: usize = 0;
export let enabled: usize = 0;
export let input: usize = 0;
export let output: usize = 0;

/** Where each table begins, and where the bytes to look at and the answers go. */
export function place(
  lowerAt: usize,
  thirdsAt: usize,
  threesAt: usize,
  slotsAt: usize,
  entriesAt: usize,
  wordsAt: usize,
  sieveAt: usize,
  programsAt: usize,
  classesAt: usize,
  enabledAt: usize,
  inputAt: usize,
  outputAt: usize,
): void {
  lower = lowerAt;
  thirds = thirdsAt;
  threes = threesAt;
  slots = slotsAt;
  entries = entriesAt;
  words = wordsAt;
  sieve = sieveAt;
  programs = programsAt;
  classes = classesAt;
  enabled = enabledAt;
  input = inputAt;
  output = outputAt;
}

