import { DATA_TYPES, type DataType } from '../../src/codec/acpi/hmat-locality';
import { type CdatStructure, UPSTREAM_PORT } from '../../src/codec/cxl/cdat';
import type { CdatMemory } from '../../src/codec/cxl/cdat-memory';
import { type Range, showRange } from '../../src/codec/range';

/** As a row of a table: `150 ns`, `16000 MB/s`; what the CDAT does not say is not there, and an EFI memory type is that of all the range. */
export function showMemory({
  dpa,
  nonVolatile,
  dynamicCapacity,
  performance,
  efi,
}: CdatMemory): Record<string, string> {
  return {
    DPA: showRange(dpa),
    memory: `${dynamicCapacity ? 'dynamic ' : ''}${nonVolatile ? 'persistent' : 'volatile'}`,
    ...showPerformance(performance),
    'EFI memory type': efi
      .map((part) => (same(part.dpa, dpa) ? part.type : `${part.type} at ${showRange(part.dpa)}`))
      .join(', '),
  };
}

/** `150 ns`, `16000 MB/s` by what it is. */
export function showPerformance(performance: CdatMemory['performance']): Record<string, string> {
  const measured = DATA_TYPES.filter((dataType) => dataType in performance);
  return Object.fromEntries(measured.map((dataType) => [dataType, `${performance[dataType]} ${unit(dataType)}`]));
}

const same = (a: Range, b: Range): boolean => a.base === b.base && a.size === b.size;

/** Each path through a switch that the structure describes, as a row of a table. */
export function showWays(structure: CdatStructure): Record<string, string>[] {
  if (structure.kind !== 'SSLBIS') return [];
  const { dataType, paths } = structure;
  const port = (id: number) => (id === UPSTREAM_PORT ? 'upstream' : `${id}`);
  return paths.map(({ from, to, value }) => ({
    from: port(from),
    to: port(to),
    of: dataType,
    value: `${value} ${unit(dataType)}`,
  }));
}

const unit = (dataType: DataType): string => (dataType.endsWith('latency') ? 'ns' : 'MB/s');
