/** The file of the kill list, held against what the simulator shows, or rewritten by it. */
import {
  byId,
  folded,
  formatKillList,
  type KillList,
  readKillList,
  transposed,
  writeKillList,
} from '../ledger/kill-list';
import { type QuirkName, quirks } from '../ledger/quirks';
import type { Scenario } from '../report/catalogue';
import { isPrefix, select } from './catalogue';
import { EXIT } from './exit';
import { kills } from './kill';

/** What is computed; the rest stays as it is in the file. */
interface Scope {
  /** All quirks if none is named. */
  readonly names: readonly QuirkName[];
  /** Prefixes of scenarios' ids; all scenarios if not given. */
  readonly id?: readonly string[] | undefined;
  /** Whether each quirk is tried alone. */
  readonly singly?: boolean | undefined;
}

/** Prints where the file differs from what is so, and what it then lacks; writes it if it is to be updated. */
export async function checkKillList(scope: Scope, update: boolean): Promise<number> {
  const scenarios = await select(scope.id ? { id: scope.id } : {});
  const names = scope.names.length > 0 ? scope.names : (Object.keys(quirks) as QuirkName[]);
  const kept = readKillList();
  const list = merged(kept, await kills(scenarios, { names, singly: scope.singly }), scope);
  const isUpToDate = formatKillList(list) === formatKillList(kept);
  const gaps = gapsOf(list, scenarios);
  if (update && !isUpToDate) writeKillList(list);
  const end = isUpToDate
    ? 'is up to date'
    : update
      ? 'is rewritten'
      : 'is not up to date: npx cxl-conformance quirks --update';
  console.log([...differences(kept, list), ...gaps, `src/ledger/kill-list.txt ${end}`].join('\n'));
  return gaps.length > 0 || !(isUpToDate || update) ? EXIT.lookAtIt : EXIT.asExpected;
}

/** What is computed, and of the file what is beyond the scope; quirks in the order of the ledger. */
export function merged(kept: KillList, computed: KillList, { names, id }: Scope): KillList {
  const stays = (quirk: string, scenario: string) =>
    (names.length > 0 && !names.some((name) => name === quirk)) ||
    (id !== undefined && !id.some((prefix) => isPrefix(prefix, scenario)));
  const idsOf = (quirk: string) => [
    ...(kept.get(quirk) ?? []).filter((scenario) => stays(quirk, scenario)),
    ...(computed.get(quirk) ?? []),
  ];
  return new Map(Object.keys(quirks).map((quirk) => [quirk, idsOf(quirk).sort(byId)]));
}

/** For each quirk, the scenarios that went and those that came. */
export function differences(before: KillList, after: KillList): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((quirk) => {
    const [old = [], now = []] = [before.get(quirk), after.get(quirk)];
    const gone = folded(old.filter((id) => !now.includes(id))).map((line) => `  - ${line}`);
    const come = folded(now.filter((id) => !old.includes(id))).map((line) => `  + ${line}`);
    return gone.length + come.length > 0 ? [quirk, ...gone, ...come] : [];
  });
}

/** Scenarios that nothing kills and quirks that kill nothing, each in a sentence. */
export function gapsOf(list: KillList, scenarios: readonly Pick<Scenario, 'id'>[]): string[] {
  const killers = transposed(list);
  const immune = scenarios.filter(({ id }) => !killers.has(id));
  const idle = [...list].filter(([, ids]) => ids.length === 0);
  return [
    ...immune.map(({ id }) => `${id} fails by no quirk: plant one in src/ledger/quirks that breaks what it says`),
    ...idle.map(([quirk]) => `no scenario fails by ${quirk}: write one that does, or remove the quirk`),
  ];
}
