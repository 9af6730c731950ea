import { type DataTable, Given } from '@cucumber/cucumber';
import { bytes } from './support/parameter-types';
import type { CxlWorld } from './support/world';

Given('these NUMA nodes:', function (this: CxlWorld, table: DataTable) {
  for (const { RAM, processors = '' } of table.hashes()) {
    this.numa.nodes.push({ ram: bytes(RAM), processors: processors.split(', ').filter(Boolean).map(Number) });
  }
});

Given('these distances:', function (this: CxlWorld, table: DataTable) {
  for (const { from, to, distance } of table.hashes()) {
    this.numa.distances.push({ from: Number(from), to: Number(to), distance: Number(distance) });
  }
});

Given('these latencies and bandwidths:', function (this: CxlWorld, table: DataTable) {
  for (const { from, to, latency, bandwidth } of table.hashes()) {
    const values = { latency: Number(latency), bandwidth: bytes(bandwidth) };
    this.numa.localities.push({ initiator: Number(from), target: Number(to), ...values });
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
