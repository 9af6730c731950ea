import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hex } from '../codec/range';
import type { QemuOffer } from '../ledger/offer';
import type { QmpCommandName } from '../ledger/qmp-commands';
import { OutOfReach } from '../ledger/verdict';
import type { Hpa } from '../machine/hardware';
import type { Operator } from '../machine/operator';
import type { QmpArguments } from '../machine/qmp';
import { Refusal } from '../machine/refusal';
import type { FixedWindow, Topology, Type3 } from '../machine/topology';
import { backendObjects, mediaOf, type3Device } from '../options/type3';
import { cxlCommand } from './cxl-command';
import type { Qemu } from './process';
import { QmpRefusal } from './qmp';

/** How long QEMU may take to report that a device is gone, in ms: it does so within half a second where it does. */
const REPORT_LIMIT = 2000;
const POLL = 50;

/** How QEMU says that a memory backend has a user: 10.0.13 and 11.1.3. */
const OCCUPIED = /is in use|is mapped/;
/** What device_add says of memory that it takes for that of another device. */
const USED = /can't be used multiple times/;

/** Of a window that QEMU has been told of: QEMU qapi/machine.json: CXLFixedMemoryWindowOptions. */
interface WindowOptions {
  readonly size: number;
  readonly targets: readonly string[];
  readonly 'interleave-granularity'?: number;
}

/** Unless QEMU has been told another one. */
const GRANULARITY = 256;

/** In QEMU's working directory: where it puts memory that it is asked for. */
const MEMORY_FILE = 'memory';

/** What a person does to a running QEMU, halted or booted: by QMP, and by looking into the files behind its memory. */
export class QemuOperator implements Operator {
  /** By id, with what the names of its memory backends begin with, and how many events came before it. */
  readonly #type3s: Map<string, { readonly type3: Type3; readonly name: string; readonly since: number }>;
  #added = 0;

  constructor(
    protected qemu: Qemu,
    topology: Pick<Topology, 'type3s'>,
    protected readonly offer: QemuOffer,
  ) {
    this.#type3s = new Map(topology.type3s.map((type3) => [type3.id, { type3, name: type3.id, since: 0 }]));
  }

  /** For people to paste. */
  get commandLine(): string {
    return this.qemu.commandLine;
  }

  powerOff(): Promise<void> {
    return this.qemu.quit();
  }

  async reset(): Promise<void> {
    const done = this.qemu.qmp.event('RESET'); // the command only asks for it
    await Promise.all([this.qemu.qmp.execute('system_reset'), done]);
  }

  /** Its memory backends are new ones: those of a device that was removed stay. */
  async hotAdd(type3: Type3): Promise<void> {
    const { qmp } = this.qemu;
    const name = `${type3.id}-added${this.#added++}`;
    const device = type3Device(type3, this.offer, name);
    const objects = backendObjects(type3, name);
    const since = qmp.events.length;
    for (const object of objects) await qmp.execute('object-add', object);
    try {
      await qmp.execute('device_add', device);
    } catch (error) {
      for (const { id } of objects) await qmp.execute('object-del', { id: `${id}` });
      throw error;
    }
    this.#type3s.set(type3.id, { type3, name, since });
  }

  async hotRemove(id: string): Promise<void> {
    await this.qemu.qmp.execute('device_del', { id });
  }

  async plugged(): Promise<string[]> {
    const children = await this.qemu.qmp.execute<{ name: string; type: string }[]>('qom-list', {
      path: '/machine/peripheral',
    });
    return children
      .filter(({ type }) => type === 'child<cxl-type3>')
      .map(({ name }) => name)
      .sort();
  }

  /** Of the latest device with that id. */
  async hasReportedRemoval(id: string): Promise<boolean> {
    const { since } = this.#type3(id);
    const reported = () =>
      this.qemu.qmp.events
        .slice(since)
        .some(({ event, data }) => event === 'DEVICE_DELETED' && (data as { device?: string }).device === id);
    for (const deadline = Date.now() + REPORT_LIMIT; !reported() && Date.now() < deadline; ) await sleep(POLL);
    return reported();
  }

