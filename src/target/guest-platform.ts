import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeCedt } from '../codec/acpi/cedt';
import { awaitBoot, guestArguments, reserve } from '../guest/boot';
import { GuestError } from '../guest/guest-error';
import { FILES, type GuestImage } from '../guest/image';
import { imageForGuest } from '../guest/kexec';
import { LinuxHost } from '../guest/linux-host';
import { lastLines, SerialLog } from '../guest/serial-log';
import type { Shell } from '../guest/shell';
import { connectToGuest } from '../guest/ssh';
import type { QemuOffer } from '../ledger/offer';
import { OutOfReach } from '../ledger/verdict';
import type { Host } from '../machine/host';
import type { Operator } from '../machine/operator';
import type { Setup, Topology, Type3 } from '../machine/topology';
import { commandLine } from '../options/command-line';
import { Qemu } from '../qemu/process';
import { QemuOperator } from '../qemu/qemu-operator';
import type { Qmp } from '../qemu/qmp';
import { QtestMachine } from '../qemu/qtest-machine';
import { configureAndRestart, needMemmap, refuseUnlessConfigurable } from './linux-firmware';
import { ModelledPlatform } from './modelled-platform';
import type { Evidence, Platform } from './target';

/** Linux waits 5 s after the attention button was pressed, pciehp_ctrl.c: pciehp_handle_button_press(). In ms. */
const REMOVAL_LIMIT = 30_000;
const POLL = 200;

const SERIAL_LOG = 'serial.log';

export interface Means {
  readonly offer: QemuOffer;
  readonly image: GuestImage;
  readonly accelerator: 'kvm' | 'tcg';
  readonly bios: string | undefined;
}

/** What runs, and what it was started from. */
interface Machine {
  readonly qemu: Qemu;
  readonly log: SerialLog;
  readonly setup: Setup;
  readonly image: GuestImage;
  /** Of this host, where the guest's SSH is. */
  readonly port: number;
}

/** A real QEMU that was started here, and the real Linux on it. */
export class GuestPlatform implements Platform {
  private constructor(
    private readonly machine: Machine,
    readonly operator: Operator,
    private linux: LinuxHost,
  ) {}

  static async boot(setup: Setup, means: Means): Promise<GuestPlatform> {
    const { offer, image, accelerator, bios } = means;
    const { topology, policy, os, commandLine: given } = setup;
    if (os === 'cxl-unaware') throw new OutOfReach('the guest runs Linux, which knows CXL');
    if (topology.hostBridges.length === 0)
      throw new OutOfReach('the machine has no CXL, and no Linux is booted for it');
    if (policy) refuseUnlessConfigurable(policy, image, accelerator);
    const furtherArguments = await reserving(setup, means);
    const port = await freePort();
    const network = policy ? imageForGuest(image) : [];
    const boot = guestArguments({ image, port, accelerator, serialLog: SERIAL_LOG, bios, furtherArguments, network });
    const qemu = await Qemu.start({
      binary: offer.path,
      arguments: [...(given ? ['-display', 'none', ...given] : commandLine(withoutNetwork(topology), offer)), ...boot],
      qtest: false,
    });
    try {
      const log = await SerialLog.follow(join(qemu.directory, SERIAL_LOG), qemu.ended);
      await qemu.qmp.execute('cont').catch(() => {}); // it may be running
      const machine = { qemu, log, setup, image, port };
      return new GuestPlatform(machine, new QemuOperator(qemu, topology, offer), await booted(machine));
    } catch (error) {
      await qemu.quit();
      throw error;
    }
  }

  get host(): Host {
    return this.linux;
  }

  get shell(): Shell {
    return this.linux.shell;
  }

  /** By what else it can be reached. */
  get reachedBy(): { readonly ssh: string; readonly identity: string } {
    const { port, image } = this.machine;
    return { ssh: `root@127.0.0.1:${port}`, identity: join(image.directory, FILES.key) };
  }

  get qmp(): Qmp {
    return this.machine.qemu.qmp;
  }

  get commandLine(): string {
    return this.machine.qemu.commandLine;
  }

  async reboot(): Promise<void> {
    const { length } = await this.machine.log.text();
    await this.linux.shell.close();
    await this.operator.reset();
    this.linux = await booted(this.machine, length);
  }

