/** The header of configuration space as data: PCI Express Base 6.0 Sections 7.5.1.1 to 7.5.1.3. */
import {
  BAR_64_BIT,
  Bar,
  BusNumbers,
  ClassRevision,
  Command,
  HeaderType,
  Identity,
  Interrupt,
  IoWindow,
  LAYOUT,
  MemoryWindow,
} from '../../codec/pci/configuration';
import type { Facts } from '../../ledger/facts';
import type { Responder } from '../board/address-space';

const LOW_HALF = 0xffff_ffffn;

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
export function told<T extends FunctionIdentity>(identity: T, { identitiesSwapped }: Facts): T {
  const { vendorId, deviceId } = identity;
  return identitiesSwapped ? { ...identity, vendorId: deviceId, deviceId: vendorId } : identity;
}

/** What a header with that layout has. */
export function headerOf(identity: FunctionIdentity, layout: number, bars: readonly BarDefinition[]) {
  const { vendorId, deviceId, classCode, revision = 0, multiFunction = false, status = 0, interruptPin = 0 } = identity;
  const isBridge = layout === LAYOUT.bridge;
  const noIo = isBridge && !identity.ioWindow ? Command.encode({ ioSpace: true }) : 0;
  return {
    identity: { value: Identity.encode({ vendorId, deviceId }) },
    command: { value: status, writable: Command.writable & ~noIo },
    classRevision: { value: ClassRevision.encode({ classCode, revision }) },
    headerType: { value: HeaderType.encode({ layout, multiFunction }) },
    interrupt: { value: Interrupt.encode({ pin: interruptPin }) },
    ...(isBridge ? bridgeOf(identity) : { subsystem: { value: SUBSYSTEM } }),
    ...Object.fromEntries(bars.flatMap(barsOf)),
  };
}

/** The bits below the size are wired to zero, which is how software learns it. */
function barsOf({ index, size, is64, prefetchable = false }: BarDefinition) {
  const mask = BigInt.asUintN(64, -size);
  const value = Bar.encode({ type: is64 ? BAR_64_BIT : 0, prefetchable });
  const high = { writable: Number(mask >> 32n) };
  return [
    [`bar${index}`, { value, writable: Number(mask & LOW_HALF & ~0xfn) }],
    ...(is64 ? [[`bar${index + 1}`, high]] : []),
  ];
}

function bridgeOf({ busNumbersWritable = BusNumbers.writable, ioWindow, windowsAtZero }: FunctionIdentity) {
  const closed = windowsAtZero ? 0 : CLOSED_WINDOW;
  return {
    busNumbers: { writable: busNumbersWritable },
    ioWindow: ioWindow ? { writable: IoWindow.writable } : { value: CLOSED_IO_WINDOW },
    memoryWindow: { value: closed },
    prefetchableWindow: { value: WINDOW_64_BIT | closed },
  };
}
