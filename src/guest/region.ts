/** Regions on a real Linux, by `cxl` and `ndctl`. Their exit status is not to be trusted: what counts is what is there. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Linux } from '../ledger/linux';
import { OutOfReach } from '../ledger/verdict';
import { Errno, type ErrnoName, STRERROR } from '../machine/errno';
import type { Region, RegionRequest } from '../machine/host';
import { isNamed } from '../machine/named-memdev';
import { GuestError } from './guest-error';
import type { LinuxView } from './linux-view';
import { DIRECTORY } from './undo';

/** How long memory may take to come online, in ms: Linux 7 goes on after the tool has returned. */
const ONLINE_LIMIT = 20_000;
const POLL = 200;

/** Of any decoder, in bytes. */
const COARSEST_GRANULARITY = 16_384;

export async function createRegion(host: LinuxView, { type, decoder, size, devices }: RegionRequest): Promise<Region> {
  const attribute = `/sys/bus/cxl/devices/${decoder}/create_${type}_region`;
  if ((await host.shell.run(`[ -e ${attribute} ]`)).status !== 0) {
    throw new OutOfReach(
      `Linux ${host.kernel} cannot create ${type === 'ram' ? 'volatile' : 'persistent'} regions in ${decoder}`,
    );
  }
  if (type === 'ram') await needNodeOfItsOwn(host);
  await needRefusalOfLongTurns(host, decoder);
  const [memdevs, before] = await Promise.all([host.memdevs(), host.regions()]);
  const absent = devices.find((device) => memdevs.every((memdev) => !isNamed(memdev, device)));
  if (absent !== undefined) throw new Errno('ENXIO', `no active memdevs found: none is ${absent}`);
  const names = devices.map((device) => memdevs.find((memdev) => isNamed(memdev, device))?.name);
  const script = `cxl create-region --debug -t ${type} -d ${decoder} -s ${size} -w ${names.length} -m ${names.join(' ')}`;
  if (type === 'pmem') await host.record?.saveLabels(names.map(String));
  const { stderr } = await host.shell.run(host.record?.noteRegions(decoder, script) ?? script);
  const created = (await host.regions()).find(({ name }) => before.every((region) => region.name !== name));
  if (!created) {
    await needCachesThatCanBeInvalidated(host);
    throw refusal(stderr);
  }
  if (type === 'ram') await online(host, created);
  return created;
}

/** What a refusal without errno is, as far as the tool itself refuses. */
const BY_TOOL: readonly [words: string, code: ErrnoName][] = [
  ['exceeds max available space', 'ENOSPC'],
  ['number of memdevs', 'EINVAL'],
];

/**
 * The memory of node 0 is any program's, and under emulation programs that come to run from a window die: tried with
 * QEMU 10.0 and Linux 6.12, QEMU 11.1 and Linux 7.2. @throws OutOfReach where that would happen
 */
async function needNodeOfItsOwn(host: LinuxView): Promise<void> {
  const happens = "grep -q 'QEMU TCG' /proc/cpuinfo && [ ! -e /sys/firmware/acpi/tables/SRAT ]";
  if ((await host.shell.run(happens)).status === 0) {
    throw new OutOfReach('without an SRAT the memory joins node 0, and under emulation programs that run from it die');
  }
}

/**
 * Linux commits no region unless it can invalidate caches, for which not every architecture has a provider:
 * drivers/cxl/core/region.c: cxl_region_invalidate_memregion(). @throws OutOfReach if that has failed
 */
async function needCachesThatCanBeInvalidated(host: LinuxView): Promise<void> {
  const said = 'Failed to synchronize CPU cache state';
  if ((await host.shell.run(`dmesg | grep -q '${said}'`)).status === 0)
    throw new OutOfReach(`Linux ${host.kernel} commits no region here, for it cannot invalidate caches: ${said}`);
}

