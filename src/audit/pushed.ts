import type { Push } from "../ledger/pushes.js";
import type { Located } from "../scan/located.js";

/** The finding in `unit` as the pushes carried it. It has left: neither mask nor scope of today change that. */
export function asPushed(
  located: Located,
  pushes: readonly Push[],
  unit: { readonly aura_id: string; readonly name: string },
): Located {
  const { finding } = located;
  const inOrder = [...pushes].sort((a, b) =>
    a.record.at < b.record.at ? -1 : a.record.at > b.record.at ? 1 : 0,
  );
  const first = inOrder[0]?.record;
  if (first === undefined) return located;
  const motherships = new Set(inOrder.flatMap(({ mothership }) => mothership ?? []));
  const sent = inOrder.some(({ sent_at }) => sent_at !== null);
  return {
    ...located,
    finding: {
      ...finding,
      unit: { ...unit, marker: finding.unit?.marker ?? null },
      wire: "leak",
      push: first.record_id,
      pushed: {
        at: first.at,
        last_at: inOrder.at(-1)?.record.at ?? first.at,
        times: inOrder.length,
        motherships: [...motherships].sort(),
        sent,
      },
      fix: `${LEFT} ${finding.wire === "leak" ? finding.fix : todayWords(finding)}`,
    },
  };
}

const LEFT = "It has left this machine: rotate it first.";

function todayWords({ wire, detector }: Located["finding"]): string {
  if (wire === "withheld") return "By today's settings the function would stay here.";
  return `Today's mask hides it${detector === null ? "" : ` (${detector})`}, so no mask is lacking.`;
}
