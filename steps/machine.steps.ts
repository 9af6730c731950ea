/** What the machine is made of, whether QEMU takes it, and resets. */
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { expect } from 'expect';
import type { PlatformName } from '../src/ledger/platforms';
import { found } from './support/found';
import { MACHINES, SLOTS } from './support/machines';
import type { Part } from './support/parts';
import type { CxlWorld } from './support/world';

/** One that several features share, of those below; further steps add to it. */
Given('the machine {string}', function (this: CxlWorld, name: string) {
  this.share(found(MACHINES[name], `shared machine ${name}`, Object.keys(MACHINES)));
});

/** QEMU's `-m`; with maxmem above the RAM there are 4 slots for more, and an SRAT. */
Given('a machine with {bytes} of RAM, maxmem {bytes}', function (this: CxlWorld, ram: bigint, maxRam: bigint) {
  this.ram = ram;
  if (maxRam > ram) this.hotplug = { maxRam, slots: SLOTS };
});

/** QEMU's `-machine`; the target's own unless a scenario is about one of them. */
Given('the machine is {platform}', function (this: CxlWorld, machineType: PlatformName) {
  this.machineType = machineType;
});

/** A machine that runs already is taken as it is, if it has fixed memory windows; the steps count nothing then. */
Given('any other machine will do', function (this: CxlWorld) {
  this.anyMachine = true;
});

/**
 * A row each, in order: `pxb-cxl` (`bus` is `bus_nr` and the ACPI _UID), `cxl-upstream` and `cxl-downstream`, `cxl-fmw.N`,
 * `cxl-type3` (a capacity of 0 is absent), `pci-testdev,membar=`, `-numa node`, `dist`, `hmat-lb` (in ns and bytes per
 * second) and `hmat-cache`, `acpi-generic-port`, `acpi-generic-initiator`; RESERVED entries of E820.
 */
Given('these {parts}:', function (this: CxlWorld, part: Part, table: DataTable) {
  for (const row of table.hashes()) part(this, row);
});

/** And booted again; firmware and operating system start anew. */
When('the machine is/was reset', async function (this: CxlWorld) {
  await (await this.platform()).reboot();
});

/** `accepted`: QEMU starts; `refused`: it exits with an error, and not by a signal; `refused: ...`: it prints just that, after its own name and the option. */
Then('the machine is {outcome}', async function (this: CxlWorld, outcome: string) {
  const complaint = await this.complaint();
  const [, words] = /^refused: (.*)$/.exec(outcome) ?? [];
  if (words !== undefined) return expect({ QEMU: complaint ?? 'it starts' }).toEqual({ QEMU: words });
  const refused = complaint !== undefined && !/^it crashes/.test(complaint);
  const found = refused && outcome === 'refused' ? 'refused' : (complaint ?? 'accepted');
  return expect({ 'the machine': found }).toEqual({ 'the machine': outcome });
});
