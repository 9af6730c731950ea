/** `-M` and `-m`: QEMU hw/core/machine.c, hw/cxl/cxl-host.c. */
import { DEFAULT_PLATFORM, PLATFORM_NAMES } from '../ledger/platforms';
import { precedes } from '../ledger/release';
import { said } from '../options/line';
import { WITHOUT_PCI } from './buses';
import { type Request, refuse } from './refuse';
import { isOn, size } from './values';

const MAX_SLOTS = 256n;
const WINDOW_UNIT = 256n << 20n;
const WAYS = new Set([1, 2, 3, 4, 6, 8, 12, 16]);

const GRANULARITIES = new Set([256n, 512n, 1024n, 2048n, 4096n, 8192n, 16384n]);

/** @throws Refusal */
export function checkMachine(request: Request): void {
  const { machine } = request.line;
  const type = said(machine, 'type') ?? 'pc';
  checkVersion(type, request);
  const lacks = WITHOUT_PCI.has(type) && !(type === 'isapc' && request.quirks.has('cxl-without-pci'));
  const property = machine.flatMap(({ keys }) => keys).find((key) => key === 'cxl' || key.startsWith('cxl-fmw.'));
  if (lacks && property !== undefined) refuse(`Property '${type}-machine.${property.replace(/\..*/, '')}' not found`);
  const cxl = said(machine, 'cxl');
  if (cxl !== undefined && !isOn(cxl) && !/^(off|no|false|n)$/.test(cxl)) {
    refuse("Parameter 'cxl' expects 'on' or 'off'");
  }
  if (PLATFORM_NAMES.some((name) => name !== DEFAULT_PLATFORM && type === name)) checkDies(request);
  checkMemory(request);
}

/** Of q35: one that is newer than the release, or older than all, and a property that there is not. */
function checkVersion(type: string, { line: { machine }, facts }: Request): void {
  const version = /^pc-q35-(\d+\.\d+)$/.exec(type)?.[1];
  const isThere = version === undefined || (!precedes(facts.machineVersion, version) && !precedes(version, OLDEST));
  if (!isThere) refuse(`unsupported machine type${facts.namesMachineType ? `: "${type}"` : ''}`);
  if (!/^(pc-)?q35/.test(type)) return;
  const isKnown = (key: string) => facts.machineProperties.has(key.replace(/\..*/, '').replaceAll('_', '-'));
  const unknown = machine.flatMap(({ keys }) => keys).find((key) => !isKnown(key));
  if (unknown !== undefined)
    refuse(`Property 'pc-q35-${version ?? facts.machineVersion}-machine.${unknown}' not found`);
}

/** The oldest machine type that all releases have. */
const OLDEST = '2.4';

/** A socket of an Arm machine has none of several. QEMU hw/core/machine-smp.c: machine_parse_smp_config(). */
function checkDies({ line }: Request): void {
  const dies = Number(said(line.processors, 'dies') ?? 1);
  if (dies > 1) refuse("dies > 1 not supported by this machine's CPU topology");
}

function checkMemory({ line: { memory }, quirks }: Request): void {
  for (const option of memory) {
    const word = ['size', 'maxmem'].find((key) => option.values(key).some((text) => size(text) === undefined));
    if (word) refuse(`Parameter '${word}' expects a non-negative number below 2^64`, option);
  }
  const [ram, maxRam] = ['size', 'maxmem'].map((key) => size(said(memory, key) ?? ''));
  const slots = BigInt(said(memory, 'slots') ?? 0);
  if (slots > 0n && said(memory, 'maxmem') === undefined) refuse('slots specified but no max-size');
  if (ram === undefined || maxRam === undefined) return;
  const [given, most] = [ram, maxRam].map((bytes) => `0x${bytes.toString(16)}`);
  if (maxRam < ram) {
    refuse(
      `invalid value of maxmem: maximum memory size (${most}) must be at least the initial memory size (${given})`,
    );
  }
  if (maxRam === ram && slots > 0n) {
    refuse(
      'invalid value of maxmem: memory slots were specified but ' +
        `maximum memory size (${most}) is equal to the initial memory size (${given})`,
    );
  }
  const word = quirks.has('memory-slots-numbered') ? 'number' : 'amount';
  if (slots > MAX_SLOTS) refuse(`unsupported ${word} of memory slots: ${slots}`);
}

/** QEMU hw/cxl/cxl-host.c: machine_set_cfmw(), cxl_fixed_memory_window_config(). @throws Refusal */
export function checkWindows({ line: { machine }, quirks }: Request): void {
  const keys = [...new Set(machine.flatMap((option) => option.keys))];
  const count = Math.max(-1, ...keys.map((key) => Number(/^cxl-fmw\.(\d+)\./.exec(key)?.[1] ?? -1))) + 1;
  const windows = Array.from({ length: count }, (_, n) => `cxl-fmw.${n}`);
  for (const window of windows) checkKeys(window, keys, (key) => said(machine, key));
  for (const window of windows) {
    const targets = keys.filter((key) => key.startsWith(`${window}.targets.`)).length;
    const granularity = size(said(machine, `${window}.interleave-granularity`) ?? '256') ?? 0n;
    if (!WAYS.has(targets)) refuse(`Interleave ways: ${targets} not supported`);
    if ((size(`${said(machine, `${window}.size`)}`) ?? 0n) % WINDOW_UNIT !== 0n) {
      const must = quirks.has('window-size-typo') ? 'must my' : 'must be';
      refuse(`Size of a CXL fixed memory window ${must} a multiple of 256MiB`);
    }
    if (!GRANULARITIES.has(granularity)) refuse(`Interleave granularity: ${granularity} invalid`);
  }
}

function checkKeys(window: string, keys: readonly string[], value: (key: string) => string | undefined): void {
  const own = keys.filter((key) => key.startsWith(`${window}.`)).map((key) => key.slice(window.length + 1));
  for (const key of ['interleave-granularity', 'size']) {
    const given = value(`${window}.${key}`);
    if (given === undefined && key === 'size') refuse(`Parameter '${window}.${key}' is missing`);
    if (given !== undefined && size(given) === undefined) refuse(`Parameter '${window}.${key}' expects size`);
  }
  if (!own.some((key) => key.startsWith('targets.'))) refuse(`Parameter '${window}.targets' is missing`);
  const unknown = own.find((key) => !/^(size|interleave-granularity|targets\.\d+)$/.test(key));
  if (unknown !== undefined) refuse(`Parameter '${window}.${unknown}' is unexpected`);
}
