import type { PlatformName } from '../../ledger/platforms';
import type { Quirks } from '../../ledger/quirks';
import type { Topology } from '../../machine/topology';
import type { Board } from './board';
import { q35Board } from './q35';
import { virtBoard } from './virt';

/** A simulated board of each platform. */
export const BOARDS: Readonly<Record<PlatformName, (topology: Topology, quirks: Quirks) => Board>> = {
  q35: q35Board,
  virt: virtBoard,
};