/** @throws OutOfReach where a window's turns together are longer than a host bridge's may be, and Linux does not mind */
async function needRefusalOfLongTurns(host: LinuxView, decoder: string): Promise<void> {
  const attributes = ['interleave_ways', 'interleave_granularity'].map(
    (name) => `/sys/bus/cxl/devices/${decoder}/${name}`,
  );
  const [ways = 1, granularity = 1] = `${await must(host, `cat ${attributes.join(' ')}`)}`.split('\n').map(Number);
  if (ways * granularity > COARSEST_GRANULARITY) new Linux(host.kernel).need('turnsOfEveryPort', 'refuse long turns');
}

/** What the tool said, with the errno that it ends with, or that of the attribute that could not be written. */
function refusal(stderr: string): Errno {
  const lines = stderr.split('\n');
  const message = lines.find((line) => line.startsWith('cxl region: ')) ?? stderr.trim();
  const written = lines.find((line) => line.startsWith('libcxl: write_attr: failed')) ?? '';
  const byTool = BY_TOOL.find(([words]) => message.includes(words))?.[1];
  return new Errno(errnoOf(message) ?? byTool ?? errnoOf(written) ?? 'ENXIO', message);
}

/** ENODEV's text is the beginning of ENXIO's, so that the longest counts. */
function errnoOf(text: string): ErrnoName | undefined {
  const names = (Object.keys(STRERROR) as ErrnoName[]).filter((name) => text.includes(STRERROR[name]));
  return names.sort((a, b) => STRERROR[b].length - STRERROR[a].length)[0];
}

/** Waits until all memory of the region is online, or none of it is going to be. */
export async function online(host: LinuxView, { name, size }: Region): Promise<void> {
  for (const deadline = Date.now() + ONLINE_LIMIT; Date.now() < deadline; await sleep(POLL)) {
    const [device] = (await host.daxDevices()).filter(({ region }) => region === name);
    if (device && (device.online >= size || device.mode === 'devdax')) return;
  }
}

/** With the labels of its namespaces, or no other region would fit the devices; `ndctl destroy-namespace` clears data too. */
export async function destroyRegion(host: LinuxView, name: string): Promise<void> {
  await host.record?.undo(name);
  const labels = `ndctl disable-namespace -r ${name} all; for n in /sys/bus/nd/devices/${name}/namespace*; do echo 0 > $n/size; done`;
  const { stderr } = await host.shell.run(`${UNMOUNT}; { ${labels}; } >/dev/null 2>&1; cxl destroy-region -f ${name}`);
  if ((await host.regions()).every((region) => region.name !== name)) return;
  const refused = refusal(stderr);
  if (refused.message.includes('failed to reset decode: ')) {
    new Linux(host.kernel).need('resetsInAnyOrder', 'reset HDM decoders in any order');
  }
  throw refused;
}

/** `--force`, for Linux brings the memory online by itself, and the tool would leave it at that. */
export async function useAsSystemRam(host: LinuxView, name: string): Promise<void> {
  await needNodeOfItsOwn(host);
  await must(host, `ndctl create-namespace -m devdax -r ${name}`);
  const device = (await host.daxDevices()).find(({ region }) => region === name);
  if (!device) throw new GuestError(`the devdax namespace of ${name} has no dax device`);
  const { stderr } = await host.shell.run(`daxctl reconfigure-device --force -m system-ram ${device.name}`);
  const after = (await host.daxDevices()).find(({ region }) => region === name);
  if (after?.mode !== 'system-ram') throw refusal(stderr);
}

export const storeInRegion = async (host: LinuxView, name: string, bytes: Uint8Array): Promise<void> =>
  store(host, await memoryOf(host, name, bytes.length), bytes);

export const storeOnNode = async (host: LinuxView, node: number, bytes: Uint8Array): Promise<void> =>
  store(host, await fileOn(host, node), bytes);

async function store(host: LinuxView, { device, flags }: Memory, bytes: Uint8Array): Promise<void> {
  const base64 = Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\n');
  await must(
    host,
    `base64 -d <<'END' | dd of=${device} bs=4096 iflag=fullblock ${flags.map((flag) => `o${flag}`).join(' ')}\n${base64}\nEND`,
  );
}

