/** The fault dictionary, read backwards: which quirks a set of scenarios is the kill list of. */
import type { KillList } from '../ledger/kill-list';

/** Of a quirk's scenarios that could fail, at least this part has to. */
const RECALL = 0.8;

/**
 * The quirk by which each of `failing` fails, as far as quirks explain them; the one that explains most comes first.
 * @param able Scenarios that could have failed: the others say nothing of a quirk.
 */
export function faultNames(failing: readonly string[], able: ReadonlySet<string>, list: KillList): Map<string, string> {
  const named = new Map<string, string>();
  const left = new Set(failing);
  const candidates = [...list].map(([quirk, ids]) => ({ quirk, ids: ids.filter((id) => able.has(id)) }));
  for (;;) {
    const [best] = candidates
      .map(({ quirk, ids }) => ({ quirk, ids, hits: ids.filter((id) => left.has(id)) }))
      .filter(({ ids, hits }) => hits.length > 0 && hits.length >= RECALL * ids.length)
      .sort((a, b) => b.hits.length - a.hits.length || a.ids.length - b.ids.length);
    if (!best) return named;
    for (const id of best.hits) {
      named.set(id, best.quirk);
      left.delete(id);
    }
  }
}
