/** ACPI tables and the memory map for people to read. */
import { type CedtStructure, decodeCedt } from '../codec/acpi/cedt';
import { showHandle } from '../codec/acpi/device-handle';
import { type E820Entry, showE820 } from '../codec/acpi/e820';
import { decodeHmat, type HmatStructure } from '../codec/acpi/hmat';
import type { Locality } from '../codec/acpi/hmat-locality';
import { type Distances, decodeSlit } from '../codec/acpi/slit';
import { decodeSrat, type SratStructure } from '../codec/acpi/srat';
import { showRange } from '../codec/range';

/** What a fixed memory window may hold, by bit. CXL r3.1 Section 9.18.1.3: Window Restrictions. */
const RESTRICTIONS = [
  'device coherent',
  'host-only coherent',
  'volatile',
  'persistent',
  'fixed configuration',
  'back-invalidate',
];

/** The memory map, and of the tables those about memory, a section each; a table that is not there has none. */
export function showTables(memoryMap: readonly E820Entry[], tables: ReadonlyMap<string, Uint8Array>): string {
  const section = (name: string, show: (table: Uint8Array) => string[]): string[] => {
    const table = tables.get(name);
    return table ? [`${name}`, ...show(table).map((line) => `  ${line}`)] : [];
  };
  return [
    'memory map',
    ...memoryMap.map((entry) => `  ${showE820(entry)}`),
    ...section('CEDT', (table) => decodeCedt(table).map(showCedt)),
    ...section('SRAT', (table) => decodeSrat(table).map(showSrat)),
    ...section('SLIT', (table) => showSlit(decodeSlit(table))),
    ...section('HMAT', (table) => decodeHmat(table).flatMap(showHmat)),
  ].join('\n');
}

function showCedt(structure: CedtStructure): string {
  if (structure.kind === 'CHBS') return `CHBS of ${structure.uid}: ${showRange(structure.registers)}`;
  const { window, targets, granularity, restrictions, qtgId = 0 } = structure;
  const allowed = RESTRICTIONS.filter((_, bit) => (restrictions >> bit) & 1).join(', ');
  const interleave = targets.length > 1 ? `, granularity ${granularity}` : '';
  return `CFMWS ${showRange(window)} to ${targets.join(', ')}${interleave}; ${allowed}; QTG ${qtgId}`;
}

function showSrat(structure: SratStructure): string {
  if (structure.kind === 'unknown') return `type ${structure.bytes[0]}, ${structure.bytes.length} bytes`;
  const { domain, enabled } = structure;
  const where = enabled ? `on domain ${domain}` : 'disabled';
  switch (structure.kind) {
    case 'memory': {
      const { hotPluggable, nonVolatile } = structure;
      const more = [hotPluggable ? 'hot-pluggable' : '', nonVolatile ? 'non-volatile' : ''].filter(Boolean);
      return [`memory ${showRange(structure)} ${where}`, ...more].join(', ');
    }
    case 'Generic Initiator':
    case 'Generic Port':
      return `${structure.kind} ${showHandle(structure.handle)} ${where}`;
    default:
      return `${structure.kind} ${structure.apicId} ${where}`;
  }
}

const showSlit = (distances: Distances): string[] =>
  matrix(
    [...distances.keys()],
    [...distances.keys()],
    distances.map((row) => row.map(String)),
  );

function showHmat(structure: HmatStructure): string[] {
  switch (structure.kind) {
    case 'memory proximity': {
      const { memory, initiator } = structure;
      return [
        `memory of domain ${memory}, ${initiator === undefined ? 'without initiator' : `initiator ${initiator}`}`,
      ];
    }
    case 'locality':
      return [`${structure.dataType} of ${structure.hierarchy}, in ${unitOf(structure)}`, ...showValues(structure)];
    case 'side cache': {
      const { domain, level, levels, size, associativity, policy, line } = structure;
      return [
        `side cache ${level} of ${levels} of domain ${domain}: ${size} bytes, ${associativity}, ${policy}, lines of ${line} bytes`,
      ];
    }
    default:
      return [`${structure.bytes.length} bytes of an unknown type`];
  }
}

const unitOf = ({ dataType }: Locality): string => (dataType.endsWith('latency') ? 'ns' : 'MB/s');

const showValues = ({ initiators, targets, values }: Locality): string[] =>
  matrix(
    initiators,
    targets,
    values.map((row) => row.map((value) => (value === undefined ? '-' : String(value)))),
  );

/** Columns line up. */
function matrix(rows: readonly number[], columns: readonly number[], cells: readonly (readonly string[])[]): string[] {
  const width = Math.max(...[...cells.flat(), ...columns.map(String)].map(({ length }) => length)) + 2;
  const line = (first: string, rest: readonly string[]) => first + rest.map((cell) => cell.padStart(width)).join('');
  const heading = 'from'.padEnd(8);
  return [
    line(
      heading,
      columns.map((column) => `${column}`),
    ),
    ...rows.map((row, i) => line(`  ${row}`.padEnd(heading.length), cells[i] ?? [])),
  ];
}
