import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expect } from 'expect';
import { makeScratch } from '../system/scratch';
import { foundQemu } from '../testing/found-qemu';
import { findQemu, probeQemu } from './probe';
import { QemuError } from './qemu-error';

const directory = makeScratch();
after(() => rmSync(directory, { recursive: true }));

function program(name: string, text: string, mode = 0o755): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

/** A program that answers on QMP as a QEMU of that architecture which has those devices. */
const otherQemu = (name: string, arch: string, devices: readonly string[], machines: readonly object[] = []) =>
  program(
    name,
    `#!${process.execPath}
const { Socket } = require('node:net');
const socket = new Socket({ fd: 3 });
const returns = {
  'qmp_capabilities': {},
  'query-version': { qemu: { major: 9, minor: 2, micro: 0 }, package: '' },
  'query-target': { arch: '${arch}' },
  'query-commands': [],
  'query-machines': ${JSON.stringify(machines)},
  'query-qmp-schema': [
    { 'meta-type': 'command', name: 'cxl-inject-poison', 'arg-type': '7' },
    { 'meta-type': 'command', name: 'stop', 'arg-type': '8' },
    { 'meta-type': 'object', name: '7', members: [{ name: 'start' }, { name: 'hint', default: null }] },
  ],
};
require('node:readline').createInterface({ input: socket }).on('line', (line) => {
  const { execute, id, arguments: { typename } } = JSON.parse(line);
  const value = typename ? (${JSON.stringify(devices)}.includes(typename) ? [] : undefined) : returns[execute];
  socket.write(JSON.stringify({ id, ...(value ? { return: value } : { error: { class: 'DeviceNotFound', desc: '' } }) }) + '\\n');
});
`,
  );

const ADVICE = 'name a qemu-system-x86_64 of QEMU 7.1, or a qemu-system-aarch64 of QEMU 10.1 or later';
const CXL = ['pxb-cxl', 'cxl-rp', 'cxl-type3'];

const unusable: { title: string; path: string; says: string }[] = [
  { title: 'a path that does not exist', path: '/no/such/qemu', says: 'does not exist' },
  { title: 'a directory', path: directory, says: 'is not a file' },
  {
    title: 'a file that is not executable',
    path: program('data', '', 0o644),
    says: 'is not executable',
  },
  {
    title: 'a program that ends at once',
    path: program('ends', '#!/bin/sh\nexit 0\n'),
    says: 'is not a QEMU that runs here (it ended with exit status 0)',
  },
  {
    title: 'a program that complains',
    path: program('complains', '#!/bin/sh\necho "unknown option $1" >&2\nexit 2\n'),
    says: 'is not a QEMU that runs here (unknown option -machine)',
  },
  {
    title: 'a program that says nothing',
    path: program('hangs', '#!/bin/sh\nsleep 600\n'),
    says: 'is not a QEMU that runs here (it did not answer on QMP within 0.5 s)',
  },
  {
    title: 'a program that babbles',
    path: program('babbles', '#!/bin/sh\nwhile echo nonsense >&3; do :; done\n'),
    says: 'is not a QEMU that runs here (it did not answer on QMP within 0.5 s)',
  },
];

for (const { title, path, says } of unusable) {
  test(`${title} is no QEMU, and the error says so in a sentence`, async () => {
    await expect(probeQemu(path, 500)).rejects.toThrow(new QemuError(`${path} ${says}; ${ADVICE}`));
  });
}

test('a QEMU for another architecture is not usable', async () => {
  const path = otherQemu('riscv64', 'riscv64', CXL);
  await expect(probeQemu(path)).rejects.toThrow(`${path} is QEMU 9.2.0 for riscv64, on which it has no CXL; ${ADVICE}`);
});

test('a QEMU whose machine has no CXL is not usable, though it has the devices', async () => {
  const path = otherQemu('aarch64', 'aarch64', [...CXL, 'virt-9.2-machine'], [{ name: 'virt-9.2', alias: 'virt' }]);
  const says = `${path} is QEMU 9.2.0 for aarch64, whose machine virt has no CXL; ${ADVICE}`;
  await expect(probeQemu(path)).rejects.toThrow(says);
});

test('a QEMU without CXL is not usable, and the error says what it lacks', async () => {
  const path = otherQemu('no-cxl', 'x86_64', ['cxl-rp', 'pci-testdev']);
  const says = `${path} is QEMU 9.2.0 without CXL: it has no pxb-cxl, no cxl-type3; ${ADVICE}`;
  await expect(probeQemu(path)).rejects.toThrow(says);
});

test('a QEMU with CXL tells its version and its devices’ properties', async () => {
  const path = otherQemu('cxl', 'x86_64', [...CXL, 'acpi-generic-port']);
  expect(await probeQemu(path)).toEqual({
    path,
    version: '9.2.0',
    platform: 'q35',
    package: '',
    objects: ['acpi-generic-port'],
    commands: [],
    devices: { 'pxb-cxl': [], 'cxl-rp': [], 'cxl-type3': [] },
    cxlCommands: {
      'cxl-inject-poison': [
        { name: 'start', mandatory: true },
        { name: 'hint', mandatory: false },
      ],
    },
  });
});

test('a real QEMU tells what it has', async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  expect(offer.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(offer.devices['cxl-type3']).toEqual(expect.arrayContaining(['memdev', 'lsa']));
  expect(offer.devices['pci-testdev']).toContain('membar');
  expect(offer.commands).toContain('system_reset');
});

const qemu = program('qemu-system-x86_64', '#!/bin/sh\n');
const other = program('other', '#!/bin/sh\n');

const searches: { title: string; explicit?: string; env: NodeJS.ProcessEnv; path: string; from: string }[] = [
  {
    title: 'given wins over the environment',
    explicit: other,
    env: { QEMU_TEST_QEMU_BINARY: qemu },
    path: other,
    from: 'given',
  },
  {
    title: 'of QEMU_TEST_QEMU_BINARY wins over that of QTEST_QEMU_BINARY',
    env: { QEMU_TEST_QEMU_BINARY: other, QTEST_QEMU_BINARY: qemu },
    path: other,
    from: 'QEMU_TEST_QEMU_BINARY',
  },
  {
    title: 'of QTEST_QEMU_BINARY wins over PATH',
    env: { QEMU_TEST_QEMU_BINARY: '', QTEST_QEMU_BINARY: other, PATH: directory },
    path: other,
    from: 'QTEST_QEMU_BINARY',
  },
  { title: 'on PATH is the last resort', env: { PATH: `/no/such:${directory}` }, path: qemu, from: 'PATH' },
  {
    title: 'named without a slash is looked for on PATH',
    explicit: 'other',
    env: { PATH: directory },
    path: other,
    from: 'given',
  },
];

for (const { title, explicit, env, path, from } of searches) {
  test(`the QEMU ${title}`, async () => {
    expect(await findQemu(explicit, env)).toEqual({ path, from });
  });
}

test('where there is no QEMU, the error says what to do', async () => {
  const says = `there is no qemu-system-x86_64 on PATH; install QEMU, or ${ADVICE}`;
  await expect(findQemu(undefined, { PATH: '/no/such' })).rejects.toThrow(new QemuError(says));
});

test('a QEMU that the environment names and that is not there is not passed over', async () => {
  const env = { QTEST_QEMU_BINARY: '/no/such', PATH: directory };
  const says = `QTEST_QEMU_BINARY: /no/such does not exist; ${ADVICE}`;
  await expect(findQemu(undefined, env)).rejects.toThrow(new RangeError(says));
});
