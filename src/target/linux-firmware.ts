import { decodeCedt } from '../codec/acpi/cedt';
import { describe, freeDomain, structuresOf } from '../firmware/affinity';
import { performanceOf } from '../firmware/attributes';
import { capacitiesOf, e820Entry } from '../firmware/configure-cxl';
import { type Capacity, place } from '../firmware/cxl-placement';
import { buildCommand } from '../guest/architecture';
import { type GuestImage, RECIPE } from '../guest/image';
import { kexec } from '../guest/kexec';
import type { LinuxHost } from '../guest/linux-host';
import { OutOfReach } from '../ledger/verdict';
import type { FirmwarePolicy, Topology } from '../machine/topology';

/** @throws OutOfReach unless the kernel takes a memory map on its command line: `memmap=` is in arch/x86/kernel/e820.c alone. */
export function needMemmap({ architecture, kernel }: GuestImage, done: string): void {
  if (architecture === 'amd64') return;
  throw new OutOfReach(
    `no firmware here ${done}, and Linux ${kernel} is not told so in its place: it has no memmap=, which is for x86 alone`,
  );
}

/** @throws OutOfReach where this image, or this accelerator, cannot do what {@link configureAndRestart} does. */
export function refuseUnlessConfigurable(policy: FirmwarePolicy, image: GuestImage, accelerator: 'kvm' | 'tcg'): void {
  needMemmap(image, 'configures CXL memory');
  if (policy.as === 'ram' && accelerator === 'tcg')
    throw new OutOfReach('under emulation Linux does not finish its boot in RAM of which QEMU emulates each access');
  if (policy.locks)
    throw new OutOfReach('the Linux that configures CXL memory in the place of firmware locks no decoder');
  if (image.recipe < RECIPE)
    throw new OutOfReach(`guest image ${image.name} is of an older make; ${buildCommand(image.name)} makes it anew`);
}

/**
 * A real machine's firmware leaves CXL memory alone, so a first Linux configures it instead: by the firmware model's
 * choice, with regions. It then starts the Linux under test, which gets the firmware model's tables. Returns before that runs.
 */
export async function configureAndRestart(linux: LinuxHost, topology: Topology, policy: FirmwarePolicy): Promise<void> {
  const windows = decodeCedt(await linux.acpiTable('CEDT')).filter((structure) => structure.kind === 'CFMWS');
  const devices = topology.type3s
    .filter(({ serial }) => policy.devices?.includes(serial) ?? true)
    .map(({ port, ...device }) => ({ ...device, bridge: { uid: uidAbove(port, topology) } }));
  const memory = [];
  for (const { window, size, capacity, devices: set } of place(windows, devices, capacitiesOf(policy))) {
    const request = { decoder: `decoder0.${windows.indexOf(window)}`, size, devices: set.map(({ serial }) => serial) };
    const region = await linux.createRegion({ type: capacity === 'volatile' ? 'ram' : 'pmem', ...request });
    memory.push({ base: region.base, size: region.size, capacity, devices: await attributed(linux, set, capacity) });
  }
  const table = (signature: string) => linux.acpiTable(signature).catch(() => undefined);
  const given = { srat: await table('SRAT'), slit: await table('SLIT'), hmat: await table('HMAT') };
  const structures = structuresOf(given, await linux.memoryMap(), 'local APIC');
  const first = freeDomain(structures);
  const placed = memory.map((range, i) => ({ ...range, domain: first + i }));
  await kexec(linux, {
    memory: memory.map((range) => e820Entry(range, policy)),
    tables: describe(given, structures, placed),
  });
}

/** What their CDATs tell. */
async function attributed(
  linux: LinuxHost,
  devices: readonly { serial: bigint; bridge: { uid: number } }[],
  capacity: Capacity,
) {
  const memdevs = await linux.memdevs();
  return Promise.all(
    devices.map(async ({ serial, bridge: { uid } }) => {
      const name = memdevs.find((memdev) => memdev.serial === serial)?.name ?? '';
      return { uid, performance: performanceOf(await linux.cdat(name), capacity) };
    }),
  );
}

/** Of the host bridge above root port or downstream port `id`. */
function uidAbove(id: string, topology: Topology): number {
  const above = topology.switches?.find(({ downstreamPorts }) => downstreamPorts.includes(id));
  if (above) return uidAbove(above.rootPort, topology);
  return topology.hostBridges.find(({ rootPorts }) => rootPorts.includes(id))?.bus ?? -1;
}
