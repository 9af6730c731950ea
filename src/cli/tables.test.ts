import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { execa } from 'execa';
import { expect } from 'expect';
import { sum } from '../codec/acpi/table';
import { makeScratch } from '../system/scratch';

const directory = makeScratch();
after(() => rmSync(directory, { recursive: true }));

const run = (...args: string[]) => execa('node', [join(__dirname, 'main.js'), ...args], { reject: false });

const MACHINE = [
  '-M',
  'q35,cxl=on,cxl-fmw.0.targets.0=cxl.1,cxl-fmw.0.size=4G',
  '-m',
  '2G,maxmem=4G,slots=2',
  '-device',
  'pxb-cxl,id=cxl.1,bus=pcie.0,bus_nr=12',
  '-device',
  'cxl-rp,id=rp0,bus=cxl.1',
];

test('what tables writes is sound, and judge has nothing against it', async () => {
  const out = join(directory, 'tables');
  const { stdout } = await run('tables', '--release', '10.0', '--output', out, '--', ...MACHINE);
  expect(stdout.split('\n')).toEqual([
    'memory map',
    '  RESERVED 0xfd00000000-0x10000000000',
    '  RAM 0x0-0x80000000',
    'CEDT',
    '  CHBS of 12: 0x200000000-0x200010000',
    '  CFMWS 0x210000000-0x310000000 to 12; device coherent, host-only coherent, volatile, persistent; QTG 0',
    'SRAT',
    '  local APIC 0 on domain 0',
    '  memory 0x0-0xa0000 on domain 0',
    '  memory 0x100000-0x80000000 on domain 0',
    '  memory 0x0-0x0 disabled',
    '  memory 0x100000000-0x200000000 on domain 0, hot-pluggable',
  ]);
  const tables = readdirSync(out).filter((name) => name.endsWith('.aml'));
  expect(tables).toEqual(expect.arrayContaining(['CEDT.aml', 'DSDT.aml', 'FACP.aml', 'RSDT.aml', 'SRAT.aml']));
  expect(tables.map((name) => [name, sum(readFileSync(join(out, name)))])).toEqual(tables.map((name) => [name, 0]));
  expect(await run('judge', '--tables', out)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^nothing found in the memory map/),
  });
});

test('of virt the memory map is no E820, and its file is not called so', async () => {
  const out = join(directory, 'virt');
  await run('tables', '--output', out, '--', ...MACHINE.map((word) => word.replace('q35', 'virt')), '-cpu', 'max');
  expect(readdirSync(out).filter((name) => name.endsWith('.bin'))).toEqual(['memory-map.bin']);
  writeFileSync(join(out, 'memory-map.bin'), '');
  expect(await run('judge', '--tables', out)).toMatchObject({
    exitCode: 1,
    stdout: 'e820-without-ram: memory map has no entry of RAM',
  });
});

const mistakes: { args: string[]; says: RegExp }[] = [
  { args: [], says: /needs QEMU options after --/ },
  { args: ['--release', '6.0', '--', ...MACHINE], says: /no QEMU release 6\.0/ },
  { args: ['--target', 'qtest', '--release', '7.2', '--', ...MACHINE], says: /--release is for the simulator/ },
  { args: ['--', '-M', 'q35,cxl=on', '-device', 'flux-capacitor'], says: /flux-capacitor/ },
  { args: ['--output', join(directory, 'none', 'there'), '--', ...MACHINE], says: /--output: ENOENT/ },
];
for (const { args, says } of mistakes) {
  test(`tables ${args.slice(0, 4).join(' ').replace(directory, 'DIR')} is told in a sentence what is wrong`, async () => {
    const { exitCode, stderr } = await run('tables', ...args);
    expect({ exitCode, lines: stderr.trim().split('\n').length }).toEqual({ exitCode: 2, lines: 1 });
    expect(stderr).toMatch(says);
  });
}
