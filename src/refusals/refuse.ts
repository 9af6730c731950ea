import type { Facts } from '../ledger/facts';
import type { QuirkName, Quirks } from '../ledger/quirks';
import { Refusal } from '../machine/refusal';
import type { CommandLine } from '../options/line';
import type { Option } from '../options/option';

/** What QEMU is asked for, and what kind of QEMU it is. */
export interface Request {
  readonly line: CommandLine;
  readonly quirks: Quirks;
  readonly facts: Facts;
  /** The contents of a file that the command line names; undefined if there is none. */
  readonly file: (name: string) => Uint8Array | undefined;
}

/** In QEMU's words, and with the option that they are about. @throws Refusal always */
export function refuse(complaint: string, option?: Option): never {
  throw new Refusal(complaint, option ? `-${option.name} ${option.text}: ${complaint}` : complaint);
}

/** Looks whether QEMU refuses something, unless it has a quirk by which it overlooks that. */
export function lookUnless(quirk: QuirkName, { quirks }: Request, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Refusal && quirks.has(quirk))) throw error;
  }
}

/** QEMU include/system/numa.h: MAX_NODES. */
export const MAX_NODES = 128;
