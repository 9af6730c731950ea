import { E820_TYPE, showE820 } from '../codec/acpi/e820';
import { DecodeError } from '../codec/decode-error';
import { Acpi } from '../driver/acpi';
import { NotApplicable } from '../ledger/verdict';
import { Errno, STRERROR } from '../machine/errno';
import type { Hardware } from '../machine/hardware';
import type { Handover, Host, NumaNode, Resource } from '../machine/host';
import { NumaMap } from './numa';
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
    return (await this.#numa()).nodes(this.#ram());
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
  cdat = refuse;
  qosClasses = refuse;
  regionAccess = refuse;
  nodeAccess = refuse;
  decoders = seesNone;
  firmwareDecoders = seesNone;
  regions = async () => [];
  daxDevices = async () => [];
  settle = async () => {};
  createRegion = refuse;
  destroyRegion = refuse;
  useAsSystemRam = refuse;
  storeInRegion = refuse;
  loadFromRegion = refuse;

  #ram = () => this.handover.memoryMap.filter(({ type }) => type === E820_TYPE.RAM);

  /** It takes no notice of windows. */
  #numa = async () => new NumaMap(await this.#acpi.affinities(), [], await this.#acpi.distances());

  /** Where it puts what is stored on a node. @throws DecodeError if none of its memory is there. */
  async #memoryOf(node: number): Promise<bigint> {
    const numa = await this.#numa();
    const range = this.#ram()
      .filter(({ base }) => numa.nodeAt(base) === node)
      .at(-1);
    if (!range) throw new DecodeError(`node ${node}`, 'has no memory');
    return range.base;
  }
}

/** What takes the `cxl` command, which it has not. */
async function refuse(): Promise<never> {
  throw new Errno('EOPNOTSUPP', `cxl: ${STRERROR.EOPNOTSUPP}`);
}

async function seesNone(): Promise<never> {
  throw new NotApplicable('the operating system knows nothing of HDM decoders');
}
