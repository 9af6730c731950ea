import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { factsOf } from '../../../ledger/facts';
import { quirksOf } from '../../../ledger/quirks';
import type { Type3 } from '../../../machine/topology';
import { VirtualClock } from '../../board/clock';
import { Media } from '../../board/media';
import { Background } from '../background';
import { DynamicCapacity } from '../dynamic-capacity';
import { EventLogs } from '../event-logs';
import { Commands } from '../mailbox';
import { PoisonList } from '../poison-list';
import { Timestamp } from '../timestamp';
import { commandTable } from './table';

const M = 1n << 20n;

/** The device of the command lines in the `.hex` files. */
const DEVICE: Type3 = { id: 'dev', port: 'rp0', volatile: 0n, persistent: 256n * M, labelArea: M, serial: 1n };

function commandsOf(release: string): Commands {
  const quirks = new Set(quirksOf(release, '6.12'));
  const clock = new VirtualClock();
  const timestamp = new Timestamp(clock);
  const events = new EventLogs(quirks, timestamp);
  const facts = factsOf(release);
  const background = new Background(clock, quirks);
  const common = { background, state: { mediaDisabled: false }, atReset: [], quirks, facts };
  const own = { device: DEVICE, media: new Media(), labels: new Media(), clock, timestamp, events };
  const poison = new PoisonList(timestamp, quirks);
  const dynamicCapacity = new DynamicCapacity(DEVICE, events, quirks, facts);
  return new Commands(common, commandTable({ ...common, ...own, poison, dynamicCapacity }));
}

for (const release of ['7.2.22', '10.0.13', '11.1.3']) {
  test(`as QEMU ${release}, the simulator answers what that has answered`, () => {
    const commands = commandsOf(release);
    const lines = readFileSync(join(__dirname, `answers-${release}.hex`), 'utf8')
      .trim()
      .split('\n');
    const exchanges = lines.filter((line) => !line.startsWith('#'));
    expect(exchanges.length).toBeGreaterThan(0);
    for (const exchange of exchanges) {
      const [opcode = '', input = ''] = exchange.split(' ');
      const bytes = Buffer.from(input === '-' ? '' : input, 'hex');
      const { code, output } = commands.execute(Number.parseInt(opcode, 16), bytes);
      const hex = Buffer.from(output).toString('hex') || '-';
      expect([opcode, input, code.toString(16).padStart(2, '0'), hex].join(' ')).toBe(exchange);
    }
  });
}
