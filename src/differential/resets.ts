/** Which function of a machine is reset. */
import { LAYOUT } from '../codec/pci/configuration';
import type { Registers } from '../machine/registers';
import { resetBus, resetFunction } from '../target/resets';
import type { Reset } from './draw';

interface Resettable {
  readonly of: Registers;
  /** Of the header; undefined of what has no configuration space. */
  readonly layout?: number;
}

/** Nothing, if there is nothing that can be reset so. */
export async function reset(targets: readonly Resettable[], { kind, position }: Reset): Promise<void> {
  const wanted = targets.filter(({ layout }) => (kind === 'bus' ? layout === LAYOUT.bridge : layout !== undefined));
  const { of } = wanted[position % Math.max(1, wanted.length)] ?? {};
  if (of) await (kind === 'bus' ? resetBus(of) : resetFunction(of));
}
