import { test } from 'node:test';
import { expect } from 'expect';
import { foundQemu } from '../testing/found-qemu';
import { lackingCommands } from './mailbox-commands';

/** Of no release before it. */
const LATER = '99.0';

test('a QEMU lacks no mailbox command of its release, and those that a later release has', async (t) => {
  const offer = await foundQemu(t);
  if (!offer) return;
  expect(await lackingCommands(offer, offer.version)).toEqual([]);
  const { version } = offer;
  if (Number(version.split('.')[0]) >= 11) return t.skip(`${version} has all that the ledger knows`);
  expect(await lackingCommands(offer, LATER)).toEqual(
    expect.arrayContaining(['Perform Maintenance', 'Get Alert Configuration']),
  );
});
