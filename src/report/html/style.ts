import { seriesStyle } from "../page/style.js";

/**
 * What the findings' page has besides the style of every page. Items are blocks and no list items: with thousands of these a
 * browser counts them anew for each that is hidden, which takes seconds.
 */
export const STYLE = `${seriesStyle({
  "of-critical": ["#b3261e", "#f28b82"],
  "of-high": ["#a8480a", "#f0a35e"],
  "of-medium": ["#7a5c00", "#dcbc5a"],
  "of-low": ["#2f6fb0", "#7db4e8"],
  "of-all": ["#4a6a8a", "#8fb0d0"],
})}
[hidden] { display: none !important; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2rem; }
.tiles { grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); }
.seal.unsure { border-color: var(--of-medium); }
.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; padding: .6rem 0; background: var(--back); border-bottom: 1px solid var(--line); }
.filters label { display: flex; flex-direction: column; font-size: .8rem; color: var(--dim); min-width: 7rem; }
.filters .search { flex: 1 1 14rem; }
input, select, button { font: inherit; font-size: .95rem; color: var(--text); background: var(--panel); border: 1px solid var(--dim); border-radius: 3px; padding: .3rem .5rem; min-height: 2.2rem; max-width: 100%; }
select { max-width: 10.5rem; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--of-low); outline-offset: 2px; }
.findings { list-style: none; margin: 0; padding: 0; }
.findings > li { display: block; border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 3.4rem; scroll-margin-top: 8rem; }
.findings summary { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: 0 .75rem; padding: .5rem .25rem; cursor: pointer; list-style: none; }
.findings summary::-webkit-details-marker { display: none; }
.findings summary:hover, .findings details[open] > summary { background: var(--panel); }
.findings summary > * { min-width: 0; overflow-wrap: anywhere; }
.findings summary .rest { grid-column: 2; }
.severity { font-weight: 700; font-size: .85rem; }
.severity::before { content: "\\25B8\\00A0"; color: var(--dim); font-weight: 400; }
.findings details[open] > summary .severity::before { content: "\\25BE\\00A0"; }
.is-critical { color: var(--of-critical); } .is-high { color: var(--of-high); } .is-medium { color: var(--of-medium); } .is-low { color: var(--of-low); }
.place { font-family: ui-monospace, monospace; font-size: .85em; }
dl { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: .2rem .75rem; margin: 0; padding: .4rem .25rem .9rem; font-size: .92rem; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
dd pre { margin: 0; }
.more { margin: 1rem 0; }
@media screen and (min-width: 60rem) { main { max-width: 76rem; } }
@media screen and (max-width: 40rem) {
  main { padding: 1.25rem .75rem 3rem; }
  .charts svg text { font-size: 14px; }
  .filters { position: static; } .filters label { flex: 1 1 8rem; } select { max-width: none; width: 100%; }
  .findings summary, dl { grid-template-columns: minmax(0, 1fr); } .findings summary .rest { grid-column: 1; } dd { margin-bottom: .35rem; }
}
@media print { .filters, .more { display: none; } .findings > li { break-inside: avoid; content-visibility: visible; } .severity::before { content: none; } }
`;
