/** Lays a table out: a column is `{ head, of(row) }`, the first is flush left, the others flush right. */
export function layTable(columns, rows) {
  const cells = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  const left = (column) => column === 0 || columns[column].left === true;
  const laid = cells.map((line) =>
    line
      .map((cell, at) => (left(at) ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
      .join("  ")
      .trimEnd(),
  );
  const [head, ...body] = laid;
  return [
    head,
    widths
      .map((width) => "-".repeat(width))
      .join("  ")
      .trimEnd(),
    ...body,
  ].join("\n");
}

/** Seconds as people read them: `45 ms`, `1.25 s`, `12.3 s`. */
export function seconds(value) {
  if (!Number.isFinite(value)) return "-";
  if (value === 0) return "0 ms";
  if (value < 0.001) return `${(value * 1000).toFixed(3)} ms`;
  if (value < 0.01) return `${(value * 1000).toFixed(2)} ms`;
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  return value < 10 ? `${value.toFixed(2)} s` : `${value.toFixed(1)} s`;
}

/** A number with three figures that count, or `-`. */
export function number(value) {
  if (!Number.isFinite(value)) return "-";
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** How a time compares with ours: `3.40x` is three times and four tenths as long. */
export function ratio(value, ours) {
  return Number.isFinite(value / ours) ? `${number(value / ours)}x` : "-";
}

const wallOfOurs = (rows) => rows.find((row) => row.kind === "ours")?.wall ?? Number.NaN;

/** The table of a race: medians, ratios to ours (the first row of that kind), speed if `bytes` were read, memory. */
export function raceTable(rows, bytes) {
  const ours = wallOfOurs(rows);
  const speed = { head: "MB/s", of: (row) => (row.reads ? number(bytes / 1e6 / row.wall) : "-") };
  return layTable(
    [
      { head: "", of: (row) => (row.kind === "floor" ? `floor: ${row.name}` : row.name) },
      { head: "median", of: (row) => seconds(row.wall) },
      { head: "to ours", of: (row) => ratio(row.wall, ours) },
      ...(bytes === null ? [] : [speed]),
      { head: "CPU", of: (row) => seconds(row.cpu) },
      {
        head: "memory",
        of: (row) => (Number.isFinite(row.memory) ? `${Math.round(row.memory / 1e6)} MB` : "-"),
      },
      { head: "runs", of: (row) => String(row.runs) },
      { head: "", left: true, of: (row) => row.note },
    ],
    rows,
  );
}

/** How the cost grows with the size: megabytes a second of each contender in each race. */
export function growthTable(races) {
  const reading = races.flatMap(({ rows }) => rows.filter((row) => row.reads));
  const names = [...new Set(reading.map((row) => row.name))];
  const rowOf = (one, name) => one.rows.find((row) => row.name === name);
  return layTable(
    [
      { head: "MB/s", of: (name) => name },
      ...races.map((one) => ({
        head: one.size,
        of: (name) => number(one.bytes / 1e6 / (rowOf(one, name)?.wall ?? Number.NaN)),
      })),
    ],
    names,
  );
}
