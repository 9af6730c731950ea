/** What of machine type and processor decides where memory is: QEMU hw/i386/pc.c: pc_memory_init(), target/i386/cpu.c. */
import { precedes } from '../ledger/release';
import type { Board } from '../machine/topology';
import { type CommandLine, isVirt, said } from './line';
import { parseSize } from './size';

/** Before this machine type nothing was kept for HyperTransport. */
const HYPER_TRANSPORT_SINCE = '7.1';

/** Processor models of AMD; QEMU's own, which TCG takes unless another is named, say that they are AMD's too. */
const OF_AMD = /^(qemu64|max|phenom|athlon|Opteron|EPYC)/;
const AMD = 'AuthenticAMD';

const DEFAULT_BITS = 40;

/** Undefined where all is as the newest machine type has it with the default processor. */
export function parseBoard(line: CommandLine): Board | undefined {
  const { machine, processor } = line;
  if (isVirt(line)) return undefined;
  const version = /-(\d+\.\d+)$/.exec(said(machine, 'type') ?? '')?.[1];
  const model = (said(processor, 'model') ?? 'qemu64').replace(/-v\d+$/, '');
  const vendor = said(processor, 'vendor');
  const ofAmd = vendor === undefined ? OF_AMD.test(model) : vendor === AMD;
  const bits = Number(said(processor, 'phys-bits') ?? 0) || DEFAULT_BITS;
  const keeps = ofAmd && (version === undefined || !precedes(version, HYPER_TRANSPORT_SINCE));
  const lowRam = said(machine, 'max-ram-below-4g');
  const board: Board = {
    ...(keeps && bits >= DEFAULT_BITS ? {} : { hyperTransport: false }),
    ...(keeps ? {} : { movesAbove1T: false }),
    ...(bits !== DEFAULT_BITS && { addressBits: bits }),
    ...(lowRam !== undefined && { lowRam: parseSize(lowRam) }),
  };
  return Object.keys(board).length > 0 ? board : undefined;
}
