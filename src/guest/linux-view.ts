/** What a real Linux shows of itself, through its own tools, `/proc` and `/sys`. */
import type { E820Entry } from '../codec/acpi/e820';
import { DecodeError } from '../codec/decode-error';
import { Linux } from '../ledger/linux';
import { NotApplicable } from '../ledger/verdict';
import type {
  Access,
  DaxDevice,
  HdmDecoder,
  Memdev,
  NumaNode,
  PciFunction,
  QosClasses,
  Region,
  RootDecoder,
} from '../machine/host';
import { parseMemdevs, parseRegions, parseRootDecoders } from './cxl-list';
import { LIST_DECODERS, parseDecoderLines } from './decoders';
import { GuestError } from './guest-error';
import { parseIomem } from './iomem';
import { PRINT_MEMMAP, parseMemmap, toldOf } from './memmap';
import { parseAccess, parseQosClasses, printAccess, printQosClasses } from './performance';
import type { Record } from './record';
import type { Shell } from './shell';

export class LinuxView {
  /** Where the machine is others' as well: what the run makes there, and nothing else, is undone. */
  record: Record | undefined;

  /** Whether a scenario has asked for the access of a region. */
  protected askedForAccess = false;

  protected constructor(
    /** Another one takes its place when the machine has been at rest. */
    public shell: Shell,
    /** `6.12.107+deb13-amd64`. */
    readonly kernel: string,
  ) {}

  /** What a command prints. @throws GuestError if it fails. */
  async text(script: string): Promise<string> {
    const { status, stdout, stderr } = await this.shell.run(script);
    if (status !== 0) throw new GuestError(`${script.split('\n')[0]}: ${stderr.trim() || `exit status ${status}`}`);
    return stdout.toString();
  }

  async memoryMap(): Promise<E820Entry[]> {
    const entries = parseMemmap(await this.text(PRINT_MEMMAP));
    if (entries.length === 0)
      throw new NotApplicable(`Linux ${this.kernel} shows no memory map of EFI unless it is booted with efi=debug`);
    const told = toldOf(await this.text('cat /proc/cmdline'));
    return [...entries, ...told].sort((a, b) => (a.base < b.base ? -1 : 1));
  }

  async acpiTable(signature: string): Promise<Uint8Array> {
    const { status, stdout } = await this.shell.run(`cat /sys/firmware/acpi/tables/${signature}`);
    if (status !== 0) throw new DecodeError('RSDT', `lists no ${signature}`);
    return stdout;
  }

  async resources() {
    return parseIomem(await this.text('cat /proc/iomem'));
  }

  async pciFunctions(): Promise<PciFunction[]> {
    const text = await this.text(
      'cd /sys/bus/pci/devices; for d in *; do echo $d $(cat $d/class) $(head -n 6 $d/resource); done',
    );
    return lines(text).map((line) => {
      const [address = '', classCode, ...numbers] = line.split(' ');
      const bars = Array.from({ length: numbers.length / 3 }, (_, i) => numbers.slice(3 * i, 3 * i + 3).map(BigInt));
      const memory = bars.filter(([start = 0n, , flags = 0n]) => start !== 0n && (flags & IORESOURCE_MEM) !== 0n);
      const ranges = memory.map(([base = 0n, end = 0n]) => ({ base, size: end - base + 1n }));
      return { address, classCode: Number(classCode), bars: ranges };
    });
  }

  async memdevs(): Promise<Memdev[]> {
    return parseMemdevs(await this.text('cxl list -M'));
  }

  /** Of the endpoint port that the memdev has; empty if Linux did not take it. */
  async cdat(memdev: string): Promise<Uint8Array> {
    const { stdout } = await this.shell.run(`for e in /sys/bus/cxl/devices/endpoint*; do
  [ "$(basename "$(readlink $e/uport)")" = ${memdev} ] && cat $e/CDAT; done`);
    if (stdout.length === 0) throw new DecodeError(memdev, 'has no CDAT, or one whose length or checksum is wrong');
    return stdout;
  }

