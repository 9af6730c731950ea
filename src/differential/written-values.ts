/** What a pass of writes writes to a register, and the list of what it leaves alone. */
import { MAILBOX } from '../codec/cxl/device';
import { decoderOffset, HdmDecoderControl } from '../codec/cxl/hdm';
import { BridgeControl, CONFIG } from '../codec/pci/configuration';
import { FunctionReset, PCI_EXPRESS } from '../codec/pci/express';
import { MSI, MsiControl } from '../codec/pci/msi';
import { Slot } from '../codec/pci/slot';
import type { BlockName, Width } from '../machine/registers';
import type { Structure } from '../named-registers/structures';
import type { Pass } from './draw';

/** Bytes of each block. */
export const BLOCK_SIZE = 0x1000;

interface LeftAlone {
  /** Which register it is, by its structure and its offset in it. */
  readonly is: (structure: string, offset: number) => boolean;
  readonly what: string;
  readonly why: string;
  /** Bits that are written as they are in `as`, 0 unless given. */
  readonly bits: number;
  readonly as?: number;
}

const registerIs = (name: string, at: number) => (structure: string, offset: number) =>
  structure === name && offset === at;

const ALL_BITS = 0xffff_ffff;

/** Decoders that QEMU hides are where they would be. */
const DECODERS = ['HDM Decoder', 'Null'];
const CONTROLS = Array.from({ length: 32 }, (_, n) => decoderOffset(n, 'control'));

/** Bits that are written with one value alone. */
export const FIXED: readonly LeftAlone[] = [
  {
    is: registerIs('PCI Express', PCI_EXPRESS.device),
    bits: FunctionReset.encode({ initiate: true }),
    what: 'Initiate Function Level Reset',
    why: 'resets are steps of their own',
  },
  {
    is: registerIs('header', CONFIG.interrupt),
    bits: BridgeControl.encode({ secondaryBusReset: true }),
    what: 'Secondary Bus Reset',
    why: 'resets are steps of their own',
  },
  {
    is: registerIs('PCI Express', PCI_EXPRESS.slot),
    bits: Slot.encode({ powerOff: true }),
    what: 'Power Controller Control',
    why: 'QEMU removes the device, and nothing is left to compare; scenarios do it',
  },
  {
    is: registerIs('MSI', 0),
    bits: MsiControl.encode({ enable: true }),
    as: MsiControl.encode({ enable: true }),
    what: 'MSI Enable, which is always set',
    why: 'more vectors than there are end QEMU while it is clear; CONFIG-8.1',
  },
  {
    is: registerIs('MSI', MSI.address),
    bits: 0xfff0_0000,
    as: 0xfee0_0000,
    what: 'the address of MSI, which is that of a local APIC',
    why: 'a message to another address overwrites what is there',
  },
  {
    is: registerIs('MSI', MSI.address + MSI.wider),
    bits: ALL_BITS,
    what: 'the high half of the address of MSI',
    why: 'a message to another address overwrites what is there',
  },
  {
    is: (structure, offset) => DECODERS.includes(structure) && CONTROLS.includes(offset),
    bits: HdmDecoderControl.encode({ commit: true }),
    what: 'Commit of HDM decoders',
    why: 'what is committed is compared by decode',
  },
];

/** What a pass writes there; undefined if it writes nothing. */
export function written(
  pass: Pass,
  { block, at, structures }: { block: BlockName; at: number; structures: readonly Structure[] },
): bigint | undefined {
  if (block === 'device' && !isWritten(at, pass.width, structures)) return undefined;
  if (pass.width === 8 && block === 'configuration') return undefined;
  let word = 0n;
  for (let n = 0; n < pass.width; n += 4)
    word |= BigInt(wordOf(pass, block, (at + n) & ~3, structures)) << BigInt(8 * n);
  return BigInt.asUintN(8 * pass.width, word >> BigInt(8 * (at % 4)));
}

/** Of device registers: none before the mailbox, and those of the mailbox in their own width alone. */
function isWritten(at: number, width: Width, structures: readonly Structure[]): boolean {
  const mailbox = structures.find(({ name }) => name === 'Primary Mailbox')?.start ?? 0;
  const offset = at - mailbox;
  return offset >= MAILBOX.payload || (offset >= 0 && width >= 4);
}

function wordOf(pass: Pass, block: BlockName, at: number, structures: readonly Structure[]): number {
  const value = patternAt(pass, at);
  const within = structures.filter(({ start }) => start <= at).sort((a, b) => b.start - a.start)[0];
  if (!within) return value;
  const offset = at - within.start;
  if (block === 'device' && within.name === 'Primary Mailbox' && offset === MAILBOX.control) return (value & ~1) >>> 0;
  const fixed = FIXED.filter(({ is }) => is(within.name, offset));
  return fixed.reduce((word, { bits, as = 0 }) => ((word & ~bits) | as) >>> 0, value);
}

function patternAt({ value }: Pass, at: number): number {
  if (value === 'ones') return ALL_BITS;
  if (value === 'zeros') return 0;
  let mixed = (value ^ Math.imul(at + 1, 0x9e37_79b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
