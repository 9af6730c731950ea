/** Command lines from documents, mails, scripts and logs: src/options/pasted, each with its source. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { machineUnderCheck } from './machine-under-check';
import { simulate } from './simulated';

const FOLDER = join(__dirname, '..', 'options', 'pasted');

/** Host bridges, Type 3 devices and windows of each. */
const COUNTS: Readonly<Record<string, readonly [bridges: number, type3s: number, windows: number]>> = {
  'cxl-test-tool-fm': [1, 2, 1],
  'cxl-test-tool-fm-dcd': [1, 3, 1],
  'cxl-test-tool-rp1': [1, 1, 1],
  'cxl-test-tool-sw': [1, 4, 1],
  'docs-flit': [1, 4, 1],
  'docs-persistent': [1, 1, 1],
  'docs-switch': [1, 4, 1],
  'docs-two-bridges': [2, 4, 1],
  'docs-virt': [1, 1, 1],
  'docs-volatile': [1, 1, 1],
  'docs-volatile-labels': [1, 1, 1],
  'libvirt-log': [0, 0, 0],
  'libvirt-log-cxl': [1, 1, 1],
  'mail-broken-lines': [1, 1, 1],
  'mail-hotplug': [1, 1, 1],
  'mail-quoted': [1, 1, 1],
  'mail-three-bridges': [3, 3, 3],
  'page-dynamic': [1, 1, 1],
  pastebin: [1, 1, 1],
  'run-qemu-printed': [2, 4, 2],
  'run-qemu-script': [2, 4, 2],
  'script-kvm': [1, 1, 1],
  'script-numa': [0, 0, 0],
  'script-shared-memory': [0, 0, 0],
  'script-volatile': [1, 1, 1],
};

const textOf = (name: string): string => readFileSync(join(FOLDER, `${name}.txt`), 'utf8');

test('each pasted text is one of those below', () => {
  const names = readdirSync(FOLDER).map((file) => file.replace('.txt', ''));
  expect(names.sort()).toEqual(Object.keys(COUNTS).sort());
});

for (const [name, counts] of Object.entries(COUNTS)) {
  test(`${name} is a machine that the simulator takes`, () => {
    const { topology } = machineUnderCheck(textOf(name)).setup;
    const { hostBridges, type3s, windows } = topology;
    expect([hostBridges.length, type3s.length, windows.length]).toEqual(counts);
    expect(() => simulate(topology, new Set())).not.toThrow();
  });
}

test('a machine of another kind is told', () => {
  expect(() => machineUnderCheck(['qemu-system-x86_64', '-M', 'microvm'])).toThrow(
    'machine microvm is not supported: only q35 and virt are',
  );
});

test('nothing of a pasted machine refers to a file of its host', () => {
  for (const name of Object.keys(COUNTS)) {
    expect(machineUnderCheck(textOf(name)).options.filter((option) => /[=":]\.{0,2}\//.test(option))).toEqual([]);
  }
});