  async qosClasses(memdev: string): Promise<QosClasses> {
    new Linux(this.kernel).need('qosClasses', 'tell QoS classes');
    return parseQosClasses(await this.text(printQosClasses(memdev)));
  }

  async regionAccess(name: string): Promise<Access> {
    new Linux(this.kernel).need('accessCoordinates', 'tell what a region is to processors');
    this.askedForAccess = true;
    return parseAccess(await this.text(printAccess(`/sys/bus/cxl/devices/${name}/access1`)));
  }

  async nodeAccess(node: number): Promise<Access> {
    new Linux(this.kernel).need('accessOfNodes', 'tell what the node of a region is to processors');
    this.askedForAccess = true;
    return parseAccess(await this.text(printAccess(`/sys/devices/system/node/node${node}/access1/initiators`)));
  }

  async rootDecoders(): Promise<RootDecoder[]> {
    return parseRootDecoders(await this.text('cxl list -D -T'));
  }

  decoders(): Promise<HdmDecoder[]> {
    return this.decodersBut([]);
  }

  /** The committed ones that are not those of these regions. */
  async decodersBut(regions: readonly string[]): Promise<HdmDecoder[]> {
    return parseDecoderLines(await this.text(LIST_DECODERS), regions);
  }

  async regions(): Promise<Region[]> {
    const json = await this.text('cxl list -R -T');
    return parseRegions(json, await this.memdevs());
  }

  async daxDevices(): Promise<DaxDevice[]> {
    const text = await this.text(
      `cd /sys/bus/dax/devices 2>/dev/null || exit 0
for d in *; do [ -e $d ] && echo $d $(cat $d/size $d/target_node) $(basename "$(readlink $d/driver)") $(readlink -f $d); done; true`,
    );
    const nodes = await this.nodes();
    return lines(text).map((line) => {
      const [name = '', size = '0', node, driver, path = ''] = line.split(' ');
      const mode = driver === 'kmem' ? 'system-ram' : 'devdax';
      const onNode = nodes.find(({ id }) => id === Number(node))?.memory ?? 0n;
      const online = mode === 'devdax' ? 0n : onNode < BigInt(size) ? onNode : BigInt(size);
      return {
        name,
        size: BigInt(size),
        region: /\/(region\d+)\//.exec(path)?.[1] ?? '',
        mode,
        node: Number(node),
        online,
      };
    });
  }

  async nodes(): Promise<NumaNode[]> {
    const text = await this.text(
      `cd /sys/devices/system/node; cat ../memory/block_size_bytes; echo ,$(cat has_generic_initiator)
for n in node*; do echo $n $(cat $n/memory*/state 2>/dev/null | grep -c '^online') $(cat $n/distance); done`,
    );
    const [block = '0', initiators = '', ...nodes] = lines(text);
    const byNumber = nodes.map((line) => {
      const [name = '', count = '0', ...distances] = line.split(' ');
      const id = Number(name.slice('node'.length));
      const genericInitiator = listed(initiators.slice(1)).includes(id);
      const memory = BigInt(count) * BigInt(`0x${block}`);
      return { id, memory, genericInitiator, distances: distances.map(Number) };
    });
    return byNumber.sort((a, b) => a.id - b.id);
  }

  async log(): Promise<string[]> {
    return lines(await this.text('dmesg'));
  }
}

/** Linux include/linux/ioport.h. */
const IORESOURCE_MEM = 0x200n;

/** The numbers of a list such as `0,2-4`. Linux lib/bitmap-str.c: bitmap_parselist(). */
const listed = (text: string): number[] =>
  text.split(',').flatMap((range) => {
    const [first = '', last = first] = range.split('-');
    return first === '' ? [] : Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i);
  });

const lines = (text: string): string[] => text.split('\n').filter(Boolean);
