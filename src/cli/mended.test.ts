/** A QEMU that lacks one quirk of its release does not pass for that release, whichever quirk it is. */
import { before, test } from 'node:test';
import { expect } from 'expect';
import { readKillList } from '../ledger/kill-list';
import { DEFAULT_LINUX } from '../ledger/linux';
import { personalitiesOf } from '../ledger/personality';
import { type QuirkName, quirks, quirksOf } from '../ledger/quirks';
import type { Quirk } from '../ledger/quirks/quirk';
import type { Verdict } from '../ledger/verdict';
import type { Scenario } from '../report/catalogue';
import { select } from './catalogue';
import { findOut } from './expect';
import { Stage } from './stage';

/** So many scenarios of a quirk are tried before the others. */
const FIRST = 4;

const AS_EXPECTED: readonly Verdict[] = ['conforms', 'known', 'not-applicable'];

const killList = readKillList();
const broken = (name: QuirkName): readonly string[] => killList.get(name) ?? [];
const isByChance = (name: QuirkName): boolean => (quirks[name] as Quirk).byChance !== undefined;

let scenarios: Scenario[];
let stage: Stage;
before(async () => {
  scenarios = await select({});
  stage = await Stage.of(scenarios);
});

/** Quirks that no scenario can show on a release, and why. */
const UNSEEN: Readonly<Record<string, Partial<Record<QuirkName, string>>>> = {
  '7.2.22': { 'multiples-of-3-shifted': 'its devices do not offer such ways, and more than 8 targets crash it' },
};

for (const release of ['7.2.22', '10.0.13', '11.1.3']) {
  test(`each quirk of ${release} that is mended is noticed`, async () => {
    const names = quirksOf(release, DEFAULT_LINUX).filter((name) => !isByChance(name));
    const concerned = new Set(names.flatMap(broken));
    await findOut(
      personalitiesOf(release, DEFAULT_LINUX),
      scenarios.filter(({ id }) => concerned.has(id)),
    );
    const unnoticed: string[] = [];
    for (const name of names) if (!(await isNoticed(name, release))) unnoticed.push(name);
    expect(unnoticed).toEqual(Object.keys(UNSEEN[release] ?? {}));
  });
}

/** Whether some scenario that the quirk breaks shows something unexpected once it is mended. */
async function isNoticed(name: QuirkName, release: string): Promise<boolean> {
  let noticed = false;
  const all = broken(name);
  for (const ids of [all.slice(0, FIRST), all.slice(FIRST)]) {
    if (noticed || ids.length === 0) continue;
    await stage.run(ids, { release, mended: [name] }, (_, verdict) => {
      noticed ||= !AS_EXPECTED.includes(verdict);
    });
  }
  return noticed;
}
