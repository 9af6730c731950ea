/**
 * PCI enumeration as SeaBIOS does it, src/fw/pciinit.c: bus numbers depth first, then addresses for BARs.
 * What fits goes below 4 GiB; else 64-bit BARs go above RAM and above what the machine says is reserved.
 */
import { CONFIG, CONFIG_PORT, ConfigAddress, ecamOffset, NO_FUNCTION } from '../codec/pci/configuration';
import { MCH, MCH_IDENTITY, PCIEXBAR, PciExpressBar } from '../codec/pci/q35';
import type { Hardware, Hpa } from '../machine/hardware';
import { allFunctions, type Bus, type PciFunctionConfig, scanRoot } from './pci-bus';
import { needsOf, place } from './pci-resources';

/** Where SeaBIOS puts ECAM, for 256 buses. */
const ECAM = 0xb000_0000n;

/** Room for BARs below 4 GiB: behind ECAM, before the interrupt controllers. */
const LOW_ROOM = { base: 0xc000_0000n, end: 0xfec0_0000n };

const DEVICES = 32;
const BUSES = 256;

/** Of buses, how many are asked before the answers are looked at. */
const AT_ONCE = 32;

export interface PciRoom {
  /** How many root buses there are besides bus 0. */
  readonly extraRoots: number;
  /** Where 64-bit BARs may go, if they do not fit below 4 GiB. */
  readonly above: Hpa;
  /** Whether ports get room for devices that are plugged in later. */
  readonly roomForHotPlug: boolean;
}

/**
 * Gives all functions bus numbers and addresses, and enables those that have any. Yields the root buses. Nothing is enabled
 * before everything is in its place, for QEMU draws its memory map anew with each write to what is enabled.
 */
export async function enumeratePci(hardware: Hardware, { extraRoots, above, roomForHotPlug }: PciRoom): Promise<Bus[]> {
  await enableEcam(hardware);
  const roots = [await scanRoot(hardware, ECAM, 0)];
  while (roots.length <= extraRoots) {
    const next = await nextRoot(hardware, (roots.at(-1) as Bus).last + 1);
    if (next === undefined) break;
    roots.push(await scanRoot(hardware, ECAM, next));
  }
  const needs = roots.flatMap((root) => needsOf(root, roomForHotPlug));
  await place(needs, LOW_ROOM, above);
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

/** QEMU's q35 has ECAM switched off at reset; it is reached by I/O ports. */
async function enableEcam(hardware: Hardware): Promise<void> {
  const at = async (register: number) => {
    await hardware.out32(CONFIG_PORT.address, ConfigAddress.encode({ ...MCH, register: register / 4, enable: true }));
  };
  await at(0);
  if ((await hardware.in32(CONFIG_PORT.data)) !== MCH_IDENTITY) throw new Error('the machine is no q35');
  await at(PCIEXBAR + 4);
  await hardware.out32(CONFIG_PORT.data, 0);
  await at(PCIEXBAR);
  await hardware.out32(CONFIG_PORT.data, PciExpressBar.encode({ enable: true, base: Number(ECAM >> 28n) }));
}

/** The next bus, from `first`, on which a function answers: device 0 almost always, so that is asked first. */
async function nextRoot(hardware: Hardware, first: number): Promise<number | undefined> {
  for (const devices of [[0], Array.from({ length: DEVICES - 1 }, (_, i) => i + 1)]) {
    const found = await answering(hardware, first, devices);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function answering(hardware: Hardware, first: number, devices: readonly number[]): Promise<number | undefined> {
  for (let bus = first; bus < BUSES; bus += AT_ONCE) {
    const addresses = Array.from({ length: Math.min(AT_ONCE, BUSES - bus) }, (_, i) => bus + i).flatMap((each) =>
      devices.map((device) => ({ bus: each, device, fn: 0 })),
    );
    const identities = await hardware.readWords(
      addresses.map((address) => ECAM + ecamOffset(address, CONFIG.identity)),
    );
    const found = identities.findIndex((identity) => identity !== NO_FUNCTION);
    if (found >= 0) return addresses[found]?.bus;
  }
  return undefined;
}
