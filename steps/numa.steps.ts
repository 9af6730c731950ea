import { type DataTable, Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { showHandle } from '../src/codec/acpi/device-handle';
import { decodeMemoryAffinities, decodeSrat, type GenericAffinity } from '../src/codec/acpi/srat';
import { overlap, showRange } from '../src/codec/range';
import { expectCount, expectNone, expectSome } from './support/assertions';
import { bytes, numbers } from './support/parameter-types';
import type { CxlWorld } from './support/world';

Given('these NUMA nodes:', function (this: CxlWorld, table: DataTable) {
  for (const { RAM, processors = '', initiator } of table.hashes()) {
    const nearest = initiator && { initiator: Number(initiator) };
    this.numa.nodes.push({ ram: bytes(RAM), processors: numbers(processors), ...nearest });
  }
});

Given('these distances:', function (this: CxlWorld, table: DataTable) {
  for (const { from, to, distance } of table.hashes()) {
    this.numa.distances.push({ from: Number(from), to: Number(to), distance: Number(distance) });
  }
});

Given('these Generic Ports:', function (this: CxlWorld, table: DataTable) {
  for (const { 'host bridge': hostBridge, node } of table.hashes()) {
    this.numa.genericPorts.push({ ...(hostBridge && { hostBridge }), ...(node && { node: Number(node) }) });
  }
});

Given('these Generic Initiators:', function (this: CxlWorld, table: DataTable) {
  for (const { device, node } of table.hashes()) {
    this.numa.genericInitiators.push({ ...(device && { device }), ...(node && { node: Number(node) }) });
  }
});

Then('the SRAT has these Generic Ports:', async function (this: CxlWorld, table: DataTable) {
  const expected = table.hashes().map(({ 'host bridge': id, node }) => {
    return { device: `ACPI0016:${this.uidOf(`${id}`)}`, domain: Number(node), enabled: true };
  });
  const found = await genericAffinities(this, 'Generic Port');
  expect({ 'Generic Ports': found }).toEqual({ 'Generic Ports': expected });
});

Then('the SRAT has these Generic Initiators:', async function (this: CxlWorld, table: DataTable) {
  const memdevs = await (await this.host()).memdevs();
  const expected = table.hashes().map(({ device: id, node }) => {
    const device = memdevs.find(({ serial }) => serial === this.serialOf(`${id}`))?.host;
    return { device, domain: Number(node), enabled: true };
  });
  const found = await genericAffinities(this, 'Generic Initiator');
  expect({ 'Generic Initiators': found }).toEqual({ 'Generic Initiators': expected });
});

Then('no memory affinity overlaps the {int} fixed memory window(s)', async function (this: CxlWorld, count: number) {
  const windows = (await this.fixedWindows()).map(({ window }) => window);
  expectCount('fixed memory windows', windows.map(showRange), count);
  const affinities = decodeMemoryAffinities(await (await this.host()).acpiTable('SRAT'));
  expectSome(
    'memory in the SRAT',
    affinities.filter(({ enabled }) => enabled),
  );
  const over = affinities.filter((affinity) => windows.some((window) => overlap(window, affinity)));
  expectNone(
    'memory affinities over the windows',
    over.map((affinity) => `${showRange(affinity)} on domain ${affinity.domain}`),
  );
});

Then('the online NUMA nodes are {numbers}', async function (this: CxlWorld, nodes: number[]) {
  expect({ nodes: (await (await this.host()).nodes()).map(({ id }) => id) }).toEqual({ nodes });
});

Then('node(s) {numbers} has/have a Generic Initiator', async function (this: CxlWorld, nodes: number[]) {
  const found = (await (await this.host()).nodes()).filter(({ genericInitiator }) => genericInitiator);
  expect({ nodes: found.map(({ id }) => id) }).toEqual({ nodes });
});

Then(
  'the distance from node {int} to node {int} is {int}',
  async function (this: CxlWorld, from: number, to: number, distance: number) {
    const nodes = await (await this.host()).nodes();
    const distances = nodes.find(({ id }) => id === from)?.distances ?? [];
    expect({ distance: distances[nodes.findIndex(({ id }) => id === to)] }).toEqual({ distance });
  },
);

/** By ascending domain: QEMU makes them in the order of a hash table. */
async function genericAffinities(world: CxlWorld, kind: GenericAffinity['kind']) {
  const srat = decodeSrat(await (await world.host()).acpiTable('SRAT'));
  return srat
    .flatMap((s) => (s.kind === kind ? [{ device: showHandle(s.handle), domain: s.domain, enabled: s.enabled }] : []))
    .sort((a, b) => a.domain - b.domain);
}
