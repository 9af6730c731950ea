import { commandNamed, OPCODE, PLAIN_QUESTIONS } from '../../src/codec/cxl/mailbox/command';
import { returnCodeNamed } from '../../src/codec/cxl/mailbox/return-code';
import { showRange } from '../../src/codec/range';
import { OutOfReach } from '../../src/ledger/verdict';
import type { Memdev } from '../../src/machine/host';
import type { MemoryDevice } from '../../src/machine/memory-device';
import type { Topology } from '../../src/machine/topology';

/** The ACPI tables that QEMU has on some machine; the last ones on Arm alone. */
export const TABLES = [
  'APIC',
  'FACP',
  'DSDT',
  'CEDT',
  'SRAT',
  'SLIT',
  'HMAT',
  'MCFG',
  'HPET',
  'WAET',
  'NFIT',
  'DMAR',
  'GTDT',
  'PPTT',
  'SPCR',
  'DBG2',
  'IORT',
] as const;

const LABEL_AREA = 1n << 20n;

/** The machine with persistent memory alone where QEMU has no other: before 8.1. */
export function asFarAsOffered(topology: Topology, hasVolatile: boolean): Topology {
  if (hasVolatile) return topology;
  const type3s = topology.type3s.map(({ volatile, persistent, labelArea, ...rest }) => ({
    ...rest,
    volatile: 0n,
    persistent: persistent > 0n ? persistent : volatile,
    labelArea: labelArea > 0n ? labelArea : LABEL_AREA,
  }));
  return { ...topology, type3s };
}

/** QEMU's way to say that a device has no serial number, which reads as zero. */
const NO_SERIAL = 2n ** 64n - 1n;

/** By which the operating system knows a device. */
export const serialSeen = ({ serial }: Pick<Topology['type3s'][number], 'serial'>): bigint =>
  serial === NO_SERIAL ? 0n : serial;

export const showCapacity = ({
  serial,
  volatile,
  persistent,
}: Pick<Memdev, 'serial' | 'volatile' | 'persistent'>): string =>
  `serial ${serial}: volatile ${size(volatile)}, persistent ${size(persistent)}`;

const PARTS = {
  hostBridges: 'CXL host bridge',
  windows: 'fixed memory window',
  type3s: 'CXL memory device',
} as const;

/** @throws OutOfReach for a rule about what the machine was not given */
export function needPart(topology: Pick<Topology, keyof typeof PARTS>, part: keyof typeof PARTS): void {
  if (topology[part].length === 0) throw new OutOfReach(`the machine has no ${PARTS[part]}`);
}

/** What the devices of the machine were given. */
export function capacities({ type3s }: Pick<Topology, 'type3s'>): string[] {
  return type3s.map((type3) => showCapacity({ ...type3, serial: serialSeen(type3) }));
}

const size = (bytes: bigint): string => showRange({ base: 0n, size: bytes }).replace(/^0-/, '');

/** What a device answers to questions without input that its Command Effects Log has. */
export async function questionsOf(device: MemoryDevice) {
  const offered = await device.commandEffects();
  const found: { about: string; answer: string }[] = [];
  for (const opcode of PLAIN_QUESTIONS.filter((each) => offered.has(each) || each === OPCODE.identifyMemoryDevice)) {
    const { code } = await device.send(opcode, new Uint8Array());
    found.push({ about: commandNamed(opcode), answer: returnCodeNamed(code) });
  }
  return found;
}
