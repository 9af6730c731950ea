import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeCedt } from '../codec/acpi/cedt';
import { probeAccelerator } from '../guest/accelerator';
import { awaitBoot, guestArguments, lastLines, reserve } from '../guest/boot';
import { GuestError, GuestStalled } from '../guest/guest-error';
import { FILES, findGuest, type GuestImage } from '../guest/image';
import { imageForGuest } from '../guest/kexec';
import { LinuxHost } from '../guest/linux-host';
import { connectToGuest } from '../guest/ssh';
import { quirksOf } from '../ledger/quirks';
import { NotApplicable } from '../ledger/verdict';
import type { Host } from '../machine/host';
import type { Operator } from '../machine/operator';
import type { Setup, Type3 } from '../machine/topology';
import { commandLine } from '../qemu/command-line';
import type { QemuOffer } from '../qemu/offer';
import { findQemu, probeQemu } from '../qemu/probe';
import { Qemu } from '../qemu/process';
import { QemuOperator } from '../qemu/qemu-operator';
import { QtestMachine } from '../qemu/qtest-machine';
import { unlessHopeless } from './hopeless';
import { configureAndRestart, refuseUnlessConfigurable } from './linux-firmware';
import { ModelledPlatform } from './modelled-platform';
import { MachinePool } from './pool';
import { type Evidence, LINUX_HAS_THE_HARDWARE, type Platform, type Target, type TargetOptions } from './target';

/** Idle guests cost memory, and a boot costs a dozen seconds. */
const MACHINES_KEPT = 4;

/** Linux waits 5 s after the attention button was pressed, pciehp_ctrl.c: pciehp_handle_button_press(). In ms. */
const REMOVAL_LIMIT = 30_000;
const POLL = 200;

const DEFAULT_IMAGE = 'trixie';
const SERIAL_LOG = 'serial.log';
const OVMF = ['/usr/share/ovmf/OVMF.fd', '/usr/share/qemu/OVMF.fd'];

/** Tried with QEMU 10.0 and Linux 6.12, QEMU 11.1 and Linux 7.2. */
const NO_CODE_IN_WINDOWS = {
  'code-in-windows': 'without an SRAT the memory joins node 0, and under emulation programs that run from it die',
};

interface Means {
  readonly offer: QemuOffer;
  readonly image: GuestImage;
  readonly accelerator: 'kvm' | 'tcg';
  readonly bios: string | undefined;
}

/** A real QEMU with a real Linux, booted here. */
export async function openGuest({ qemu, guest = DEFAULT_IMAGE, firmware = 'seabios' }: TargetOptions): Promise<Target> {
  const image = await findGuest(guest);
  const { path, from } = await findQemu(qemu);
  const [offer, { accelerator }] = await Promise.all([probeQemu(path), probeAccelerator(path, image)]);
  const bios = firmware === 'ovmf' ? ovmf() : undefined;
  const means = { offer, image, accelerator, bios };
  const boot = unlessHopeless(
    (setup: Setup) =>
      GuestPlatform.boot(setup, means).catch((error: Error) => {
        if (!(error instanceof GuestStalled)) throw error;
        return GuestPlatform.boot(setup, means);
      }),
    GuestError,
  );
  const pool = new MachinePool(MACHINES_KEPT, boot);
  return {
    subject: {
      target: 'guest',
      description: `guest, QEMU ${offer.version}, ${accelerator}, ${firmware}`,
      qemu: offer.version,
      qemuPath: path,
      qemuFrom: from,
      kernel: image.kernel,
      options: ['--guest', guest, ...(bios ? ['--firmware', firmware] : [])],
    },
    expectedQuirks: quirksOf(offer.version, image.kernel),
    lacks: { ...LINUX_HAS_THE_HARDWARE, ...(accelerator === 'tcg' && NO_CODE_IN_WINDOWS) },
    started: () => pool.started,
    powerOn: (setup) => pool.powerOn(setup),
    release: (platform) => pool.release(platform),
    close: () => pool.close(),
  };
}

function ovmf(): string {
  const found = OVMF.find(existsSync);
  if (!found) throw new GuestError('there is no OVMF firmware: apt-get install ovmf');
  return found;
}

