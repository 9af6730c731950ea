/** The functions of a bus, and the buses behind its bridges. */
import { decodeBars, type MemoryBar } from '../codec/pci/bar';
import {
  BAR_COUNT,
  BusNumbers,
  ClassRevision,
  CONFIG,
  Command,
  ecamOffset,
  HeaderType,
  LAYOUT,
  NO_FUNCTION,
} from '../codec/pci/configuration';
import { devicesBehind } from '../driver/capability';
import { EcamFunction } from '../driver/ecam-function';
import { HotPlugSlot } from '../driver/hot-plug-slot';
import type { Hardware, Hpa } from '../machine/hardware';

const FUNCTIONS = 8;
const ALL_ONES = 0xffff_ffff;

export interface Bus {
  readonly number: number;
  readonly functions: readonly PciFunctionConfig[];
  /** The highest bus number behind it, or its own. */
  readonly last: number;
}

/** A function, and what firmware finds out about it. */
export class PciFunctionConfig extends EcamFunction {
  bars: readonly MemoryBar[] = [];
  /** Behind a bridge. */
  behind: Bus | undefined;
  /** Of a bridge: whether devices can be plugged in behind it while the machine runs. */
  hotPlug = false;

  /** Lets it answer where its BARs and windows are. */
  enable = (): Promise<void> => this.write(CONFIG.command, Command.encode({ memorySpace: true, busMaster: true }));

  async classCode(): Promise<number> {
    return ClassRevision.decode(await this.read(CONFIG.classRevision)).classCode;
  }
}

/** Those on `bus` and on all buses behind it. */
export const allFunctions = (bus: Bus): PciFunctionConfig[] =>
  bus.functions.flatMap((fn) => [fn, ...(fn.behind ? allFunctions(fn.behind) : [])]);

/** Finds all functions behind root bus `number`, numbers the buses behind bridges, and sizes BARs. */
export async function scanRoot(
  hardware: Hardware,
  ecam: Hpa,
  number: number,
  bridge?: PciFunctionConfig,
): Promise<Bus> {
  const functions = await functionsOn(hardware, ecam, number, await devicesBehind(bridge));
  const layouts = await Promise.all(functions.map(lookInto));
  let last = number;
  for (const [i, fn] of functions.entries()) {
    if (layouts[i] !== LAYOUT.bridge) continue;
    const secondary = last + 1;
    await fn.write(CONFIG.busNumbers, BusNumbers.encode({ primary: number, secondary, subordinate: 0xff }));
    fn.behind = await scanRoot(hardware, ecam, secondary, fn);
    last = fn.behind.last;
    await fn.write(CONFIG.busNumbers, BusNumbers.encode({ primary: number, secondary, subordinate: last }));
  }
  return { number, functions, last };
}

/** Sizes BARs, and finds out what a bridge can do. Yields the layout of the header. */
async function lookInto(fn: PciFunctionConfig): Promise<number> {
  const { layout } = HeaderType.decode(await fn.read(CONFIG.headerType));
  fn.bars = await sizeBars(fn, BAR_COUNT[layout] ?? 0);
  if (layout === LAYOUT.bridge) fn.hotPlug = (await HotPlugSlot.of(fn)) !== undefined;
  return layout;
}

/** Functions 1 to 7 are asked for only where function 0 says that there are more. */
async function functionsOn(hardware: Hardware, ecam: Hpa, bus: number, devices: number): Promise<PciFunctionConfig[]> {
  const at = (device: number, fn: number) => new PciFunctionConfig(hardware, ecam, { bus, device, fn });
  const present = async (functions: readonly PciFunctionConfig[]) => {
    const identities = await hardware.readWords(functions.map((fn) => ecam + ecamOffset(fn.location, CONFIG.identity)));
    return functions.filter((_, i) => identities[i] !== NO_FUNCTION);
  };
  const first = await present(Array.from({ length: devices }, (_, device) => at(device, 0)));
  const types = await Promise.all(first.map((fn) => fn.read(CONFIG.headerType)));
  const more = first
    .filter((_, i) => HeaderType.decode(types[i] ?? 0).multiFunction)
    .flatMap(({ location }) => Array.from({ length: FUNCTIONS - 1 }, (_, i) => at(location.device, i + 1)));
  const order = ({ location }: PciFunctionConfig) => location.device * FUNCTIONS + location.fn;
  return [...first, ...(await present(more))].sort((a, b) => order(a) - order(b));
}

/** All ones are written, and the bits that stay tell the size. */
async function sizeBars(fn: PciFunctionConfig, count: number): Promise<MemoryBar[]> {
  const offsets = Array.from({ length: count }, (_, i) => CONFIG.bar0 + 4 * i);
  const ones = offsets.map(() => ALL_ONES);
  const [, sizes] = await Promise.all([fn.writeAll(offsets, ones), fn.readAll(offsets)]);
  return decodeBars([], sizes);
}
