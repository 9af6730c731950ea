import { Given, Then } from '@cucumber/cucumber';
import { expect } from 'expect';
import { joinE820, showE820 } from '../src/codec/acpi/e820';
import { decodeMemoryAffinities, type MemoryAffinity } from '../src/codec/acpi/srat';
import { hex, overlap, type Range, showRange } from '../src/codec/range';
import type { FirmwarePolicy } from '../src/machine/topology';
import { found } from './support/found';
import type { CxlWorld } from './support/world';

type As = FirmwarePolicy['as'];

Given('firmware configures all volatile memory as {kind}', function (this: CxlWorld, as: As) {
  this.policy = { as };
});

Given('firmware configures the volatile memory of {ids} as {kind}', function (this: CxlWorld, ids: string[], as: As) {
  this.policy = { as, devices: ids.map((id) => this.serialOf(id)) };
});

Given('firmware configures all memory of {ids}', function (this: CxlWorld, ids: string[]) {
  this.policy = { as: 'soft-reserved', persistent: true, devices: ids.map((id) => this.serialOf(id)) };
});

Given('firmware locks the decoders that it commits', function (this: CxlWorld) {
  this.policy = { ...found(this.policy, 'memory that firmware configures', []), locks: true };
});

Given('an operating system that knows nothing of CXL', function (this: CxlWorld) {
  this.os = 'cxl-unaware';
});

Then(
  'E820 has {range} of window {int} as {e820}, and nothing else in the windows',
  async function (this: CxlWorld, part: Range, n: number, type: number) {
    const windows = (await this.fixedWindows()).map(({ window }) => window);
    const base = (windows[n]?.base ?? 0n) + part.base;
    const map = await (await this.host()).memoryMap();
    const inside = map.filter((entry) => windows.some((window) => overlap(entry, window)));
    const expected = [showE820({ base, size: part.size, type })];
    expect({ 'E820 in the windows': joinE820(inside).map(showE820) }).toEqual({ 'E820 in the windows': expected });
  },
);

Then(
  'the SRAT has {range} of window {int} on domain {int}, and nothing else in the windows',
  async function (this: CxlWorld, part: Range, n: number, domain: number) {
    const windows = (await this.fixedWindows()).map(({ window }) => window);
    const base = (windows[n]?.base ?? 0n) + part.base;
    const affinities = decodeMemoryAffinities(await (await this.host()).acpiTable('SRAT'));
    const inside = affinities.filter((memory) => windows.some((window) => overlap(memory, window)));
    const show = (memory: Pick<MemoryAffinity, 'base' | 'size' | 'domain' | 'enabled'>) =>
      `${showRange(memory)} on domain ${memory.domain}${memory.enabled ? '' : ', disabled'}`;
    const expected = [show({ base, size: part.size, domain, enabled: true })];
    expect({ 'SRAT in the windows': inside.map(show) }).toEqual({ 'SRAT in the windows': expected });
  },
);

Then(
  'the SRAT says that {range} of window {int} is non-volatile',
  async function (this: CxlWorld, part: Range, n: number) {
    const window = (await this.fixedWindows())[n]?.window;
    const affinities = decodeMemoryAffinities(await (await this.host()).acpiTable('SRAT'));
    const base = (window?.base ?? 0n) + part.base;
    const what = `SRAT memory at ${hex(base)}`;
    const found = affinities.find((memory) => memory.base === base);
    expect({ [what]: found }).toMatchObject({ [what]: { size: part.size, nonVolatile: true } });
  },
);