class GuestPlatform implements Platform {
  private constructor(
    private readonly qemu: Qemu,
    readonly operator: Operator,
    private readonly setup: Setup,
    private readonly image: GuestImage,
    private readonly port: number,
    private linux: LinuxHost,
  ) {}

  static async boot(setup: Setup, { offer, image, accelerator, bios }: Means): Promise<GuestPlatform> {
    const { topology, policy, os } = setup;
    if (os === 'cxl-unaware') throw new NotApplicable('the guest runs Linux, which knows CXL');
    if (policy) refuseUnlessConfigurable(policy, image, accelerator);
    const kernelArguments = await reserving(setup, offer);
    const port = await freePort();
    const network = policy ? imageForGuest(image) : [];
    const boot = guestArguments({ image, port, accelerator, serialLog: SERIAL_LOG, bios, kernelArguments, network });
    const qemu = await Qemu.start({
      binary: offer.path,
      arguments: [...commandLine(topology, offer), ...boot],
      qtest: false,
    });
    try {
      await qemu.qmp.execute('cont').catch(() => {}); // it may be running
      const linux = await booted(qemu, setup, image, port);
      return new GuestPlatform(qemu, new QemuOperator(qemu, topology, offer), setup, image, port, linux);
    } catch (error) {
      await qemu.quit();
      throw error;
    }
  }

  get host(): Host {
    return this.linux;
  }

  get commandLine(): string {
    return this.qemu.commandLine;
  }

  async reboot(): Promise<void> {
    const { length } = await serialLog(this.qemu);
    await this.linux.shell.close();
    await this.operator.reset();
    this.linux = await booted(this.qemu, this.setup, this.image, this.port, length);
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
    const atStart = this.setup.topology.type3s.map(({ id }) => id);
    const added = (await this.operator.plugged()).filter((id) => !atStart.includes(id));
    for (const id of added) await this.hotRemove(id);
    return this.linux.isAsRemembered();
  }

  async evidence(): Promise<Evidence[]> {
    const text = (name: string, body: string): Evidence => ({ name, mediaType: 'text/plain', body });
    const linux = await this.linux.evidence().catch((error: Error) => [{ name: 'linux.txt', body: error.message }]);
    return [
      text('qemu-command-line.txt', `${this.commandLine}\n`),
      text('qemu-stderr.txt', this.qemu.stderr),
      text('serial.log', await serialLog(this.qemu)),
      ...linux.map(({ name, body }) => text(name, body)),
    ];
  }
}

const serialLog = (qemu: Qemu): Promise<string> => readFile(join(qemu.directory, SERIAL_LOG), 'utf8').catch(() => '');

/** The Linux under test. Where firmware is to configure memory, that is the second: a first one does the work of firmware. */
async function booted(qemu: Qemu, setup: Setup, image: GuestImage, port: number, from = 0): Promise<LinuxHost> {
  let linux = await connected(qemu, image, port, from);
  if (setup.policy) {
    await configureAndRestart(linux, setup.topology, setup.policy);
    const { length } = await serialLog(qemu);
    await linux.shell.close();
    linux = await connected(qemu, image, port, length);
    await linux.keepRegions();
  }
  await linux.remember();
  return linux;
}

/** @throws GuestError with the last lines of the serial log. */
async function connected(qemu: Qemu, image: GuestImage, port: number, from = 0): Promise<LinuxHost> {
  const log = join(qemu.directory, SERIAL_LOG);
  let alive = true;
  void qemu.ended.then(() => {
    alive = false;
  });
  await awaitBoot(log, () => alive, from);
  const shell = await connectToGuest(port, join(image.directory, FILES.key)).catch(async (error: Error) => {
    throw new GuestError(`${error.message}\n${lastLines(await readFile(log, 'utf8').catch(() => ''))}`);
  });
  return LinuxHost.over(shell);
}

/** Kernel arguments for what firmware is to reserve. Where the windows are, the same machine tells, halted. */
async function reserving({ topology, reservations }: Setup, offer: QemuOffer): Promise<string[]> {
  if (reservations.length === 0) return [];
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
