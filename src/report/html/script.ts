/**
 * What the page does where scripts run: search, filters, order, and a hundred findings at a time, so that thousands stay quick.
 * Without it all findings are there, in the report's order. It writes texts only, and never markup.
 */
export const SCRIPT = `"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const list = byId("findings");
  if (list === null) return;
  const STEP = 100;
  const items = Array.from(list.children);
  const texts = new Map();
  const textOf = (item) => {
    let text = texts.get(item);
    if (text === undefined) texts.set(item, (text = item.textContent.toLowerCase()));
    return text;
  };
  const places = new Map(items.map((item, at) => [item, at]));
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const orders = {
    severity: (a, b) => b.dataset.rank - a.dataset.rank,
    place: () => 0,
    rule: (a, b) => compare(a.dataset.rule, b.dataset.rule),
    newest: (a, b) => compare(b.dataset.time, a.dataset.time),
    oldest: (a, b) => compare(a.dataset.time || "~", b.dataset.time || "~"),
  };
  const fields = ["search", "severity", "standing", "rule", "folder", "order"].map(byId);
  const [search, severity, standing, rule, folder, order] = fields;
  const status = byId("status");
  const more = byId("more");
  const all = byId("all");
  let shown = STEP;
  let matching = items;
  let ordered = "place";

  function find() {
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    // Asked once, and not for each of thousands: a list of choices is slow to tell.
    const asked = [severity, standing, rule, folder].map(({ id, value }) => [id, value]).filter(([, value]) => value !== "");
    matching = asked.length === 0 ? items : items.filter(({ dataset }) => asked.every(([id, value]) => dataset[id] === value));
    if (words.length > 0) matching = matching.filter((item) => words.every((word) => textOf(item).includes(word)));
  }
  function sort() {
    if (ordered === order.value) return;
    ordered = order.value;
    items.sort((a, b) => orders[ordered](a, b) || places.get(a) - places.get(b));
    const sorted = document.createDocumentFragment();
    for (const item of items) sorted.append(item);
    list.append(sorted);
  }
  function show() {
    const visible = new Set(matching.slice(0, shown));
    for (const item of items) {
      const isHidden = !visible.has(item);
      if (item.hidden !== isHidden) item.hidden = isHidden;
    }
    const number = (count) => count.toLocaleString("en");
    const of = matching.length === items.length ? "" : " that match, of " + number(items.length) + " in all";
    status.textContent = matching.length === 0 ? "No finding matches." :
      "Showing " + number(visible.size) + " of " + number(matching.length) + (matching.length === 1 ? " finding" : " findings") + of + ".";
    more.hidden = all.hidden = visible.size === matching.length;
  }
  function change() {
    shown = STEP;
    sort();
    find();
    show();
  }
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(change, 80);
  });
  for (const field of fields.slice(1)) field.addEventListener("change", change);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("reset", () => setTimeout(change));
  more.addEventListener("click", () => {
    const next = matching[shown];
    shown += STEP;
    show();
    next.querySelector("summary").focus();
  });
  all.addEventListener("click", () => {
    const next = matching[shown];
    shown = Infinity;
    show();
    next.querySelector("summary").focus();
  });
  // On paper there is no button to press.
  let before = STEP;
  addEventListener("beforeprint", () => {
    before = shown;
    shown = Infinity;
    show();
  });
  addEventListener("afterprint", () => {
    shown = before;
    show();
  });
  byId("filters").hidden = false;
  change();
})();
`;
