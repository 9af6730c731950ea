import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { DEVICES, OBJECTS, type QemuOffer, type QmpArgument } from '../ledger/offer';
import { DEFAULT_PLATFORM, PLATFORM_NAMES, PLATFORMS, type PlatformName, platformOf } from '../ledger/platforms';
import { Qemu } from './process';
import { QemuError } from './qemu-error';
import { QmpRefusal } from './qmp';

const programFor = (platform: PlatformName): string => `qemu-system-${PLATFORMS[platform].architecture}`;
const VARIABLES = ['QEMU_TEST_QEMU_BINARY', 'QTEST_QEMU_BINARY'];
const ADVICE = `name a ${PLATFORM_NAMES.map((name) => `qemu-system-${PLATFORMS[name].architecture} of QEMU ${PLATFORMS[name].from}`).join(', or a ')} or later`;

export interface FoundQemu {
  /** Absolute. */
  readonly path: string;
  /** What named it: `given`, an environment variable, or `PATH`. */
  readonly from: string;
}

/** Of a machine without parts, in milliseconds. */
const PROBE_LIMIT = 10_000;

/**
 * The QEMU to use: `explicit`, else what the environment names, else the one on PATH for the platform.
 * @throws QemuError if there is none, RangeError if a variable of the environment names none.
 */
export async function findQemu(
  explicit?: string,
  env = process.env,
  platform: PlatformName = DEFAULT_PLATFORM,
): Promise<FoundQemu> {
  const named = [{ name: explicit, from: 'given' }, ...VARIABLES.map((from) => ({ name: env[from], from }))].find(
    ({ name }) => name,
  );
  const { name = programFor(platform), from } = named ?? { from: 'PATH' };
  const path = locate(name, env.PATH);
  const reason = path === undefined ? 'is not on PATH' : whyNotExecutable(path);
  if (path !== undefined && reason === undefined) return { path, from };
  if (named && explicit === undefined) throw new RangeError(`${from}: ${path ?? name} ${reason}; ${ADVICE}`);
  if (path === undefined) throw new QemuError(`there is no ${name} on PATH; install QEMU, or ${ADVICE}`);
  throw new QemuError(`${path} ${reason}; ${ADVICE}`);
}

/** Absolute. A name without a slash is looked for on PATH, as a shell does. */
function locate(name: string, searchPath = ''): string | undefined {
  if (name.includes('/')) return resolve(name);
  const places = searchPath.split(delimiter).filter((place) => place !== '');
  return places.map((place) => resolve(place, name)).find((path) => whyNotExecutable(path) === undefined);
}

function check(path: string): void {
  const reason = whyNotExecutable(path);
  if (reason) throw new QemuError(`${path} ${reason}; ${ADVICE}`);
}

/**
 * Asks a QEMU what it has, by way of a machine without parts.
 * @throws QemuError if it is not a QEMU with CXL for an architecture of ledger/platforms.ts, or does not answer within `startLimit` milliseconds.
 */
export function probeQemu(path: string, startLimit = PROBE_LIMIT): Promise<QemuOffer> {
  return probed(path, startLimit, (qemu) => ask(qemu, resolve(path)));
}

async function probed<T>(path: string, startLimit: number, question: (qemu: Qemu) => Promise<T>): Promise<T> {
  check(path);
  const args = ['-machine', 'none', '-nodefaults', '-no-user-config', '-display', 'none'];
  const options = { binary: resolve(path), arguments: args, qtest: false, startLimit };
  const qemu = await Qemu.start(options).catch(({ message }: Error) => {
    const why = message.split('\n')[0]?.replace(/^.*QEMU did not start: /, '');
    throw new QemuError(`${path} is not a QEMU that runs here (${why}); ${ADVICE}`);
  });
  try {
    return await question(qemu);
  } finally {
    await qemu.quit();
  }
}

/** Properties of devices by the name of the device, in the order of their names. */
export type DefaultsOfDevice = Readonly<Partial<Record<string, readonly Property[]>>>;

export interface Property {
  readonly name: string;
  readonly type: string;
  /** What it is unless given; undefined where QEMU does not say. */
  readonly value?: string;
}

