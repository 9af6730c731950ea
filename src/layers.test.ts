import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';

const BACKENDS = ['src/device', 'src/firmware', 'src/os', 'src/qemu', 'src/guest'];
const GROUND = ['src/codec', 'src/machine', 'src/ledger'];

/** Which layers a layer may import from, besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/codec': [],
  'src/machine': ['src/codec', 'src/ledger'], // a topology has what the rows of devices have
  'src/ledger': ['src/codec'],
  'src/system': [],
  'src/driver': GROUND,
  'src/options': GROUND, // QEMU's options, read: for the simulated machine and for a real QEMU alike
  'src/judge': ['src/codec', 'src/machine'],
  'src/named-registers': ['src/codec', 'src/machine'],
  ...Object.fromEntries(BACKENDS.map((layer) => [layer, GROUND])),
  'src/device': [...GROUND, 'src/options'],
  'src/refusals': [...GROUND, 'src/options', 'src/device'], // which command lines QEMU refuses, and in which words
  'src/firmware': [...GROUND, 'src/driver'],
  'src/os': [...GROUND, 'src/driver'],
  'src/qemu': [...GROUND, 'src/options', 'src/system'],
  'src/guest': [...GROUND, 'src/system'],
  'src/lab': ['src/qemu', 'src/guest', 'src/system'],
  'src/target': [
    ...GROUND,
    ...BACKENDS,
    'src/options',
    'src/refusals',
    'src/driver',
    'src/named-registers',
    'src/judge',
    'src/system',
  ],
  'src/differential': [...GROUND, 'src/driver', 'src/named-registers', 'src/target'], // drives two machines at a time, whichever target/ made them
  'src/reproduce': [...GROUND, 'src/named-registers', 'src/target'], // a failure as a shell script
  'src/fuzz': [...GROUND, 'src/driver', 'src/target', 'src/differential', 'src/reproduce'], // random actions on two machines
  'src/coverage': [], // what a QEMU has run of its own code
  'src/series': ['src/system'], // patches: mailbox, work tree, build
  'src/report': [...GROUND, 'src/system', 'package.json'],
  'src/spec': ['src/ledger', 'src/report'], // the specification as pages
  'src/nightly': ['src/ledger', 'src/report', 'src/system'],
  'src/cli': [
    ...GROUND,
    'src/named-registers',
    'src/judge',
    'src/lab',
    'src/coverage',
    'src/target',
    'src/differential',
    'src/reproduce',
    'src/fuzz',
    'src/report',
    'src/series',
    'src/nightly',
    'src/spec',
    'src/system',
    'package.json',
  ],
  'src/testing': [...GROUND, 'src/named-registers', 'src/judge', 'src/qemu', 'src/target'], // what tests of several parts share
  steps: [...GROUND, 'src/named-registers', 'src/judge', 'src/options', 'src/target', 'src/report', 'src/system'],
};

/** The rooms of the simulated machine, the lowest first. What a machine is made of stands above them. */
const ROOMS = ['board', 'decoders', 'pci', 'mailbox', 'type3', 'fabric', 'platform', 'qmp'].map(
  (room) => `src/device/${room}`,
);

const root = join(__dirname, '..');
const layerOf = (path: string) => Object.keys(MAY_IMPORT).find((layer) => path.startsWith(`${layer}/`)) ?? path;
const sources = ['src', 'steps']
  .flatMap((top) => readdirSync(join(root, top), { recursive: true }).map((path) => join(top, `${path}`)))
  .filter((path) => /\.[jt]s$/.test(path) && path !== 'src/layers.test.ts');

const importsOf = (paths: readonly string[]) =>
  paths.flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/(?:from|import\(|require\() ?'(\.[^']+)'/g)].map(
      ([, target]) => join(dirname(path), `${target}`),
    ),
  );

for (const path of sources) {
  test(`${path} imports only from layers below its own`, () => {
    const layers = importsOf([path]).map(layerOf);
    const layer = layerOf(path);
    expect(MAY_IMPORT).toHaveProperty([layer]);
    const others = path.endsWith('.test.ts') ? layers.filter((other) => other !== 'src/testing') : layers;
    expect(others.filter((other) => other !== layer && !MAY_IMPORT[layer]?.includes(other))).toEqual([]);
  });
}

for (const [level, room] of ROOMS.entries()) {
  test(`${room} imports no room above it, nor what machines are made of`, () => {
    const above = importsOf(sources.filter((path) => path.startsWith(`${room}/`))).filter(
      (path) =>
        path.startsWith('src/device/') && !ROOMS.slice(0, level + 1).some((lower) => path.startsWith(`${lower}/`)),
    );
    expect(above).toEqual([]);
  });
}

test('no file imports itself by way of others', () => {
  const imports = new Map(
    sources.map((path) => [path, importsOf([path]).map((other) => `${other.replace(/\.[jt]s$/, '')}.ts`)]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' -> '));
    if (way.includes(path) || done.has(path)) return;
    for (const other of imports.get(path) ?? []) visit(other, [...way, path]);
    done.add(path);
  };
  for (const path of sources) visit(path, []);
  expect(circles).toEqual([]);
});
