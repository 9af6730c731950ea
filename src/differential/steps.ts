/** Random writes to registers and resets. */
import fc from 'fast-check';
import type { Draw, Step } from './draw';

/** Of one machine. */
const MOST_STEPS = 6;

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      width: fc.constantFrom(4 as const, 1 as const, 2 as const, 8 as const),
      value: fc.oneof(fc.constantFrom('ones' as const, 'zeros' as const), fc.nat()),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('machine' as const, 'bus' as const, 'function' as const),
      position: fc.nat({ max: 15 }),
    }),
  },
);

/** Machines to which that is done. */
export const withSteps = (draws: fc.Arbitrary<Draw>): fc.Arbitrary<Draw> =>
  fc
    .tuple(draws, fc.array(anyStep, { minLength: 1, maxLength: MOST_STEPS }))
    .map(([draw, steps]) => ({ ...draw, steps }));
