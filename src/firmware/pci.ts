/**
 * PCI enumeration as SeaBIOS does it, src/fw/pciinit.c: bus numbers depth first, then addresses for BARs.
 * What fits goes below 4 GiB; else 64-bit BARs go where the board has room for them.
 */
import { CONFIG, ecamOffset, NO_FUNCTION } from '../codec/pci/configuration';
import type { Hardware, Hpa } from '../machine/hardware';
import { allFunctions, type Bus, type PciFunctionConfig, scanRoot } from './pci-bus';
import { needsOf, place } from './pci-resources';

const DEVICES = 32;
const BUSES = 256;

/** Of buses, how many are asked before the answers are looked at. */
const AT_ONCE = 32;

export interface PciRoom {
  /** Where configuration space is. */
  readonly ecam: Hpa;
  /** How many root buses there are besides bus 0. */
  readonly extraRoots: number;
  /** Where BARs of 32 bits go. */
  readonly low: { readonly base: Hpa; readonly end: Hpa };
  /** Where 64-bit BARs may go, if they do not fit below 4 GiB. */
  readonly above: Hpa;
  /** Whether ports get room for devices that are plugged in later. */
  readonly roomForHotPlug: boolean;
}

/**
 * Gives all functions bus numbers and addresses, and enables those that have any. Yields the root buses. Nothing is enabled
 * before everything is in its place, for QEMU draws its memory map anew with each write to what is enabled.
 */
export async function enumeratePci(
  hardware: Hardware,
  { ecam, extraRoots, low, above, roomForHotPlug }: PciRoom,
): Promise<Bus[]> {
  const roots = [await scanRoot(hardware, ecam, 0)];
  while (roots.length <= extraRoots) {
    const next = await nextRoot(hardware, ecam, (roots.at(-1) as Bus).last + 1);
    if (next === undefined) break;
    roots.push(await scanRoot(hardware, ecam, next));
  }
  const needs = roots.flatMap((root) => needsOf(root, roomForHotPlug));
  await place(needs, low, above);
  const hasAddresses = (fn: PciFunctionConfig) =>
    needsOf({ number: 0, last: 0, functions: [fn] }, roomForHotPlug).length > 0;
  await Promise.all(
    roots
      .flatMap(allFunctions)
      .filter(hasAddresses)
      .map((fn) => fn.enable()),
  );
  return roots;
}

/** The next bus, from `first`, on which a function answers: device 0 almost always, so that is asked first. */
async function nextRoot(hardware: Hardware, ecam: Hpa, first: number): Promise<number | undefined> {
  for (const devices of [[0], Array.from({ length: DEVICES - 1 }, (_, i) => i + 1)]) {
    const found = await answering(hardware, ecam, first, devices);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function answering(
  hardware: Hardware,
  ecam: Hpa,
  first: number,
  devices: readonly number[],
): Promise<number | undefined> {
  for (let bus = first; bus < BUSES; bus += AT_ONCE) {
    const addresses = Array.from({ length: Math.min(AT_ONCE, BUSES - bus) }, (_, i) => bus + i).flatMap((each) =>
      devices.map((device) => ({ bus: each, device, fn: 0 })),
    );
    const identities = await hardware.readWords(
      addresses.map((address) => ecam + ecamOffset(address, CONFIG.identity)),
    );
    const found = identities.findIndex((identity) => identity !== NO_FUNCTION);
    if (found >= 0) return addresses[found]?.bus;
  }
  return undefined;
}
