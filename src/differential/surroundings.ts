/** What else a random machine has: processors in groups, PCI Express ports beside CXL, and functions that want addresses. */
import fc from 'fast-check';
import type { Topology } from '../machine/topology';
import type { Traits } from '../target/real-and-modelled';

const MIB = 1n << 20n;

/** In MiB. */
const BARS = [1, 4, 512];

interface Surroundings {
  readonly processors: number;
  /** In groups, if that is drawn, of which some are not there yet. */
  readonly smp:
    | {
        readonly sockets: number;
        readonly dies: number;
        readonly cores: number;
        readonly threads: number;
        readonly absent: number;
      }
    | undefined;
  readonly pciePorts: number;
  /** Each is behind one of the ports, or on the root bus; by position. */
  readonly testDevices: readonly { readonly bar: bigint; readonly behind: number }[];
}

const upTo = (max: number) => fc.integer({ min: 1, max });

export const anySurroundings = (traits: Traits): fc.Arbitrary<Surroundings> =>
  fc.record({
    processors: upTo(4),
    smp: fc.option(
      fc.record({ sockets: upTo(3), dies: upTo(2), cores: upTo(3), threads: upTo(2), absent: fc.nat({ max: 3 }) }),
      { nil: undefined },
    ),
    pciePorts: fc.constantFrom(0, 0, 1, 2),
    testDevices: fc.array(
      fc.record({ bar: fc.constantFrom(...BARS).map((size) => BigInt(size) * MIB), behind: fc.nat({ max: 5 }) }),
      { maxLength: traits.has('pci-testdev.membar') ? 2 : 0 },
    ),
  });

/** A slot of a port has room for one. */
export function surroundedBy(drawn: Surroundings): Pick<Topology, 'processors' | 'smp' | 'pciePorts' | 'testDevices'> {
  const ports = Array.from({ length: drawn.pciePorts }, (_, n) => ({ id: `port${n}` }));
  const free = ports.map(({ id }) => id);
  const testDevices = drawn.testDevices.map(({ bar, behind }, i) => {
    const [port] = behind < free.length ? free.splice(behind, 1) : [];
    return { id: `test${i}`, bar, ...(port !== undefined && { port }) };
  });
  return { ...processorsOf(drawn), ...(ports.length > 0 && { pciePorts: ports }), testDevices };
}

function processorsOf({ processors, smp }: Surroundings): Pick<Topology, 'processors' | 'smp'> {
  if (!smp) return { processors };
  const { absent, ...groups } = smp;
  const maxProcessors = groups.sockets * groups.dies * groups.cores * groups.threads;
  return { processors: Math.max(1, maxProcessors - absent), smp: { maxProcessors, ...groups } };
}
