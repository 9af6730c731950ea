/** Which mailbox commands a QEMU lacks that its release has: by the Command Effects Logs of a device and of a switch. */
import { commandNamed } from '../codec/cxl/mailbox/command';
import type { QemuOffer } from '../ledger/offer';
import { opcodesOf } from '../ledger/opcodes';
import type { Topology } from '../machine/topology';
import { QtestMachine } from '../qemu/qtest-machine';
import { ModelledPlatform } from './modelled-platform';

const MIB = 1n << 20n;
const BUS = 12;

function machine({ devices }: QemuOffer): Topology {
  const hasDynamic = devices['cxl-type3']?.includes('num-dc-regions');
  const dynamic = hasDynamic && { dynamic: { regions: 1, capacity: 256n * MIB } };
  return {
    ram: 1024n * MIB,
    processors: 1,
    testDevices: [],
    hostBridges: [{ id: 'cxl.1', bus: BUS, rootPorts: ['rp0', 'rp1'] }],
    windows: [{ size: 4096n * MIB, targets: ['cxl.1'], granularity: 256 }],
    type3s: [{ id: 'dev', port: 'rp0', volatile: 0n, persistent: 256n * MIB, labelArea: MIB, serial: 1n, ...dynamic }],
    ...(devices['cxl-switch-mailbox-cci'] && {
      switches: [{ id: 'us0', rootPort: 'rp1', downstreamPorts: ['ds0'], mailbox: 'cci0' }],
    }),
  };
}

/** Their names; those of a switch say so. @throws QemuError, Refusal, DecodeError if such a QEMU cannot be asked */
export async function lackingCommands(offer: QemuOffer, release: string): Promise<string[]> {
  const topology = machine(offer);
  const qemu = await QtestMachine.start(topology, offer);
  const platform = await ModelledPlatform.boot(qemu, { setup: { reservations: [] } });
  try {
    const ofDevice = await (await platform.memoryDevice(1n)).commandEffects();
    const lacking = opcodesOf(release)
      .filter((opcode) => !ofDevice.has(opcode))
      .map(commandNamed);
    if (!topology.switches) return lacking;
    const ofSwitch = await (await platform.mailboxAt({ hostBridge: BUS, way: [1, 0], fn: 1 })).commandEffects();
    const missing = opcodesOf(release, 'switch').filter((opcode) => !ofSwitch.has(opcode));
    return [...lacking, ...missing.map((opcode) => `${commandNamed(opcode)} of switches`)];
  } finally {
    await qemu.powerOff();
  }
}