  async plugIn(given: QmpArguments): Promise<void> {
    try {
      await this.qemu.qmp.execute('device_add', given);
    } catch (error) {
      throw error instanceof QmpRefusal ? new Refusal(error.description) : error;
    }
  }

  async takeMemory(id: string): Promise<boolean> {
    const { type3, name } = this.#type3(id);
    try {
      for (const { id: object } of backendObjects(type3, name)) {
        await this.qemu.qmp.execute('object-del', { id: `${object}` });
      }
      return true;
    } catch (error) {
      if (error instanceof QmpRefusal && OCCUPIED.test(error.description)) return false;
      throw error;
    }
  }

  async reuseMemory(id: string): Promise<boolean> {
    const { type3, name } = this.#type3(id);
    const next = { ...type3, id: `${id}-next` };
    const since = this.qemu.qmp.events.length;
    try {
      await this.qemu.qmp.execute('device_add', type3Device(next, this.offer, name));
    } catch (error) {
      if (error instanceof QmpRefusal && USED.test(error.description)) return false;
      throw error;
    }
    this.#type3s.set(next.id, { type3: next, name, since });
    return true;
  }

  /** @throws OutOfReach: software runs, and its time is that of the world. */
  async elapse(_seconds: number): Promise<void> {
    throw new OutOfReach('the clock of a machine on which software runs cannot be moved');
  }

  /** @throws OutOfReach: connections to the Linux that runs there stay behind. */
  async migrate(): Promise<void> {
    throw new OutOfReach('a machine on which software runs that is connected to is not migrated');
  }

  async fixedWindows(): Promise<FixedWindow[]> {
    const asked = { path: '/machine', property: 'cxl-fmw' };
    const windows = await this.qemu.qmp.execute<WindowOptions[]>('qom-get', asked);
    return windows.map(({ size, targets, 'interleave-granularity': granularity = GRANULARITY }) => ({
      size: BigInt(size),
      targets,
      granularity,
    }));
  }

  async readMemory(address: Hpa, length: number): Promise<Uint8Array> {
    const bytes = Buffer.alloc(length);
    await this.qemu.qmp.execute('pmemsave', { val: address, size: length, filename: MEMORY_FILE });
    await this.#readFile(MEMORY_FILE, 0n, bytes);
    return bytes;
  }

  command(id: string, name: QmpCommandName, given: QmpArguments): Promise<void> {
    return cxlCommand(this.qemu.qmp, this.offer, id, name, given);
  }

  async readMedia(id: string, dpa: bigint, length: number): Promise<Uint8Array> {
    const { type3, name } = this.#type3(id);
    const bytes = Buffer.alloc(length);
    let base = 0n; // DPA where a file begins
    for (const { id: file, size } of mediaOf(type3, name)) {
      const [from, to] = [max(dpa, base), min(dpa + BigInt(length), base + size)];
      if (from < to) await this.#readFile(file, from - base, bytes.subarray(Number(from - dpa), Number(to - dpa)));
      base += size;
    }
    if (dpa < 0n || dpa + BigInt(length) > base) throw new RangeError(`${id} has no media beyond DPA ${hex(base)}`);
    return bytes;
  }

  /** What explains a failure. */
  async evidence(): Promise<{ name: string; mediaType: string; body: string }[]> {
    const { commandLine, stderr, qmp } = this.qemu;
    return [
      text('qemu-command-line.txt', `${commandLine}\n`),
      text('qemu-stderr.txt', stderr),
      text('qmp.txt', `${qmp.transcript}`),
    ];
  }

  async #readFile(name: string, offset: bigint, into: Uint8Array): Promise<void> {
    this.qemu.qmp.tap?.({ kind: 'file', name, offset, length: into.length });
    const file = await open(join(this.qemu.directory, name));
    try {
      await file.read(into, 0, into.length, Number(offset));
    } finally {
      await file.close();
    }
  }

  #type3(id: string) {
    const found = this.#type3s.get(id);
    if (!found) throw new RangeError(`the machine has no cxl-type3 ${id}`);
    return found;
  }
}

export const text = (name: string, body: string) => ({ name, mediaType: 'text/plain', body });

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
