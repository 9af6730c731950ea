import type { Hardware } from '../../machine/hardware';
import type { Board, FindBoard } from './platform';
import { findQ35 } from './q35';
import { findVirt } from './virt';

const BOARDS: readonly FindBoard[] = [findQ35, findVirt];

/** The board that the machine is, by what answers on it. @throws Error if it is none that firmware here was built for. */
export async function findBoard(hardware: Hardware): Promise<Board> {
  for (const find of BOARDS) {
    const board = await find(hardware);
    if (board) return board;
  }
  throw new Error('fw_cfg does not offer DMA, and there is no device tree: firmware does not know this machine');
}
