import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { expect } from 'expect';
import { thisProcess } from './process-identity';
import { makeScratch } from './scratch';
import { interruptedIn, makeFolderOnce, type Workshop } from './workshop';

const scratch = makeScratch();
after(() => rmSync(scratch, { recursive: true }));

const told: string[] = [];
const tell = (line: string) => told.push(line);

/** A folder in a cache of its own, and how to make it. */
function folder(name: string) {
  const cache = join(scratch, name, 'guest');
  const directory = join(cache, 'sid');
  const isMade = async () => existsSync(join(directory, 'whole'));
  const make = (use: (workshop: Workshop) => Promise<void>) => makeFolderOnce(directory, isMade, use, tell);
  return { cache, directory, make, making: join(scratch, name, 'making') };
}

test('of several at once one makes the folder, and the others wait and find it', async () => {
  const { directory, make, making } = folder('once');
  let count = 0;
  const use = async ({ made }: Workshop) => {
    await new Promise(setImmediate);
    writeFileSync(join(made, 'whole'), `${++count}`);
  };
  await Promise.all([make(use), make(use), make(use)]);
  expect(readFileSync(join(directory, 'whole'), 'utf8')).toBe('1');
  expect(readdirSync(making)).toEqual([]);
  expect(told).toContain(`process ${process.pid} makes ${directory} already: waiting for its end`);
});

test('after a failure what was downloaded is there for the next try, and gone when that has succeeded', async () => {
  const { cache, directory, make, making } = folder('failure');
  const fail = make(async ({ made, downloads }) => {
    writeFileSync(join(made, 'part'), '');
    mkdirSync(join(downloads, 'archives'), { recursive: true });
    throw new Error('no network');
  });
  await expect(fail).rejects.toThrow('no network');
  const archives = join(making, 'guest-sid/downloads/archives');
  expect([...(await interruptedIn(cache))]).toEqual([['sid', archives]]);
  expect(readdirSync(join(making, 'guest-sid'))).toEqual(['downloads']);
  await make(async ({ made, downloads }) => {
    expect(existsSync(join(downloads, 'archives'))).toBe(true);
    writeFileSync(join(made, 'whole'), '');
  });
  expect([readdirSync(directory), readdirSync(making)]).toEqual([['whole'], []]);
  expect([...(await interruptedIn(cache))]).toEqual([]);
});

test('what a process that was killed has left is cleared, and its turn is taken', async () => {
  const { directory, make, making } = folder('killed');
  mkdirSync(join(making, 'guest-sid/place/made'), { recursive: true });
  writeFileSync(join(making, 'guest-sid/place/made/part'), '');
  const killed = { ...thisProcess(), started: 'long ago' };
  writeFileSync(join(making, 'guest-sid.lock'), JSON.stringify(killed));
  await make(async ({ made }) => writeFileSync(join(made, 'whole'), ''));
  expect([readdirSync(directory), readdirSync(making)]).toEqual([['whole'], []]);
});
