import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { findQemu, probeQemu } from '../target/inventory';

const directory = mkdtempSync(join(tmpdir(), 'cxl-conformance-test-'));
after(() => rmSync(directory, { recursive: true }));

const PERSISTENT = join(__dirname, '..', 'options', 'pasted', 'docs-persistent.txt');

const check = (args: readonly string[], input = '') =>
  execa('node', [join(__dirname, 'main.js'), 'check', '--output', join(directory, 'reports'), ...args], {
    reject: false,
    input,
  });

/** Without what each line ends with. */
const linesOf = (stdout: string) =>
  stdout.split('\n').map((line) => line.slice(0, 'ANY-11  does not apply'.length).trim());

test('a machine file is checked, a line for each rule', async () => {
  const { stdout, exitCode } = await check(['--target', 'simulator', '--machine-file', PERSISTENT]);
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    'machine: q35, 4096M of RAM, 1 host bridge, 0 switches, 1 Type 3 device, 1 fixed memory window',
    'replaced by what is here: -object cxl-mem1, -object cxl-lsa1',
  ]);
  const rules = Array.from({ length: 11 }, (_, n) => `${`ANY-${n + 1}`.padEnd('ANY-11'.length)}  holds`);
  expect(linesOf(stdout)).toEqual(expect.arrayContaining(rules));
  expect(exitCode).toBe(0);
});

test('what a release is known to do wrong does not hold, as expected; the options come after --', async () => {
  const overlapping = ['--release', '7.1', '--id', 'ANY-1', '--', 'qemu-system-x86_64', '-nographic', '-m', '2G', '-M'];
  const { stdout, exitCode } = await check([
    ...overlapping,
    'q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G',
    '-device',
    'pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12',
    '-device',
    'virtio-net-pci',
  ]);
  expect(stdout).toContain('set aside: -nographic\nnot in the simulator: virtio-net-pci\n');
  expect(stdout).toMatch(
    /^ANY-1 {2}does not hold {3}Firmware.s tables .*ANY-1.1, known of this release: e820-reserves-cfmws: /m,
  );
  expect(exitCode).toBe(0);
});

/** Two host bridges, with two devices and one; none has a serial number. */
const WITHOUT_SERIALS = `qemu-system-x86_64 -M q35,cxl=on -m 2G,maxmem=8G,slots=4
  ${['a', 'b', 'c'].map((id) => `-object memory-backend-ram,id=m-${id},size=512M`).join(' ')}
  -device pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12 -device pxb-cxl,id=cxl.2,bus=pcie.0,bus_nr=40
  -device cxl-rp,id=rp0,bus=cxl.1,port=0,slot=0 -device cxl-rp,id=rp1,bus=cxl.1,port=1,slot=1
  -device cxl-rp,id=rp2,bus=cxl.2,port=0,chassis=1,slot=0
  -device cxl-type3,id=a,bus=rp0,volatile-memdev=m-a -device cxl-type3,id=b,bus=rp1,volatile-memdev=m-b
  -device cxl-type3,id=c,bus=rp2,volatile-memdev=m-c
  -M cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G,cxl-fmw.1.targets.0=cxl.1,cxl-fmw.1.targets.1=cxl.2,cxl-fmw.1.size=4G`;

test('devices without sn are told apart by where they are, and each window gets a region', async () => {
  const line = WITHOUT_SERIALS.replaceAll('\n', ' ');
  const { stdout } = await check(['--target', 'simulator', '--id', 'ANY-11'], line);
  expect(stdout).toMatch(/^ANY-11 {2}holds /m);
});

test('a text on standard input is checked as JSON; what the machine lacks does not apply', async () => {
  const { stdout, exitCode } = await check(
    ['--target', 'simulator', '--json', '--id', 'ANY-3', '--id', 'ANY-9'],
    '-M q35 -m 2G',
  );
  const { machine, rules } = JSON.parse(stdout);
  expect(machine).toEqual({ options: ['-M', 'q35', '-m', '2G'], replaced: [], setAside: [], notModelled: [] });
  expect(rules).toMatchObject([
    { id: 'ANY-3', outcome: 'holds', reasons: [] },
    {
      id: 'ANY-9',
      outcome: 'does not apply',
      reasons: [expect.stringMatching(/^ANY-9.1, the machine has no CXL/), expect.anything()],
    },
  ]);
  expect(exitCode).toBe(0);
});

const mistakes: { title: string; args: string[]; input?: string; says: RegExp }[] = [
  { title: 'no command', args: [], input: 'Dear all', says: /the text has no QEMU command/ },
  {
    title: 'a file that is not there',
    args: ['--machine-file', join(directory, 'none')],
    says: /--machine-file \S+ cannot be read: no such file/,
  },
  { title: 'two machines', args: ['--machine-file', PERSISTENT, '--', '-M', 'q35'], says: /not both/ },
  {
    title: 'a machine that is refused',
    args: ['--target', 'simulator', '--', '-M', 'q35,cxl=on', '-m', '2G,maxmem=1G'],
    says: /QEMU refuses the machine: /,
  },
  { title: 'a variable without a value', args: [], input: 'qemu -M q35 -m $RAM', says: /\$RAM has no value/ },
  { title: 'a machine of another kind', args: ['--target', 'simulator', '--', '-M', 'microvm'], says: /microvm/ },
  {
    title: 'a rule that is not among them',
    args: ['--target', 'simulator', '--id', 'E820-1', '--', '-M', 'q35'],
    says: /no scenario is selected/,
  },
];

for (const { title, args, input, says } of mistakes) {
  test(`exit status is 2 for ${title}`, async () => {
    const { exitCode, all } = await execa('node', [join(__dirname, 'main.js'), 'check', ...args], {
      reject: false,
      input: input ?? '',
      all: true,
    });
    expect(all).toMatch(says);
    expect(exitCode).toBe(2);
  });
}

test('what the QEMU does not have is named, with the release that brought it and what is the same before it', async (t) => {
  const offer = await findQemu().then(
    ({ path }) => probeQemu(path),
    (error: Error) => error,
  );
  if (offer instanceof Error) return t.skip(offer.message);
  if (offer.devices['cxl-type3']?.includes('persistent-memdev'))
    return t.skip(`QEMU ${offer.version} has persistent-memdev`);
  const { stdout, exitCode } = await check(['--qemu', offer.path, '--machine-file', PERSISTENT]);
  expect(stdout).toMatch(
    /has no property persistent-memdev of cxl-type3, which came with QEMU 8\.1; memdev is the same there$/,
  );
  expect(exitCode).toBe(2);
});
