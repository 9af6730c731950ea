import { encodeWays, type Interleave, locate } from '../../codec/cxl/interleave';
import { LAYOUT } from '../../codec/pci/configuration';
import { contains } from '../../codec/range';
import type { Facts, LinkFacts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import { MachineCrash } from '../../machine/crash';
import type { Type3 } from '../../machine/topology';
import type { VirtualClock } from '../board/clock';
import { Media } from '../board/media';
import { component } from '../decoders/component';
import type { Ras } from '../decoders/ras';
import { Background } from '../mailbox/background';
import type { DeviceState } from '../mailbox/commands/command';
import { commandTable } from '../mailbox/commands/table';
import { DeviceRegisters } from '../mailbox/device-registers';
import { DynamicCapacity } from '../mailbox/dynamic-capacity';
import { EventLogs } from '../mailbox/event-logs';
import { Commands } from '../mailbox/mailbox';
import { PoisonList } from '../mailbox/poison-list';
import { Timestamp } from '../mailbox/timestamp';
import { AerReporter } from '../pci/aer';
import { told } from '../pci/config-header';
import { lockConfiguration } from '../pci/config-lock';
import { ConfigSpace } from '../pci/config-space';
import { DoeMailbox } from '../pci/doe';
import { Msix, type SendWord } from '../pci/msix';
import type { PciFunction } from '../pci/pci-fabric';
import { cdatOf, tableAccess } from './cdat';
import {
  AER_AT,
  COMPONENT_BAR,
  DEVICE_BAR,
  EXPRESS_AT,
  MSIX_AT,
  MSIX_BAR,
  TYPE3_IDENTITY,
  type3Capabilities,
  type3Extended,
} from './layout';
import { managedCommands } from './managed';

const KIB = 1n << 10n;

/** What is read of disabled media is no user data; QEMU takes random bytes. */
const NO_DATA = 0xd1;

/** As if the encoded ways were the number of bits that choose among them. */
const shifted = (offset: bigint, { ways, granularity }: Interleave): bigint => {
  const granule = BigInt(granularity);
  return ((offset >> BigInt(encodeWays(ways))) / granule) * granule + (offset % granule);
};

/** A CXL memory device, with all its media: volatile capacity from DPA 0, persistent capacity behind it. QEMU hw/mem/cxl_type3.c. */
export class Type3Device {
  readonly id: string;
  readonly config: ConfigSpace;
  readonly functions: readonly PciFunction[];
  readonly events: EventLogs;
  readonly poison: PoisonList;
  readonly dynamicCapacity: DynamicCapacity;
  /** Takes what a fabric manager has for it. */
  readonly managed: Commands;
  readonly #component;
  readonly state: DeviceState = { mediaDisabled: false };
  readonly #commands;
  readonly #registers;
  readonly #doe;
  readonly #msix;
  readonly #capacity: bigint;
  /** The part of it that is never dynamic: no other is mapped directly. */
  readonly #mappable: bigint;
  readonly #aer: AerReporter | undefined;
  /** What it makes of a link to it. */
  readonly link: LinkFacts;
  readonly largeFlits: boolean | undefined;
  /** DPAs of addresses that stay mapped: empty, but for the quirk `stale-direct-mapping`. */
  readonly #reached = new Map<bigint, bigint>();

  constructor(
    description: Type3,
    private readonly quirks: Quirks,
    private readonly facts: Facts,
    clock: VirtualClock,
    send: SendWord,
    readonly media = new Media(),
  ) {
    this.id = description.id;
    this.#capacity = capacityOf(description);
    this.#mappable = description.volatile + description.persistent;
    const { speed, width, place = { device: 0, fn: 0 } } = description;
    this.largeFlits = description.largeFlits;
    this.link = { speed: speed ?? facts.deviceLink.speed, width: width ?? facts.deviceLink.width };
    this.#component = component('device', facts, quirks, {
      backInvalidate: description.backInvalidate,
      now: () => clock.now,
    });
    if (this.#component.decoders) this.#component.decoders.capacity = this.#capacity;
    const timestamp = new Timestamp(clock);
    this.events = new EventLogs(quirks, timestamp);
    this.poison = new PoisonList(timestamp, quirks);
    if (quirks.has('poison-from-the-start')) this.poison.add({ dpa: { base: 64n, size: 64n }, source: 'unknown' });
    this.dynamicCapacity = new DynamicCapacity(description, this.events, quirks, facts);
    const { events, poison, dynamicCapacity, state } = this;
    const [labels, background] = [new Media(), new Background(clock, quirks, () => this.#interrupt())];
    const common = { background, state, atReset: [], quirks, facts };
    const own = { device: { ...description }, media, labels, clock, timestamp, events, poison, dynamicCapacity };
    this.#commands = new Commands(common, commandTable({ ...common, ...own }));
    this.managed = new Commands(common, managedCommands(description, { ...common, timestamp, dynamicCapacity }));
    this.#registers = new DeviceRegisters(this.#commands, events, facts, quirks);
    this.#doe = new DoeMailbox(
      [tableAccess(cdatOf(description, quirks), quirks)],
      (vector) => this.#msix.notify(vector),
      0,
      quirks,
    );
    this.#msix = new Msix(() => this.config, MSIX_AT, facts.msixVectors, send);
    this.config = new ConfigSpace(
      told(TYPE3_IDENTITY, facts),
      LAYOUT.endpoint,
      [
        { index: COMPONENT_BAR, size: 64n * KIB, is64: true, responder: this.#component.registers },
        { index: DEVICE_BAR, size: 4n * KIB, is64: true, responder: this.#registers },
        { index: MSIX_BAR, size: 4n * KIB, is64: false, responder: this.#msix.table },
      ],
      { facts },
    );
    for (const capability of type3Capabilities({ ...this.link, largeFlits: this.largeFlits }, facts))
      this.config.addCapability(capability);
    const { all, doe, deviceDvsecAt } = type3Extended(description, facts, quirks);
    for (const capability of all) this.config.addExtended(capability);
    this.#doe.serve(this.config, doe.at);
    this.#aer = facts.deviceReportsErrors ? new AerReporter(this.config, AER_AT, EXPRESS_AT) : undefined;
    lockConfiguration(this.config, deviceDvsecAt, quirks);
    this.functions = [{ ...place, config: this.config }];
  }

  route = (): Type3Device => this;

  /** A background operation is over. */
  #interrupt(): void {
    const { backgroundVector } = this.facts;
    if (!this.#msix.enabled || backgroundVector === undefined) return;
    if (this.quirks.has('background-vector-missing')) throw new MachineCrash('SIGABRT', 'msix_notify');
    const wanted = this.#registers.wantsBackgroundInterrupt || this.quirks.has('background-interrupt-unasked');
    if (wanted) this.#msix.notify(backgroundVector);
  }

  /** Errors that it detects; QMP injects them. */
  detectUncorrectable(...errors: Parameters<Ras['detectUncorrectable']>): void {
    if (this.#component.ras?.detectUncorrectable(...errors)) this.#aer?.reportUncorrectable();
  }

  detectCorrectable(...error: Parameters<Ras['detectCorrectable']>): void {
    if (this.#component.ras?.detectCorrectable(...error)) this.#aer?.reportCorrectable();
  }

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
    const mapsDirectly = this.quirks.has('stale-direct-mapping');
    let base = 0n;
    let found: bigint | undefined;
    let isDirect = false;
    for (const { range, interleave, skip } of this.#component.decoders?.committed() ?? []) {
      base += this.quirks.has('dpa-skip-ignored') ? 0n : skip;
      if (contains(range, address)) {
        const dpa = base + this.#offset(address - range.base, interleave);
        const isOnTop = mapsDirectly && interleave.ways === 1 && dpa < this.#mappable; // the latest is
        if (found === undefined || isOnTop) [found, isDirect] = [dpa, isOnTop];
      }
      if (!this.quirks.has('dpa-restarts-with-decoder')) base += range.size / BigInt(interleave.ways);
    }
    if (found === undefined) return this.#reached.get(address);
    if (!this.dynamicCapacity.reaches(found)) return undefined;
    if (isDirect) this.#reached.set(address, found);
    return found;
  }

  /** What software reads at a DPA: nothing of the media while they are disabled. */
  read(dpa: bigint, length: number): Uint8Array {
    return this.#disabled ? new Uint8Array(length).fill(NO_DATA) : this.media.read(dpa, length);
  }

  write(dpa: bigint, bytes: Uint8Array): void {
    if (!this.#disabled) this.media.write(dpa, bytes);
  }

  get #disabled(): boolean {
    return this.state.mediaDisabled && !this.quirks.has('media-disabled-ignored');
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

  /** As after power-on, but for the media, and for what a hot reset leaves. */
  reset(hot = false): void {
    if (this.quirks.has('media-lost-at-reset')) this.media.clear();
    this.config.reset();
    this.#component.reset(hot);
    this.#commands.reset();
    this.#registers.reset();
    this.events.reset();
    if (this.quirks.has('poison-lost-at-reset')) this.poison.errors = [];
    if (!this.quirks.has('doe-survives-reset')) this.#doe.reset();
    this.#msix.table.reset();
  }
}

/** All that decoders can lead to. */
const capacityOf = ({ volatile, persistent, dynamic }: Type3): bigint =>
  volatile + persistent + (dynamic?.capacity ?? 0n);
