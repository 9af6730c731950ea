/**
 * What befalls a guest in the middle of a scenario, on a real one: `npm test` names it where it runs a guest lane.
 * In the environment: GUEST_IMAGE and GUEST_QEMU.
 */
import { after, test } from 'node:test';
import { expect } from 'expect';
import { GuestError } from '../guest/guest-error';
import { READY } from '../guest/image-contents';
import type { Setup } from '../machine/topology';
import { openGuest } from './guest';
import type { GuestPlatform } from './guest-platform';
import type { Target } from './target';

const { GUEST_IMAGE: guest, GUEST_QEMU: qemu } = process.env;
const skip = guest && qemu ? false : 'no guest is named';

/** That of src/guest/ssh.ts, and what a busy host takes to notice; in ms. */
const NOTICED = 30_000;

const SETUP: Setup = {
  topology: {
    ram: 2n << 30n,
    processors: 2,
    windows: [{ size: 4n << 30n, targets: ['cxl.1'], granularity: 256 }],
    hostBridges: [{ id: 'cxl.1', bus: 12, rootPorts: ['rp0', 'rp1'] }],
    type3s: [],
    testDevices: [],
  },
  reservations: [],
};

type Trouble = readonly [title: string, provoke: (platform: GuestPlatform) => Promise<unknown>, lastWords: string];

const TROUBLES: readonly Trouble[] = [
  ['panics', ({ shell }) => shell.run('(sleep 1; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 &'), 'Kernel panic'],
  ['stands still', ({ qmp }) => qmp.execute('stop'), READY],
  ['loses its network', ({ qmp }) => qmp.execute('set_link', { name: 'guest-net', up: false }), READY],
  ['loses its QEMU', ({ operator }) => operator.powerOff(), READY],
];

let opened: Promise<Target> | undefined;
const target = () => {
  opened ??= openGuest({ target: 'guest', ...(guest && { guest }), ...(qemu && { qemu }) });
  return opened;
};

after(async () => (await opened)?.close());

for (const [title, provoke, lastWords] of TROUBLES) {
  test(`a guest that ${title} is told within ${NOTICED / 1000} s, with its last words, and is not used again`, {
    skip,
  }, async () => {
    const { powerOn, release, started } = await target();
    const platform = (await powerOn(SETUP)) as GuestPlatform;
    const count = started();
    await provoke(platform);
    const since = Date.now();
    const error = await untilItFails(platform);
    expect(Date.now() - since).toBeLessThan(NOTICED);
    expect(error).toBeInstanceOf(GuestError);
    expect(`${error}`).toContain(lastWords);

    await release(platform);
    const next = await powerOn(SETUP);
    expect(started()).toBe(count + 1);
    expect(await next.host.rootDecoders()).toHaveLength(1);
    await release(next);
  });
}

test('a guest that has died in its sleep is replaced', { skip }, async () => {
  const { powerOn, release, started } = await target();
  const platform = await powerOn(SETUP);
  const count = started();
  await release(platform);
  await platform.operator.powerOff();
  expect(await (await powerOn(SETUP)).host.rootDecoders()).toHaveLength(1);
  expect(started()).toBe(count + 1);
});

async function untilItFails({ host }: GuestPlatform): Promise<unknown> {
  for (;;) {
    const error = await host.resources().catch((each: Error) => each);
    if (error instanceof Error) return error;
  }
}
