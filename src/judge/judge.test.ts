/** The judge finds what is planted, and nothing in machines that are consistent. */
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { PLANTS } from '../testing/inconsistent-machines';
import { anyMachine, fullMachine } from '../testing/random-machine';
import { KINDS } from './finding';
import { judge } from './judge';

const MACHINES = 200;

test(`${MACHINES} consistent machines have no finding`, () => {
  fc.assert(
    fc.property(anyMachine, (state) => expect(judge(state)).toEqual([])),
    { numRuns: MACHINES },
  );
});

const plants = Object.entries(PLANTS).flatMap(([kind, ways]) => ways.map((plant, i) => ({ kind, plant, i })));
const RUNS = Math.ceil(MACHINES / plants.length);

for (const { kind, plant, i } of plants) {
  test(`${kind} is found where it is planted: ${KINDS[kind as keyof typeof KINDS]} (${i + 1})`, () => {
    fc.assert(
      fc.property(fullMachine, (clean) => {
        const { state, names } = plant(clean);
        const messages = judge(state).flatMap((finding) => (finding.kind === kind ? [finding.message] : []));
        expect(messages).toContainEqual(expect.stringContaining(names));
      }),
      { numRuns: RUNS },
    );
  });
}

test('a machine that has everything has no finding before one is planted', () => {
  fc.assert(
    fc.property(fullMachine, (state) => expect(judge(state)).toEqual([])),
    { numRuns: 50 },
  );
});
