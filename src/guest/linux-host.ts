import { setTimeout as sleep } from 'node:timers/promises';
import { Linux } from '../ledger/linux';
import type { HdmDecoder, Host, Region, RegionRequest } from '../machine/host';
import { GuestError } from './guest-error';
import { LinuxView } from './linux-view';
import {
  createRegion,
  destroyRegion,
  loadFromNode,
  loadFromRegion,
  online,
  storeInRegion,
  storeOnNode,
  undoRegions,
  useAsSystemRam,
} from './region';
import type { CommandResult, Shell } from './shell';
import { areAtRest, PRINT_BRIDGES } from './slots';

/** Of a tenth of a second each. */
const PROBE_POLLS = 50;

/** How long a slot may be busy, in ms: Linux waits a second for the link alone, drivers/pci/pci.c: pcie_wait_for_link_delay(). */
const SLOT_LIMIT = 10_000;
const SLOT_POLL = 200;

/** A real Linux, with what is done to it. */
export class LinuxHost extends LinuxView implements Host {
  #atStart: string | undefined;
  #firmwareDecoders: readonly HdmDecoder[] = [];
  #ofFirmware: readonly string[] = [];

  /** @throws GuestError if the machine lacks the `cxl` command, or what it shows is not for this user. */
  static async over(shell: Shell): Promise<LinuxHost> {
    const { stdout } = await shell.run('uname -sr; command -v cxl; id -u');
    const [system = '', tool = '', user] = stdout.toString().trim().split('\n');
    if (!system.startsWith('Linux ')) throw new GuestError(`the machine runs ${system}, and not Linux`);
    if (user !== '0')
      throw new GuestError(tool ? 'the user is not root' : 'the machine has no cxl command: apt-get install cxl');
    const host = new LinuxHost(shell, system.slice('Linux '.length));
    await host.#probed();
    host.#firmwareDecoders = await host.decoders();
    return host;
  }

  async settle(): Promise<void> {
    for (const deadline = Date.now() + SLOT_LIMIT; Date.now() < deadline; await sleep(SLOT_POLL)) {
      if (areAtRest(await this.text(PRINT_BRIDGES))) break;
    }
    await this.#probed();
  }

  /** Memory devices are probed at Linux' leisure: waits until each has its endpoint, both with drivers, or is not going to. */
  async #probed(): Promise<void> {
    await this.shell.run(`devices=$(cat /sys/bus/pci/devices/*/class | grep -c 0x050210)
for i in $(seq ${PROBE_POLLS}); do
  set -- $(for kind in endpoint mem; do ls -d /sys/bus/cxl/devices/$kind*/driver 2>/dev/null | wc -l; done)
  [ $1 = $devices ] && [ $2 = $devices ] && break; sleep 0.1
done`);
  }

  async firmwareDecoders(): Promise<readonly HdmDecoder[]> {
    return this.#firmwareDecoders;
  }

  createRegion(request: RegionRequest): Promise<Region> {
    return createRegion(this, request);
  }

  destroyRegion(name: string): Promise<void> {
    return destroyRegion(this, name);
  }

  useAsSystemRam(name: string): Promise<void> {
    return useAsSystemRam(this, name);
  }

  storeInRegion(name: string, bytes: Uint8Array): Promise<void> {
    return storeInRegion(this, name, bytes);
  }

  loadFromRegion(name: string, length: number): Promise<Uint8Array> {
    return loadFromRegion(this, name, length);
  }

  storeOnNode(node: number, bytes: Uint8Array): Promise<void> {
    return storeOnNode(this, node, bytes);
  }

  loadFromNode(node: number, length: number): Promise<Uint8Array> {
    return loadFromNode(this, node, length);
  }

  /** Waits until the memory is online of the regions that firmware has configured, which stay as long as the machine runs. */
  async keepRegions(): Promise<void> {
    const regions = await this.regions();
    for (const region of regions) if (region.type === 'ram') await online(this, region);
    this.#ofFirmware = regions.map(({ name }) => name);
  }

  /** Remembers how the machine is now, for {@link undo} and {@link isAsRemembered}. */
  async remember(): Promise<void> {
    this.#atStart = await this.#state();
  }

  /** Takes back what scenarios have done to regions. */
  undo(): Promise<void> {
    return undoRegions(this, this.#ofFirmware);
  }

  /** Whether the machine is as it was when it was remembered: what it would say of another region counts as well. */
  async isAsRemembered(): Promise<boolean> {
    if (this.askedForAccess && new Linux(this.kernel).has('accessOfFirstRegionsAlone')) return false;
    return (await this.#state()) === this.#atStart;
  }

  /** What `cxl` and the kernel say when something went wrong. */
  async evidence(): Promise<{ name: string; body: string }[]> {
    const looks = ['cxl list -vvHI', 'dmesg']; // -vvv would mount tracefs, to read poison
    const [list, log] = await Promise.all(looks.map((script) => this.shell.run(script)));
    const text = (result: CommandResult | undefined) => `${result?.stdout}${result?.stderr}`;
    return [
      { name: 'cxl-list.json', body: text(list) },
      { name: 'dmesg.txt', body: text(log) },
    ];
  }

  /** What scenarios leave traces in: the windows' resources, online memory, and which devices there are. */
  async #state(): Promise<string> {
    const [roots, nodes, memdevs] = await Promise.all([this.resources(), this.nodes(), this.memdevs()]);
    const windows = roots.filter(({ name }) => /^(CXL Window|Reserved)/.test(name));
    return JSON.stringify([windows, nodes, memdevs], (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  }
}