/** The properties of CXL devices and what they are unless given. @throws QemuError */
export function probeDefaults(path: string): Promise<DefaultsOfDevice> {
  return probed(path, PROBE_LIMIT, async ({ qmp }) => {
    const names = DEVICES.filter((name) => /cxl/.test(name));
    const lists = await Promise.all(
      names.map((typename) => qmp.execute<Described[]>('device-list-properties', { typename }).catch(noType)),
    );
    return Object.fromEntries(
      names.flatMap((device, i) => {
        const properties = lists[i]?.map(({ name, type, 'default-value': value }) => ({
          name,
          type,
          ...(value !== undefined && { value: shown(value) }),
        }));
        return properties ? [[device, properties.sort((a, b) => (a.name < b.name ? -1 : 1))]] : [];
      }),
    );
  });
}

async function ask({ qmp }: Qemu, path: string): Promise<QemuOffer> {
  const properties = (command: string, typename: string) => qmp.execute<Named[]>(command, { typename }).catch(noType);
  const [{ qemu, package: packager }, { arch }, commands, schema, ofDevices, ofObjects] = await Promise.all([
    qmp.execute<Version>('query-version'),
    qmp.execute<{ arch: string }>('query-target'),
    qmp.execute<Named[]>('query-commands'),
    qmp.execute<SchemaEntry[]>('query-qmp-schema'),
    Promise.all(DEVICES.map((typename) => properties('device-list-properties', typename))),
    Promise.all(OBJECTS.map((typename) => properties('qom-list-properties', typename))), // a list of types loads them all
  ]);
  const version = `${qemu.major}.${qemu.minor}.${qemu.micro}`;
  const platform = platformOf(arch);
  if (!platform) throw new QemuError(`${path} is QEMU ${version} for ${arch}, on which it has no CXL; ${ADVICE}`);
  const devices = DEVICES.flatMap((device, i) => (ofDevices[i] ? [[device, names(ofDevices[i])]] : []));
  const objects = OBJECTS.filter((_, i) => ofObjects[i]);
  const offer = {
    path,
    version,
    platform,
    package: packager,
    devices: Object.fromEntries(devices),
    objects,
    commands: names(commands),
    cxlCommands: cxlCommands(schema),
  };
  const missing = ['pxb-cxl', 'cxl-rp', 'cxl-type3'].filter((device) => !(device in offer.devices));
  if (missing.length > 0) {
    throw new QemuError(`${path} is QEMU ${version} without CXL: it has no ${missing.join(', no ')}; ${ADVICE}`);
  }
  if (platform === DEFAULT_PLATFORM) return offer; // which has CXL since there are its devices
  const machines = await qmp.execute<Machine[]>('query-machines').catch(noType);
  const machine = machines?.find(({ name, alias }) => name === platform || alias === platform);
  const taken = machine && (await properties('qom-list-properties', `${machine.name}-machine`));
  if (taken && !names(taken).includes('cxl')) {
    throw new QemuError(`${path} is QEMU ${version} for ${arch}, whose machine ${platform} has no CXL; ${ADVICE}`);
  }
  return offer;
}

interface Version {
  readonly qemu: { readonly major: number; readonly minor: number; readonly micro: number };
  readonly package: string;
}

interface Named {
  readonly name: string;
}

interface Machine extends Named {
  readonly alias?: string;
}

/** JSON has no exact numbers of 64 bits. */
const shown = (value: unknown): string =>
  typeof value === 'number' && value > Number.MAX_SAFE_INTEGER ? value.toPrecision(3) : JSON.stringify(value);

interface Described extends Named {
  readonly type: string;
  readonly 'default-value'?: unknown;
}

/** QEMU qapi/introspect.json: a command refers to its arguments by the name of their type, which is none for people. */
interface SchemaEntry extends Named {
  readonly 'meta-type': string;
  readonly 'arg-type'?: string;
  readonly members?: readonly { readonly name: string; readonly default?: null }[];
}

function cxlCommands(schema: readonly SchemaEntry[]): Record<string, QmpArgument[]> {
  const types = new Map(schema.map((entry) => [entry.name, entry]));
  const commands = schema.filter((entry) => entry['meta-type'] === 'command' && entry.name.startsWith('cxl-'));
  return Object.fromEntries(
    commands.map((command) => {
      const members = types.get(`${command['arg-type']}`)?.members ?? [];
      return [command.name, members.map((each) => ({ name: each.name, mandatory: !('default' in each) }))];
    }),
  );
}

const names = (list: readonly Named[]): string[] => list.map(({ name }) => name).sort();

function noType(error: Error): undefined {
  if (!(error instanceof QmpRefusal)) throw error;
}

function whyNotExecutable(path: string): string | undefined {
  if (!statSync(path, { throwIfNoEntry: false })) return 'does not exist';
  if (!statSync(path).isFile()) return 'is not a file';
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return 'is not executable';
  }
  return undefined;
}
