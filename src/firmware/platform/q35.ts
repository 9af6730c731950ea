/** q35, as SeaBIOS knows it: fw_cfg and configuration space by I/O ports, the memory map as E820. */
import { decodeE820, E820_TYPE, type E820Entry } from '../../codec/acpi/e820';
import { fromBytes, swap32 } from '../../codec/bytes';
import { DMA_PORT, DMA_SIGNATURE } from '../../codec/fw-cfg';
import { CONFIG_PORT, ConfigAddress } from '../../codec/pci/configuration';
import { MCH, MCH_IDENTITY, PCIEXBAR, PciExpressBar } from '../../codec/pci/q35';
import { end } from '../../codec/range';
import type { Hardware, Hpa } from '../../machine/hardware';
import { FwCfg } from '../fw-cfg';
import type { Board } from './platform';

const FOUR_GIB = 1n << 32n;

/** Where SeaBIOS puts ECAM, for 256 buses. */
const ECAM = 0xb000_0000n;

/** Room for BARs below 4 GiB: behind ECAM, before the interrupt controllers. */
const LOW_ROOM = { base: 0xc000_0000n, end: 0xfec0_0000n };

/** RAM for fw_cfg requests, at 1 MiB: every machine has some there, and firmware is alone in it. */
const SCRATCH = 0x10_0000n;

export async function findQ35(hardware: Hardware): Promise<Board | undefined> {
  const { high, low } = DMA_SIGNATURE;
  if ((await hardware.in32(DMA_PORT.high)) !== high || (await hardware.in32(DMA_PORT.low)) !== low) return undefined;
  const fwCfg = await FwCfg.open(hardware, SCRATCH, async (request) => {
    await Promise.all([hardware.out32(DMA_PORT.high, 0), hardware.out32(DMA_PORT.low, swap32(Number(request)))]);
  });
  const memoryMap = decodeE820(await fwCfg.read('etc/e820'));
  const tables = ramOf(memoryMap).find(({ base }) => base === 0n);
  if (!tables) throw new Error('etc/e820 has no RAM at 0');
  return {
    fwCfg,
    memoryMap,
    tables,
    low: LOW_ROOM,
    processor: 'local APIC',
    above: highest([FOUR_GIB, ...ramOf(memoryMap).map(end), await reservedEnd(fwCfg)]),
    openConfiguration: () => enableEcam(hardware),
  };
}

/** The end of what the machine keeps above RAM; 0 if it does not say. */
const reservedEnd = async (fwCfg: FwCfg): Promise<bigint> =>
  fwCfg.has('etc/reserved-memory-end') ? fromBytes(await fwCfg.read('etc/reserved-memory-end')) : 0n;

/** ECAM is switched off at reset; it is reached by I/O ports. */
async function enableEcam(hardware: Hardware): Promise<Hpa> {
  const at = async (register: number) => {
    await hardware.out32(CONFIG_PORT.address, ConfigAddress.encode({ ...MCH, register: register / 4, enable: true }));
  };
  await at(0);
  if ((await hardware.in32(CONFIG_PORT.data)) !== MCH_IDENTITY) throw new Error('the machine is no q35');
  await at(PCIEXBAR + 4);
  await hardware.out32(CONFIG_PORT.data, 0);
  await at(PCIEXBAR);
  await hardware.out32(CONFIG_PORT.data, PciExpressBar.encode({ enable: true, base: Number(ECAM >> 28n) }));
  return ECAM;
}

const ramOf = (memoryMap: readonly E820Entry[]) => memoryMap.filter(({ type }) => type === E820_TYPE.RAM);

const highest = (addresses: readonly Hpa[]): Hpa => addresses.reduce((a, b) => (a > b ? a : b));
