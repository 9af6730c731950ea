import { Capability, EXTENDED_CAPABILITIES, ExtendedCapability } from '../../codec/pci/capability';
import { Bar, CONFIG, Command, HEADER_ROWS, LAYOUT } from '../../codec/pci/configuration';
import type { RegisterRows } from '../../codec/register-rows';
import type { Facts } from '../../ledger/facts';
import type { Mapping } from '../board/address-space';
import { RegisterBlock } from '../board/register-block';
import { registersOf } from '../board/rows';
import { type BarDefinition, type FunctionIdentity, headerOf } from './config-header';
import type { CapabilityLayout, ExtendedLayout } from './layout';

const SIZE = 4096;

/** Where capabilities may be, behind the header. */
const BEHIND_HEADER = 0x40;

interface ConfigOptions {
  /** Asked when something is written that no capability has: whether it keeps that. */
  readonly facts?: Pick<Facts, 'keepsUnclaimed' | 'changeOf'>;
  /** Whether it is a conventional PCI function's, of 256 bytes: the rest reads as ones. */
  readonly conventional?: boolean;
}

/** One function's configuration space: PCI Express Base 6.0 Section 7.5.1. */
export class ConfigSpace extends RegisterBlock {
  #lastExtended: number | undefined;
  /** Called when what {@link mappings} are may have changed. */
  onChange = () => {};
  /** Called once software has written to any register. */
  afterWrite = () => {};

  constructor(
    identity: FunctionIdentity,
    readonly layout: number,
    readonly bars: readonly BarDefinition[] = [],
    { facts, conventional = false }: ConfigOptions = {},
  ) {
    const scratch = () => facts?.keepsUnclaimed ?? false;
    super(conventional ? EXTENDED_CAPABILITIES : SIZE, { scratch, beyond: 0xff });
    this.claim(0, BEHIND_HEADER);
    const rows: RegisterRows<string> =
      layout === LAYOUT.bridge ? HEADER_ROWS[LAYOUT.bridge] : HEADER_ROWS[LAYOUT.endpoint];
    this.define(registersOf(rows, facts, headerOf(identity, layout, bars)));
  }

  /** Puts a capability before those that there are, as QEMU does. */
  addCapability({ id, at, size, header = 0, writable = 0, registers = [] }: CapabilityLayout): void {
    const value = Capability.encode({ id, next: this.read32(CONFIG.capabilities) }, header);
    this.claim(at, size);
    this.define([{ at: 0, value, writable }, ...registers], at);
    this.preset(CONFIG.capabilities, at);
    this.preset(CONFIG.command, Command.encode({ capabilitiesList: true }, this.read32(CONFIG.command)));
  }

  /** Puts an extended capability behind those that there are. */
  addExtended({ id, version, at, size, registers = [] }: ExtendedLayout): void {
    const last = this.#lastExtended;
    if (last === undefined && at !== EXTENDED_CAPABILITIES) {
      throw new RangeError('the first extended capability is elsewhere');
    }
    if (last !== undefined) this.preset(last, ExtendedCapability.encode({ next: at }, this.read32(last)));
    this.claim(at, size);
    this.define([{ at: 0, value: ExtendedCapability.encode({ id, version }) }, ...registers], at);
    this.#lastExtended = at;
  }

  override write(offset: bigint | number, bytes: Uint8Array): void {
    const mapped = this.#decodesMemory;
    super.write(offset, bytes);
    this.afterWrite();
    if (offset < BEHIND_HEADER && (mapped || this.#decodesMemory)) this.onChange();
  }

  /** The BARs that software has placed, if it has switched memory decoding on. */
  mappings(): Mapping[] {
    if (!this.#decodesMemory) return [];
    return this.bars.flatMap((bar) => {
      const base = this.#addressOf(bar);
      return base ? [{ base, size: bar.size, responder: bar.responder }] : [];
    });
  }

  override reset(...kept: number[]): void {
    super.reset(...kept);
    this.onChange();
  }

  get #decodesMemory(): boolean {
    return Command.decode(this.read32(CONFIG.command)).memorySpace;
  }

  #addressOf({ index, is64 }: BarDefinition): bigint {
    const low = BigInt(Bar.encode({ ioSpace: false, type: 0, prefetchable: false }, this.read32(barAt(index))));
    const high = is64 ? BigInt(this.read32(barAt(index + 1))) : 0n;
    return (high << 32n) | low;
  }
}

const barAt = (index: number): number => CONFIG.bar0 + 4 * index;