export const loadFromRegion = async (host: LinuxView, name: string, length: number): Promise<Uint8Array> =>
  load(host, await memoryOf(host, name), length);

export const loadFromNode = async (host: LinuxView, node: number, length: number): Promise<Uint8Array> =>
  load(host, await fileOn(host, node), length);

function load(host: LinuxView, { device, flags }: Memory, length: number): Promise<Uint8Array> {
  return must(
    host,
    `dd if=${device} bs=4096 count=${Math.ceil(length / 4096)} ${flags.map((flag) => `i${flag}`).join(' ')}`,
  );
}

interface Memory {
  readonly device: string;
  /** How `dd` is to open it. */
  readonly flags: readonly string[];
}

/** A block device past the page cache, of which `length` bytes may be overwritten; or a file in memory of the region's node. */
async function memoryOf(host: LinuxView, name: string, length = 0): Promise<Memory> {
  const region = (await host.regions()).find((each) => each.name === name);
  if (!region) throw new Errno('ENODEV', `${name}: ${STRERROR.ENODEV}`);
  if (region.type === 'pmem') {
    const device = await namespaceOf(host, name);
    if (length > 0) await host.record?.saveBytes(name, device, length);
    return { device, flags: ['flag=direct'] };
  }
  const [dax] = (await host.daxDevices()).filter((device) => device.region === name);
  if (!dax) throw new GuestError(`${name} has no dax device`);
  return fileOn(host, dax.node);
}

async function fileOn(host: LinuxView, node: number): Promise<Memory> {
  const mount = `${DIRECTORY}/node${node}`;
  const note = host.record?.note(`node node${node}`) ?? ':';
  await must(
    host,
    `grep -q " ${mount} " /proc/mounts || { mkdir -p ${mount} && ${note} && mount -t tmpfs -o mpol=bind:${node} tmpfs ${mount}; }`,
  );
  return { device: `${mount}/data`, flags: [] };
}

/** Unmounts the memory of nodes that scenarios have mounted. */
const UNMOUNT = `for m in $(cut -d ' ' -f 2 /proc/mounts | grep '^${DIRECTORY}/'); do umount $m; done 2>/dev/null`;

/** The block device of the region's raw namespace, which is made if there is none: one may have survived in the labels. */
async function namespaceOf(host: LinuxView, name: string): Promise<string> {
  const list = `ls /sys/bus/nd/devices/${name}/ | grep -q '^namespace' && ls -d /sys/bus/nd/devices/${name}/namespace*/block/* 2>/dev/null`;
  const note = host.record ? `{ ${host.record.noteUuids()}; }` : ':';
  const script = `${list} || { ndctl create-namespace -m raw -r ${name} >/dev/null && ${note} && ${list}; }`;
  const path = (await must(host, script)).toString().trim().split('\n')[0] ?? '';
  return `/dev/${path.split('/').at(-1)}`;
}

/** Destroys all regions but those to keep, with what lies in them. */
export async function undoRegions(host: LinuxView, keep: readonly string[]): Promise<void> {
  const converted = (await host.daxDevices()).filter(({ mode }) => mode === 'system-ram');
  await host.shell.run(UNMOUNT);
  const created = (await host.regions()).filter(({ name }) => !keep.includes(name));
  for (const { name, type } of created.reverse()) {
    const dax = type === 'pmem' && converted.find(({ region }) => region === name);
    if (dax) await host.shell.run(`daxctl reconfigure-device --force -m devdax ${dax.name}`);
    await host.shell.run(`ndctl destroy-namespace -f -r ${name} all; cxl destroy-region -f ${name}`);
  }
}

/** @throws GuestError with what the command says, if it fails. */
async function must(host: LinuxView, script: string): Promise<Buffer> {
  const { status, stdout, stderr } = await host.shell.run(script);
  if (status !== 0) throw new GuestError(`${script.split('\n')[0]}: ${stderr.trim() || `exit status ${status}`}`);
  return stdout;
}
