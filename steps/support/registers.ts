import { DVSEC_ID, REGISTER_LOCATOR } from '../../src/codec/cxl/dvsec';
import { DVSEC_LENGTHS } from '../../src/codec/cxl/dvsec-lengths';
import { DVSEC, DvsecHeader1, EXTENDED_CAPABILITIES } from '../../src/codec/pci/capability';
import { ClassRevision, CONFIG, Identity } from '../../src/codec/pci/configuration';
import { hex } from '../../src/codec/range';
import type { RegisterDump, Registers } from '../../src/machine/registers';
import { type Structure, structuresIn, wordAt } from '../../src/named-registers/structures';

/** `8086:0d93`. */
export function showIdentity({ blocks: { configuration } }: RegisterDump): { identity: string; class: string } {
  const { vendorId, deviceId } = Identity.decode(wordAt(configuration as Uint8Array, CONFIG.identity));
  const { classCode } = ClassRevision.decode(wordAt(configuration as Uint8Array, CONFIG.classRevision));
  const digits = (value: number, count: number) => value.toString(16).padStart(count, '0');
  return { identity: `${digits(vendorId, 4)}:${digits(deviceId, 4)}`, class: digits(classCode, 6) };
}

/** The DVSECs that CXL defines, by name. */
export const dvsecsOf = ({ blocks: { configuration } }: RegisterDump): Structure[] =>
  structuresIn.configuration(configuration as Uint8Array).filter(({ name }) => name.endsWith(' DVSEC'));

/** What a Register Locator of that length has room for: whole register blocks. */
const locatorLength = (length: number): number => {
  const { firstBlock, blockSize } = REGISTER_LOCATOR;
  return firstBlock + blockSize * Math.max(1, Math.ceil((length - firstBlock) / blockSize));
};

/** How long each DVSEC is, and what its revision and its content ask for; just that where nothing is known of it. */
export const lengthsOf = (dump: RegisterDump) =>
  dvsecsOf(dump).map(({ name, start, dvsec = -1 }) => {
    const { revision, length } = DvsecHeader1.decode(
      wordAt(dump.blocks.configuration as Uint8Array, start + DVSEC.header1),
    );
    const known = dvsec === DVSEC_ID.registerLocator ? locatorLength(length) : DVSEC_LENGTHS[dvsec]?.[revision];
    return { name, length: hex(length), wanted: hex(known ?? length) };
  });

/** Registers of DVSECs with bits set that are in none of their fields. */
export const reservedBits = (dump: RegisterDump): string[] =>
  dvsecsOf(dump).flatMap(({ name, start, registers }) =>
    registers.flatMap(({ at, name: register, register: layout }) => {
      const raw = wordAt(dump.blocks.configuration as Uint8Array, start + at);
      const reserved = layout ? layout.fields.reduce((rest, { mask }) => rest & ~mask, raw) >>> 0 : 0;
      return reserved ? [`${name} ${register}: ${hex(reserved)}`] : [];
    }),
  );

/** Writes ones where no capability is. */
export async function fillGaps(registers: Registers): Promise<void> {
  for (const at of gapsIn(await registers.dump())) await registers.write('configuration', at, 4, 0xffff_ffffn);
}

/** Offsets of the words there that are not zero. */
export const gapsWithBits = (dump: RegisterDump): string[] =>
  gapsIn(dump)
    .filter((at) => wordAt(dump.blocks.configuration as Uint8Array, at) !== 0)
    .map(hex);

function gapsIn({ blocks: { configuration = new Uint8Array() } }: RegisterDump): number[] {
  const taken = structuresIn.configuration(configuration);
  const offsets = Array.from({ length: configuration.length / 4 }, (_, i) => 4 * i);
  return offsets.filter(
    (at) => !taken.some(({ start, size = EXTENDED_CAPABILITIES }) => at + 4 > start && at < start + size),
  );
}
