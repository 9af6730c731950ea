import { E820_TYPE, showE820 } from '../codec/acpi/e820';
import { DecodeError } from '../codec/decode-error';
import { contains } from '../codec/range';
import { Errno, STRERROR } from '../machine/errno';
import type { Hardware } from '../machine/hardware';
import type { Handover, Host, NumaNode, Resource } from '../machine/host';
import { Acpi } from './acpi';
import { memoryResources } from './resources';

/** An operating system that knows nothing of CXL: its memory is the RAM of E820, on the domains of the SRAT. */
export class UnawareModel implements Host {
  readonly #acpi: Acpi;

  constructor(
    private readonly hardware: Hardware,
    private readonly handover: Handover,
  ) {
    this.#acpi = new Acpi(hardware, handover.rsdp);
  }

  memoryMap = async () => this.handover.memoryMap;
  acpiTable = (signature: string) => this.#acpi.table(signature);
  resources = async (): Promise<readonly Resource[]> => memoryResources(this.handover.memoryMap).children;
  log = async () => this.handover.memoryMap.map((entry) => `BIOS-e820: ${showE820(entry)}`);

  async nodes(): Promise<NumaNode[]> {
    const memory = new Map<number, bigint>();
    for (const { node, size } of await this.#ram()) memory.set(node, (memory.get(node) ?? 0n) + size);
    return [...memory].map(([id, size]) => ({ id, memory: size })).sort((a, b) => a.id - b.id);
  }

  async storeOnNode(node: number, bytes: Uint8Array): Promise<void> {
    await this.hardware.writeBlock(await this.#memoryOf(node), bytes);
  }

  async loadFromNode(node: number, length: number): Promise<Uint8Array> {
    return this.hardware.readBlock(await this.#memoryOf(node), length);
  }

  pciFunctions = async () => [];
  memdevs = async () => [];
  rootDecoders = async () => [];
  regions = async () => [];
  daxDevices = async () => [];
  createRegion = refuse;
  destroyRegion = refuse;
  storeInRegion = refuse;
  loadFromRegion = refuse;

  async #ram() {
    const affinities = (await this.#acpi.memoryAffinities()) ?? [];
    const ram = this.handover.memoryMap.filter(({ type }) => type === E820_TYPE.RAM);
    const nodeOf = (address: bigint) => affinities.find((memory) => contains(memory, address))?.domain ?? 0;
    return ram.map(({ base, size }) => ({ base, size, node: nodeOf(base) }));
  }

  /** Where it puts what is stored on a node. @throws DecodeError if none of its memory is there. */
  async #memoryOf(node: number): Promise<bigint> {
    const range = (await this.#ram()).filter((each) => each.node === node).at(-1);
    if (!range) throw new DecodeError(`node ${node}`, 'has no memory');
    return range.base;
  }
}

/** What takes the `cxl` command, which it has not. */
async function refuse(): Promise<never> {
  throw new Errno('EOPNOTSUPP', `cxl: ${STRERROR.EOPNOTSUPP}`);
}
