import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import {
  and,
  argument,
  device,
  dwordField,
  equal,
  give,
  local,
  method,
  name,
  not,
  object,
  or,
  scope,
  store,
  when,
} from './aml-writer';
import { eisaId, hardwareId } from './hardware-id';
import { AcpiNamespace } from './namespace';
import { askForControl, OSC_INTERFACES } from './osc';
import { dsmFunctions, qtgIds } from './qtg';
import { decodeResources, encodeResources } from './resources';
import { encodeTable, TableHeader } from './table';

const dsdt = captured(join(__dirname, 'dsdt-1hb.hex'));
const namespace = new AcpiNamespace(dsdt);
const [bridge] = namespace.withId('ACPI0016');
const [root] = namespace.withId('ACPI0017');
if (!bridge || !root) throw new Error('the captured DSDT has no CXL devices');

test('a captured DSDT has the host bridge and the CXL root device', () => {
  const cxl = [bridge, root].map((each) => [
    each.path,
    each.cids,
    each.number('_UID'),
    each.number('_BBN'),
    each.number('_STA'),
  ]);
  expect(cxl).toEqual([
    ['\\_SB.CL0C', ['PNP0A08', 'PNP0A03'], 12, 12, undefined],
    ['\\_SB.CXLM', [], undefined, undefined, 0x0b],
  ]);
  expect(namespace.duplicates).toEqual([]);
});

test('the host bridge has the addresses that firmware has given to what is behind it, and bus numbers', () => {
  const range = (kind: string, minimum: bigint, maximum: bigint) => ({
    kind,
    minimum,
    maximum,
    length: maximum - minimum + 1n,
  });
  expect(bridge.resources).toMatchObject([range('memory', 0xc000_0000n, 0xc021_ffffn), range('bus', 12n, 14n)]);
});

const requests = [
  {
    title: 'is granted',
    asked: ['PCIe hot-plug', 'AER'],
    status: [],
    granted: ['PCIe hot-plug', 'AER', 'memory error reporting'],
  },
  {
    title: 'is cut down',
    asked: ['PME', 'LTR'],
    status: ['control masked'],
    granted: ['PME', 'memory error reporting'],
  },
];
for (const { title, asked, status, granted } of requests) {
  test(`a request for ${asked.join(' and ')} ${title}, and memory error reporting comes on top`, () => {
    const request = { interface: OSC_INTERFACES.CXL, revision: 1, control: asked };
    expect(askForControl(bridge, request)).toEqual({ status, granted });
  });
}

test('asking once more gives the same answer', () => {
  const ask = () => askForControl(bridge, { interface: OSC_INTERFACES.PCI, revision: 2, control: ['LTR'] });
  expect(ask()).toEqual({ status: ['unknown revision', 'control masked'], granted: [] });
  expect(ask()).toEqual(ask());
});

test('QTG ids come from a method that hides its function', () => {
  expect(dsmFunctions(root)).toEqual([0]);
  expect(qtgIds(root, 100n, 1000n)).toEqual({ highest: 1, recommended: [0, 1] });
});

test('an EISA id has its text, and the text its number', () => {
  const [pci0] = namespace.withId('PNP0A08');
  expect(pci0?.path).toBe('\\_SB.PCI0');
  expect(hardwareId(BigInt(eisaId('PNP0A03')))).toBe('PNP0A03');
});

test('what is written is read, and run', () => {
  const counter = method(
    'MTHD',
    1,
    dwordField(argument(0), 0, 'WORD'),
    and(object('WORD'), 0xf0, local(0)),
    when(
      not(equal(local(0), 0)),
      or(object('WORD'), 1, object('WORD')),
      store(object('WORD'), object('LAST')),
      give(argument(0)),
    ),
    give(0),
  );
  const body = scope('\\_SB', device('CL34', name('_HID', 'ACPI0016'), name('LAST', 0x1234), counter));
  const [written] = new AcpiNamespace(encodeTable('DSDT', body)).withId('ACPI0016');
  expect(written?.evaluate('MTHD', Uint8Array.of(0x0f, 0, 0, 0))).toBe(0n);
  expect(written?.number('LAST')).toBe(0x1234);
  expect(written?.evaluate('MTHD', Uint8Array.of(0x20, 0, 0, 0))).toEqual(Uint8Array.of(0x21, 0, 0, 0));
  expect(written?.number('LAST')).toBe(0x21);
});

test('resources that are written are read', () => {
  const ranges = [namespace.withId('PNP0A08'), [bridge]].flatMap(([each]) => each?.resources ?? []);
  const written = ranges.filter((each) => each.kind !== 'other');
  expect(decodeResources(encodeResources(written))).toEqual(written);
});

test('a damaged table is read or refused, and nothing else', () => {
  fc.assert(
    fc.property(fc.nat(dsdt.length - TableHeader.size - 1), fc.nat(255), (at, value) => {
      const damaged = Buffer.from(dsdt);
      damaged[TableHeader.size + at] = value;
      try {
        for (const each of new AcpiNamespace(damaged).withId('ACPI0016')) expect(each.resources).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }),
    { numRuns: 300, examples: [[6360, 64]] },
  );
});