  /** An idle Linux is not at rest, least of all under emulation. */
  async rest(): Promise<void> {
    await this.linux.shell.close();
    await this.qmp.execute('stop');
  }

  async wake(): Promise<void> {
    await this.qmp.execute('cont');
    this.linux.shell = await shellOf(this.machine);
  }

  async hotAdd(device: Type3): Promise<void> {
    await this.operator.hotAdd(device);
    await this.linux.settle();
  }

  /** @throws GuestError if Linux does not let the device go. */
  async hotRemove(id: string): Promise<void> {
    await this.operator.hotRemove(id);
    for (const deadline = Date.now() + REMOVAL_LIMIT; (await this.operator.plugged()).includes(id); await sleep(POLL)) {
      if (Date.now() > deadline) throw new GuestError(`Linux has not let ${id} go within ${REMOVAL_LIMIT / 1000} s`);
    }
    await this.linux.settle();
  }

  async restore(): Promise<boolean> {
    await this.linux.undo();
    const atStart = this.machine.setup.topology.type3s.map(({ id }) => id);
    const added = (await this.operator.plugged()).filter((id) => !atStart.includes(id));
    for (const id of added) await this.hotRemove(id);
    return this.linux.isAsRemembered();
  }

  async evidence(): Promise<Evidence[]> {
    const text = (name: string, body: string): Evidence => ({ name, mediaType: 'text/plain', body });
    const { qemu, log } = this.machine;
    const linux = await this.linux.evidence().catch((error: Error) => [{ name: 'linux.txt', body: error.message }]);
    return [
      text('qemu-command-line.txt', `${this.commandLine}\n`),
      text('qemu-stderr.txt', qemu.stderr),
      text('serial.log', await log.text()),
      ...linux.map(({ name, body }) => text(name, body)),
    ];
  }
}

/** The Linux under test. Where firmware is to configure memory, that is the second: a first one does the work of firmware. */
async function booted(machine: Machine, from = 0): Promise<LinuxHost> {
  const { log, setup } = machine;
  let linux = await connected(machine, from);
  if (setup.policy) {
    await configureAndRestart(linux, setup.topology, setup.policy);
    const { length } = await log.text();
    await linux.shell.close();
    linux = await connected(machine, length);
    await linux.keepRegions();
  }
  await linux.remember();
  return linux;
}

/** @throws GuestError with the last lines of the serial log. */
async function connected(machine: Machine, from: number): Promise<LinuxHost> {
  let alive = true;
  void machine.qemu.ended.then(() => {
    alive = false;
  });
  await awaitBoot(machine.log.text, () => alive, { from });
  return LinuxHost.over(await shellOf(machine));
}

/** Errors of the shell end with the last lines of the serial log. */
const shellOf = ({ log, image, port }: Machine): Promise<Shell> =>
  connectToGuest(port, join(image.directory, FILES.key), async () => lastLines(await log.text()));

/** The guest is reached by its first network card, which is ours. */
const NETWORK = /^(virtio-net|e1000|igb|rtl8139|vmxnet3|ne2k|pcnet|i825|tulip)/;

function withoutNetwork({ others, ...rest }: Topology): Topology {
  return others ? { ...rest, others: others.filter(({ driver }) => !NETWORK.test(driver)) } : rest;
}

/** Kernel arguments for what firmware is to reserve. Where the windows are, the same machine tells, halted. */
async function reserving({ topology, reservations }: Setup, { offer, image }: Means): Promise<string[]> {
  if (reservations.length === 0) return [];
  needMemmap(image, 'reserves memory');
  const platform = await ModelledPlatform.boot(await QtestMachine.start(topology, offer), {
    setup: { reservations: [] },
  });
  try {
    const cedt = decodeCedt(await platform.host.acpiTable('CEDT'));
    const windows = cedt.flatMap((structure) => (structure.kind === 'CFMWS' ? [structure.window] : []));
    return reservations.map(({ window, part }) =>
      reserve({ base: (windows[window]?.base ?? 0n) + part.base, size: part.size }),
    );
  } finally {
    await platform.operator.powerOff();
  }
}

/** A TCP port of this host that was free just now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
