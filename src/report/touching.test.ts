import { describe, test } from 'node:test';
import { expect } from 'expect';
import { scenariosRunning } from '../ledger/reach';
import { filesTouchedBy, scenariosTouching, touchedFiles } from './touching';

const bySection = { id: 'CDAT', sources: ['CXL-3.1-8.2.4.20.12'], quirks: [] };
const byTag = { id: 'NUMA', sources: ['QEMU-hw/core/numa.c'], quirks: [] };
const byQuirk = { id: 'UID', sources: [], quirks: ['acpi0016-uid-twice'] };
const byPlanted = { id: 'CHBS', sources: [], quirks: ['chbs-short'] };
const all = [bySection, byTag, byQuirk, byPlanted];

/** What is asked for, and which scenarios that finds. */
const cases: [string, string[]][] = [
  ['hw/core/numa.c', ['NUMA']],
  ['hw/i386/acpi-build.c', ['UID', 'CHBS']],
  ['hw/acpi/cxl.c', ['CHBS']],
  ['cxl-component-utils.c', ['CDAT']],
  ['component-utils.c', []],
  ['/home/me/qemu/hw/core/numa.c', ['NUMA']],
  ['b/hw/core/numa.c', ['NUMA']],
  ['./hw/core/', ['NUMA']],
  ['hw/co', []],
  ['hw/net/e1000.c', []],
];

describe('the scenarios that touch', () => {
  for (const [file, ids] of cases)
    test(`${file} are ${ids.join(', ') || 'none'}`, () => {
      expect(scenariosTouching(all, file).map(({ id }) => id)).toEqual(ids);
    });
});

test('a scenario touches the files of its tags, and of the quirks by which it fails', () => {
  const both = { sources: byTag.sources, quirks: byQuirk.quirks };
  expect([...filesTouchedBy(both)]).toEqual(['hw/core/numa.c', 'hw/i386/acpi-build.c']);
});

test('the files that scenarios touch are sorted, each once', () => {
  expect(touchedFiles([byPlanted, byQuirk])).toEqual(['hw/acpi/cxl.c', 'hw/i386/acpi-build.c']);
});

test('a scenario touches a file whose code it runs, but for code that every machine runs', () => {
  const [id = ''] = scenariosRunning('hw/cxl/cxl-cdat.c', 'ct3_load_cdat');
  const runs = { id, sources: [], quirks: [] };
  expect(id).not.toBe('');
  expect(scenariosTouching([runs, byTag], 'cxl-cdat.c')).toEqual([runs]);
  expect(scenariosTouching([runs, byTag], 'hw/cxl/cxl-cdat.c:ct3_load_cdat')).toEqual([runs]);
  expect(scenariosTouching([runs, bySection], 'hw/cxl/cxl-cdat.c:no_such_function')).toEqual([]);
});
