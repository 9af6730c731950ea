/** What firmware leaves to an operating system on a machine that is given by QEMU's options. */
import { existsSync, readFileSync } from 'node:fs';
import { type E820Entry, encodeE820 } from '../codec/acpi/e820';
import { allTables } from '../codec/acpi/find-table';
import { TableHeader } from '../codec/acpi/table';
import { SimulatedMachine } from '../device/machine';
import { boot } from '../firmware/boot';
import { factsOf } from '../ledger/facts';
import { DEFAULT_LINUX } from '../ledger/linux';
import { needPlatform } from '../ledger/offer';
import { PLATFORMS, type PlatformName } from '../ledger/platforms';
import { quirksOf } from '../ledger/quirks';
import { releaseNamed } from '../ledger/release';
import type { Hardware } from '../machine/hardware';
import type { Operator } from '../machine/operator';
import { readShaping } from '../options/line';
import { machineTypeOf, parse } from '../options/parse';
import { startable } from '../options/startable';
import { findQemu, probeQemu } from '../qemu/probe';
import { QtestMachine } from '../qemu/qtest-machine';
import { attemptSimulated } from './simulated';

/** Of which machine: the simulator's, as a release if one is given, or a QEMU's. */
export type TableSource =
  | { readonly target: 'simulator'; readonly release?: string | undefined }
  | { readonly target: 'qtest'; readonly qemu?: string | undefined };

export interface Handed {
  readonly platform: PlatformName;
  readonly memoryMap: readonly E820Entry[];
  /** By name: `CEDT`, `SSDT1`. */
  readonly tables: ReadonlyMap<string, Uint8Array>;
}

/** @throws Refusal, NotApplicable if there is no such machine; RangeError, SyntaxError for options that are not understood */
export async function tablesOf(source: TableSource, words: readonly string[]): Promise<Handed> {
  const { options } = startable(words);
  const platform = machineTypeOf(readShaping(options));
  const machine: Hardware & Operator =
    source.target === 'qtest'
      ? await halted(source.qemu, options, platform)
      : simulated(source.release, options, platform);
  try {
    const { memoryMap, rsdp } = await boot(machine, { reservations: [] }, new Set());
    return { platform, memoryMap, tables: named(await allTables(machine.readBlock.bind(machine), rsdp)) };
  } finally {
    await machine.powerOff();
  }
}

async function halted(qemu: string | undefined, options: readonly string[], platform: PlatformName) {
  const offer = await probeQemu((await findQemu(qemu, process.env, platform)).path);
  needPlatform(offer, platform);
  return QtestMachine.ofOptions(options, offer);
}

function simulated(name: string | undefined, options: readonly string[], machineType: PlatformName) {
  const release = name === undefined ? undefined : releaseNamed(name);
  const quirks = new Set(release === undefined ? [] : quirksOf(release, DEFAULT_LINUX, machineType));
  attemptSimulated({ options, files: cdatFilesOf(options) }, quirks, release, machineType);
  return new SimulatedMachine(parse(options), quirks, factsOf(release));
}

/** Those that are there. */
const cdatFilesOf = (options: readonly string[]) =>
  readShaping(options).devices.flatMap((device) => {
    const name = device.value('cdat');
    return name !== undefined && existsSync(name) ? [{ name, bytes: readFileSync(name) }] : [];
  });

/** There may be several SSDTs, which are numbered. */
function named(tables: readonly Uint8Array[]): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  let ssdts = 0;
  for (const table of tables) {
    const signature = Buffer.from(table.subarray(0, TableHeader.offsetOf('length'))).toString('latin1');
    found.set(signature === 'SSDT' ? `SSDT${++ssdts}` : signature, table);
  }
  return found;
}

/** As files, the memory map by the name that the platform has for it, in the form that `judge --tables` reads. */
export const filesOf = ({ platform, memoryMap, tables }: Handed): { name: string; bytes: Uint8Array }[] => [
  { name: PLATFORMS[platform].map.file, bytes: encodeE820(memoryMap) },
  ...[...tables].map(([name, bytes]) => ({ name: `${name}.aml`, bytes })),
];
