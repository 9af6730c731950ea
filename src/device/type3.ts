import {
  BLOCK_ID,
  CXL_VENDOR,
  DEVICE_DVSEC,
  DeviceCapability,
  DeviceControl,
  DVSEC_ID,
  RangeSizeLow,
  REGISTER_LOCATOR,
  RegisterBlockLow,
} from '../codec/cxl/dvsec';
import { encodeWays, type Interleave, locate } from '../codec/cxl/interleave';
import {
  DVSEC,
  DvsecHeader1,
  DvsecHeader2,
  EXTENDED_CAPABILITIES,
  EXTENDED_ID,
  SERIAL_NUMBER,
} from '../codec/pci/capability';
import { CLASS, LAYOUT } from '../codec/pci/configuration';
import { DOE } from '../codec/pci/doe';
import { contains } from '../codec/range';
import type { Facts } from '../ledger/facts';
import type { Quirks } from '../ledger/quirks';
import type { Type3 } from '../machine/topology';
import { cdatOf, tableAccess } from './cdat';
import type { VirtualClock } from './clock';
import { component } from './component';
import { ConfigSpace } from './config-space';
import { DeviceRegisters } from './device-registers';
import { DoeMailbox } from './doe';
import type { Pluggable } from './downstream-port';
import { EventLogs } from './event-logs';
import { DEVICE } from './hdm-decoders';
import { Commands } from './mailbox';
import { Media } from './media';
import type { PciFunction } from './pci-fabric';
import { PoisonList } from './poison-list';
import { RegisterBlock } from './register-block';
import { Timestamp } from './timestamp';

const KIB = 1n << 10n;
const ALL_BITS = 0xffff_ffff;
const COMPONENT_BAR = 0;
const DEVICE_BAR = 2;
const MSIX_BAR = 4;

/** Where QEMU 10 has them, given a serial number. */
const DEVICE_DVSEC_AT = 0x10c;
const DEVICE_DVSEC_SIZE = 0x3c;
const LOCATOR_AT = 0x148;
const LOCATOR_SIZE = 0x24;
const DOE_AT = 0x190;

/** DVSEC Range Size Low: media type and memory class are said by the CDAT. */
const BY_CDAT = 2;

/** As if the encoded ways were the number of bits that choose among them. */
const shifted = (offset: bigint, { ways, granularity }: Interleave): bigint => {
  const granule = BigInt(granularity);
  return ((offset >> BigInt(encodeWays(ways))) / granule) * granule + (offset % granule);
};

/** A CXL memory device, with all its media: volatile capacity from DPA 0, persistent capacity behind it. QEMU hw/mem/cxl_type3.c. */
export class Type3Device implements Pluggable {
  readonly id: string;
  readonly config: ConfigSpace;
  readonly functions: readonly PciFunction[];
  readonly media = new Media();
  readonly events: EventLogs;
  readonly poison: PoisonList;
  readonly #component;
  readonly #registers;
  readonly #doe;
  readonly #capacity: bigint;
  /** DPAs of addresses that stay mapped: empty, but for the quirk `stale-direct-mapping`. */
  readonly #reached = new Map<bigint, bigint>();

