/** Memory devices as the operating system knows them, and how processors access their memory. */
import { type DataTable, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import type { AccessOf } from './support/access';
import { expectNone } from './support/assertions';
import type { CxlWorld } from './support/world';

/** Exactly one memdev has its serial. */
Then(
  '{id} is a memdev with {bytes} of volatile and {bytes} of persistent capacity',
  async function (this: CxlWorld, id: string, volatile: bigint, persistent: bigint) {
    expect({ [id]: await this.memdev(id) }).toMatchObject({ [id]: { volatile, persistent } });
  },
);

/** None has its serial: the operating system has given the device up. */
Then('{id} is no memdev', async function (this: CxlWorld, id: string) {
  const memdevs = (await (await this.host()).memdevs()).filter(({ serial }) => serial === this.serialOf(id));
  expectNone(
    `memdevs that are ${id}`,
    memdevs.map(({ name, ...memdev }) => memdev),
  );
});

/** For its volatile and for its persistent capacity; a class says that latency and bandwidth are known from the processors on. */
Then('{id} has {qosClass}', async function (this: CxlWorld, id: string, qos: number | undefined) {
  const { name } = await this.memdev(id);
  const classes = qos === undefined ? {} : { volatile: qos, persistent: qos };
  expect({ 'QoS class': await (await this.host()).qosClasses(name) }).toEqual({ 'QoS class': classes });
});

/**
 * From processors: as the operating system computes it for a region, or shows it for a node, or as the HMAT has it between two
 * domains; `unknown` is not shown.
 */
Then('access {access} has:', async function (this: CxlWorld, accessOf: AccessOf, table: DataTable) {
  const known = Object.entries(table.hashes()[0] ?? {}).filter(([, value]) => value !== 'unknown');
  expect({ access: await accessOf(this) }).toEqual({ access: Object.fromEntries(known) });
});
