/** The style of every page: light and dark as the reader has it, and fit to be printed. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --back: #fff; --text: #1d2327; --dim: #5b656d; --line: #d9dee2; --panel: #f5f7f8; --good: #1f7a4d; --bad: #b3372f; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14181b; --text: #e4e8eb; --dim: #9aa5ad; --line: #343c42; --panel: #1d2327; --good: #5cc08d; --bad: #e0685f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .4rem 0; max-width: 46rem; }
.dim { color: var(--dim); }
.seal { margin: 1.25rem 0; padding: .75rem 1rem; border-left: 4px solid var(--good); background: var(--panel); }
.seal.bad { border-color: var(--bad); }
.seal strong { display: block; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
.tiles li { padding: .6rem .8rem; background: var(--panel); }
.tiles b { display: block; font-size: 1.45rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--dim); }
.wide { overflow-x: auto; margin: .75rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--dim); font-weight: 600; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.code, code, pre { font-family: ui-monospace, monospace; font-size: .85em; overflow-wrap: anywhere; }
pre { padding: .75rem 1rem; background: var(--panel); white-space: pre-wrap; }
figure { margin: 1rem 0; }
figcaption { font-weight: 600; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--dim); font-size: 11.5px; }
@media screen and (max-width: 40rem) { svg text { font-size: 18px; } td.code { min-width: 11rem; } }
.grid { stroke: var(--line); stroke-width: 1; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .25rem 0; padding: 0; list-style: none; color: var(--dim); font-size: .85rem; }
.legend span { display: inline-block; width: .8em; height: .8em; margin-right: .4em; }
@media print {
  :root { color-scheme: light; --back: #fff; --text: #000; --dim: #444; --line: #bbb; --panel: #fff; --good: #1f7a4d; --bad: #b3372f; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  .wide { overflow: visible; }
  h2, h3, figcaption { break-after: avoid; }
  figure, tr, .seal, .tiles { break-inside: avoid; }
}
`;

/** The colours of a chart's series, in light (and in print) and in dark; each is a class. */
export function seriesStyle(
  colours: Readonly<Record<string, readonly [light: string, dark: string]>>,
): string {
  const names = Object.keys(colours);
  const set = (at: 0 | 1): string => names.map((name) => `--${name}: ${colours[name]?.[at]};`).join(" ");
  return `
:root { ${set(0)} }
@media screen and (prefers-color-scheme: dark) { :root { ${set(1)} } }
${names.map((name) => `.${name} { fill: var(--${name}); background: var(--${name}); }`).join("\n")}
`;
}
