/** `pc-dimm` and `nvdimm`: QEMU hw/mem/pc-dimm.c, hw/mem/nvdimm.c. */
import type { MemoryModule } from '../machine/topology';
import { backendSize } from './backend';
import { idOf } from './device';
import type { CommandLine } from './line';
import { numberOf } from './value';

const KIND = /^(pc-dimm|nvdimm)$/;

export const parseModules = (line: CommandLine): MemoryModule[] =>
  line.devices.flatMap((device): MemoryModule[] => {
    const kind = KIND.exec(`${device.value('driver')}`)?.[0] as MemoryModule['kind'] | undefined;
    if (!kind) return [];
    if (device.value('addr') !== undefined) throw new RangeError(`a ${kind} with addr= is not modelled`);
    const [id, node] = [idOf(device, line), numberOf(device.value('node'))];
    return [{ id, kind, size: backendSize(`${device.value('memdev')}`, line), node }];
  });
