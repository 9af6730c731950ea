/** The header of configuration space as data: PCI Express Base 6.0 Sections 7.5.1.1 to 7.5.1.3. */
import {
  BAR_64_BIT,
  Bar,
  BridgeControl,
  BusNumbers,
  ClassRevision,
  CONFIG,
  Command,
  HeaderType,
  Identity,
  Interrupt,
  IoWindow,
  LAYOUT,
  MemoryWindow,
} from '../../codec/pci/configuration';
import type { Quirks } from '../../ledger/quirks';
import type { Responder } from '../board/address-space';
import type { Register } from '../board/register-block';

const LOW_HALF = 0xffff_ffffn;
const ALL_BITS = 0xffff_ffff;

/** Windows whose base is above their limit: QEMU hw/pci/pci_bridge.c: pci_bridge_disable_base_limit(). */
const CLOSED_WINDOW = MemoryWindow.encode({ base: 0xfff });
const CLOSED_IO_WINDOW = 0xf0;

/** A prefetchable window may lie above 4 GiB: in both its halves. */
const WINDOW_64_BIT = 0x0001_0001;

/** QEMU's, of functions that have been given no other. */
const SUBSYSTEM = Identity.encode({ vendorId: 0x1af4, deviceId: 0x1100 });

/** What a BAR leads to. */
export interface BarDefinition {
  readonly index: number;
  readonly size: bigint;
  readonly is64: boolean;
  readonly prefetchable?: boolean;
  readonly responder: Responder;
}

export interface FunctionIdentity {
  readonly vendorId: number;
  readonly deviceId: number;
  readonly classCode: number;
  readonly revision?: number;
  readonly multiFunction?: boolean;
  /** Read-only bits of Command and Status. */
  readonly status?: number;
  /** The pin that it interrupts by: 1 for INTA. */
  readonly interruptPin?: number;
  /** Of a bridge: whether its windows begin and end at 0 after a reset, and not with their base above their limit. */
  readonly windowsAtZero?: boolean;
  /** Of a bridge: whether it lets I/O accesses through. */
  readonly ioWindow?: boolean;
  /** Of a bridge: bits of the bus number register that software can change; its fields unless given. */
  readonly busNumbersWritable?: number;
}

/** Vendor and device, as functions of CXL tell them. */
export function told<T extends FunctionIdentity>(identity: T, quirks: Quirks): T {
  const { vendorId, deviceId } = identity;
  return quirks.has('identities-swapped') ? { ...identity, vendorId: deviceId, deviceId: vendorId } : identity;
}

/** The registers of a header with that layout. */
export function defineHeader(
  identity: FunctionIdentity,
  layout: number,
  bars: readonly BarDefinition[],
): readonly Register[] {
  const { vendorId, deviceId, classCode, revision = 0, multiFunction = false, status = 0, interruptPin = 0 } = identity;
  const isBridge = layout === LAYOUT.bridge;
  const noIo = isBridge && !identity.ioWindow ? Command.encode({ ioSpace: true }) : 0;
  return [
    { at: CONFIG.identity, value: Identity.encode({ vendorId, deviceId }) },
    { at: CONFIG.command, value: status, writable: Command.writable & ~noIo, clearable: Command.clearable },
    { at: CONFIG.classRevision, value: ClassRevision.encode({ classCode, revision }) },
    { at: CONFIG.headerType, value: HeaderType.encode({ layout, multiFunction }), writable: HeaderType.writable },
    ...(isBridge ? bridgeRegisters(identity) : [{ at: CONFIG.subsystem, value: SUBSYSTEM }]),
    {
      at: CONFIG.interrupt,
      value: Interrupt.encode({ pin: interruptPin }),
      writable: Interrupt.writable | (isBridge ? BridgeControl.writable : 0),
    },
    ...bars.flatMap(barRegisters),
  ];
}

/** The bits below the size are wired to zero, which is how software learns it. */
function barRegisters({ index, size, is64, prefetchable = false }: BarDefinition): Register[] {
  const mask = BigInt.asUintN(64, -size);
  const at = CONFIG.bar0 + 4 * index;
  const value = Bar.encode({ type: is64 ? BAR_64_BIT : 0, prefetchable });
  const high = { at: at + 4, writable: Number(mask >> 32n) };
  return [{ at, value, writable: Number(mask & LOW_HALF & ~0xfn) }, ...(is64 ? [high] : [])];
}

const bridgeRegisters = ({
  busNumbersWritable = BusNumbers.writable,
  ioWindow,
  windowsAtZero,
}: FunctionIdentity): Register[] => [
  { at: CONFIG.busNumbers, writable: busNumbersWritable },
  { at: CONFIG.ioWindow, ...(ioWindow ? { writable: IoWindow.writable } : { value: CLOSED_IO_WINDOW }) },
  { at: CONFIG.memoryWindow, value: windowsAtZero ? 0 : CLOSED_WINDOW, writable: MemoryWindow.writable },
  {
    at: CONFIG.prefetchableWindow,
    value: WINDOW_64_BIT | (windowsAtZero ? 0 : CLOSED_WINDOW),
    writable: MemoryWindow.writable,
  },
  { at: CONFIG.prefetchableBaseHigh, writable: ALL_BITS },
  { at: CONFIG.prefetchableLimitHigh, writable: ALL_BITS },
];
