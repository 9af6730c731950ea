import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import { makeScratch, placeForMemory, ROOM, TMPFS } from './scratch';

const PROGRAM = `
require('ts-node').register({ transpileOnly: true });
const { makeScratch } = require('./scratch.ts');
console.log(makeScratch());
setInterval(() => {}, 1000);`;

/** A process that has made a folder in `place`, and lives on. */
async function withFolder(place: string): Promise<{ process: ChildProcess; folder: string }> {
  const options = { cwd: __dirname, env: { ...process.env, TMPDIR: place, DISABLE_V8_COMPILE_CACHE: '1' } };
  const child = spawn('node', ['-e', PROGRAM], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const [path] = (await once(child.stdout, 'data')) as [Buffer];
  writeFileSync(join(`${path}`.trim(), 'file'), '');
  return { process: child, folder: `${path}`.trim().slice(place.length + 1) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  test(`the folder of a process that ${signal} ends is gone with it`, async () => {
    const place = makeScratch();
    const { process: child, folder } = await withFolder(place);
    expect(readdirSync(place)).toEqual([folder]);
    await end(child, signal);
    expect(readdirSync(place)).toEqual([]);
  });

test('the folder of a process that was ended by SIGKILL is removed by the next one, and no other', async () => {
  const place = makeScratch();
  const others = ['cxl-conformance-1-1-abcdef', 'cxl-conformance-mine', 'other'];
  for (const name of others) mkdirSync(join(place, name));
  const alive = await withFolder(place);
  const killed = await withFolder(place);
  await end(killed.process, 'SIGKILL');
  expect(readdirSync(place).sort()).toEqual([...others, alive.folder, killed.folder].sort());
  const next = await withFolder(place);
  expect(readdirSync(place).sort()).toEqual([...others, alive.folder, next.folder].sort());
  for (const { process: child } of [alive, next]) await end(child, 'SIGTERM');
  expect(readdirSync(place).sort()).toEqual([...others].sort());
  rmSync(place, { recursive: true });
});

test('memory is kept in files of a file system in memory, where there is one with room', (context) => {
  const place = placeForMemory('/dev/shm', {}, Infinity);
  if (place === tmpdir()) return context.skip('this system has no /dev/shm with room');
  expect(place).toBe('/dev/shm');
  const { bavail, bsize } = statfsSync(place);
  expect(bavail * bsize).toBeGreaterThan(2 ** 30);
});

for (const [why, memory, env, free] of [
  ['the environment names a folder', '/dev/shm', { TMPDIR: '/tmp' }, Infinity],
  ['the system is short of memory', '/dev/shm', {}, 2 ** 30],
  ['there is no such file system', '/nowhere', {}, Infinity],
  ['what is there has no room', '/proc', {}, Infinity],
] as const) {
  test(`memory is kept in the system's folder of temporary files if ${why}`, () => {
    expect(placeForMemory(memory, env, free)).toBe(tmpdir());
  });
}

test("memory is kept in the system's folder of temporary files if what is there is a disk, however much room it has", (context) => {
  const { type, bavail, bsize } = statfsSync(__dirname);
  if (type === TMPFS || bavail * bsize < ROOM) return context.skip('this folder is on no disk with room');
  expect(placeForMemory(__dirname, {}, Infinity)).toBe(tmpdir());
});