  constructor(
    description: Type3,
    private readonly quirks: Quirks,
    facts: Facts,
    clock: VirtualClock,
  ) {
    this.id = description.id;
    this.#capacity = description.volatile + description.persistent;
    this.#component = component(DEVICE, quirks);
    if (this.#component.decoders) this.#component.decoders.capacity = description.volatile + description.persistent;
    const timestamp = new Timestamp(clock);
    this.events = new EventLogs(quirks, timestamp);
    this.poison = new PoisonList(timestamp);
    if (quirks.has('poison-from-the-start')) this.poison.add({ dpa: { base: 64n, size: 64n }, source: 'unknown' });
    const { media, events, poison } = this;
    this.#registers = new DeviceRegisters(
      new Commands({ device: description, media, clock, timestamp, events, poison, quirks, facts }),
      events,
    );
    this.#doe = new DoeMailbox([tableAccess(cdatOf(description, quirks))]);
    this.config = new ConfigSpace(
      { vendorId: 0x8086, deviceId: 0x0d93, classCode: CLASS.cxlMemory, revision: 1 },
      LAYOUT.endpoint,
      [
        { index: COMPONENT_BAR, size: 64n * KIB, is64: true, responder: this.#component.registers },
        { index: DEVICE_BAR, size: 4n * KIB, is64: true, responder: this.#registers },
        { index: MSIX_BAR, size: 4n * KIB, is64: false, responder: new RegisterBlock() },
      ],
    );
    this.#defineSerialNumber(description.serial);
    this.#defineDeviceDvsec([description.volatile, description.persistent].filter((size) => size > 0n));
    this.#defineLocator();
    this.config.addExtended(EXTENDED_ID.doe, 1, DOE_AT);
    this.config.delegate(DOE_AT, DOE.size, this.#doe);
    this.functions = [{ device: 0, fn: 0, config: this.config }];
  }

  route = (): Type3Device => this;

  /** Whether a decoder of its was ever committed. */
  get hasMapped(): boolean {
    return this.#component.decoders?.haveMapped ?? false;
  }

  /** The DPA that the device's decoders make of an address in a window. Undefined if none claims it, or there is no such DPA. */
  dpaOf(address: bigint): bigint | undefined {
    const dpa = this.#decoded(address);
    return dpa !== undefined && dpa < this.#capacity ? dpa : undefined;
  }

  #decoded(address: bigint): bigint | undefined {
    let base = 0n;
    for (const { range, interleave, skip } of this.#component.decoders?.committed() ?? []) {
      base += this.quirks.has('dpa-skip-ignored') ? 0n : skip;
      if (contains(range, address)) {
        const dpa = base + this.#offset(address - range.base, interleave);
        if (this.quirks.has('stale-direct-mapping')) this.#reached.set(address, dpa);
        return dpa;
      }
      if (!this.quirks.has('dpa-restarts-with-decoder')) base += range.size / BigInt(interleave.ways);
    }
    return this.#reached.get(address);
  }

  #offset(offset: bigint, { ways, granularity }: Interleave): bigint {
    const used = {
      ways: this.quirks.has('device-ways-ignored') ? 1 : ways,
      granularity: this.quirks.has('device-granularity-doubled') ? 2 * granularity : granularity,
    };
    const isMultipleOf3 = used.ways % 3 === 0;
    if (isMultipleOf3 && this.quirks.has('multiples-of-3-shifted')) return shifted(offset, used);
    return locate(offset, used).offset;
  }

  /** As after power-on, but for the media. */
  reset(): void {
    if (this.quirks.has('media-lost-at-reset')) this.media.clear();
    this.config.reset(
      ...(this.quirks.has('mem-enable-survives-reset') ? [DEVICE_DVSEC_AT + DEVICE_DVSEC.control] : []),
    );
    this.#component.registers.reset();
    this.#registers.reset();
    this.events.reset();
    if (this.quirks.has('poison-lost-at-reset')) this.poison.errors = [];
    this.#doe.reset();
  }

  #defineSerialNumber(serial: bigint): void {
    const at = this.config.addExtended(EXTENDED_ID.serialNumber, 1, EXTENDED_CAPABILITIES);
    this.config.define(at + SERIAL_NUMBER.low, Number(serial & 0xffff_ffffn));
    this.config.define(at + SERIAL_NUMBER.high, Number(serial >> 32n));
  }

  #defineDeviceDvsec(capacities: readonly bigint[]): void {
    const at = this.#dvsec(DVSEC_ID.device, 3, DEVICE_DVSEC_AT, DEVICE_DVSEC_SIZE);
    const capability = DeviceCapability.encode({
      id: DVSEC_ID.device,
      io: true,
      mem: true,
      memHwInit: true,
      hdmCount: 1,
    });
    this.config.define(at + DEVICE_DVSEC.capability, capability);
    this.config.define(at + DEVICE_DVSEC.control, DeviceControl.encode({ ioEnable: true }), 0x4ffd);
    for (const [i, size] of capacities.entries()) {
      const range = at + i * DEVICE_DVSEC.rangeStride;
      const low = {
        infoValid: true,
        active: true,
        mediaType: BY_CDAT,
        memoryClass: BY_CDAT,
        sizeLow: Number((size >> 28n) & 0xfn),
      };
      this.config.define(range + DEVICE_DVSEC.rangeSizeHigh, Number(size >> 32n));
      this.config.define(range + DEVICE_DVSEC.rangeSizeLow, RangeSizeLow.encode(low));
      this.config.define(range + DEVICE_DVSEC.rangeBaseHigh, 0, ALL_BITS);
      this.config.define(range + DEVICE_DVSEC.rangeBaseLow, 0, 0xf000_0000);
    }
  }

  #defineLocator(): void {
    const at = this.#dvsec(DVSEC_ID.registerLocator, 0, LOCATOR_AT, LOCATOR_SIZE);
    const { firstBlock, blockSize } = REGISTER_LOCATOR;
    this.config.define(at + firstBlock, RegisterBlockLow.encode({ bar: COMPONENT_BAR, id: BLOCK_ID.component }));
    this.config.define(at + firstBlock + blockSize, RegisterBlockLow.encode({ bar: DEVICE_BAR, id: BLOCK_ID.device }));
  }

  #dvsec(id: number, revision: number, offset: number, length: number): number {
    const at = this.config.addExtended(EXTENDED_ID.dvsec, 1, offset);
    this.config.define(at + DVSEC.header1, DvsecHeader1.encode({ vendorId: CXL_VENDOR, revision, length }));
    this.config.define(at + DVSEC.header2, DvsecHeader2.encode({ id }));
    return at;
  }
}
