/** What of a simulated machine depends on which platform it is. */
import type { Range } from '../../codec/range';
import type { Facts } from '../../ledger/facts';
import type { Quirks } from '../../ledger/quirks';
import type { Hardware } from '../../machine/hardware';
import type { Mapping } from '../board/address-space';
import type { PciBus, PciFabric, PciFunction } from '../pci/pci-fabric';
import type { FirmwareFiles } from './tables/firmware-files';
import type { FwCfg } from './tables/fw-cfg';
import type { MemoryMap } from './tables/memory-map';
import type { TableStyle } from './tables/style';

export type Ports = Pick<Hardware, 'in8' | 'in16' | 'in32' | 'out8' | 'out16' | 'out32'>;

/** What tables describe, as it is by the time that software reads them. */
export interface Contents {
  readonly numa: readonly Uint8Array[];
  readonly roots: ReadonlyMap<number, PciBus>;
}

export interface Board {
  readonly map: MemoryMap;
  readonly style: TableStyle;
  /** On bus 0, before all that the machine was asked for, and behind it. */
  readonly before: readonly PciFunction[];
  readonly behind: readonly PciFunction[];
  /** Where configuration space is memory, if it is. */
  ecam(): Range | undefined;
  /** fw_cfg files. */
  files(contents: () => Contents, quirks: Quirks, facts: Facts): FirmwareFiles;
  /** I/O ports. */
  ports(fabric: () => PciFabric, fwCfg: () => FwCfg): Ports;
  /** Of memory for BARs: what answers where none is. */
  unassigned(): Mapping[];
  /** What answers in memory besides RAM and CXL. */
  mappings(fwCfg: () => FwCfg): Mapping[];
  /** What is in RAM after a reset, by address. */
  readonly inRam: readonly { readonly at: bigint; readonly bytes: Uint8Array }[];
  /** Calls `moved` when something answers elsewhere. */
  onMove(moved: () => void): void;
}
