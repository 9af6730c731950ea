import { join } from 'node:path';
import { test } from 'node:test';
import { expect } from 'expect';
import fc from 'fast-check';
import { captured } from '../captured';
import { DecodeError } from '../decode-error';
import { hardwareId, readDevices } from './aml';
import { device, name, scope } from './aml-writer';
import { encodeTable, TableHeader } from './table';

const dsdt = captured(join(__dirname, 'dsdt-1hb.hex'));

test('a captured DSDT has the host bridge and the CXL root device', () => {
  const devices = readDevices(dsdt);
  const cxl = devices.filter(({ values }) => /^ACPI001[67]$/.test(hardwareId(values.get('_HID')) ?? ''));
  expect(cxl.map(({ path, values }) => [path, values.get('_HID'), values.get('_UID'), values.get('_BBN')])).toEqual([
    ['\\_SB.CL0C', 'ACPI0016', 12n, 12n],
    ['\\_SB.CXLM', 'ACPI0017', undefined, undefined],
  ]);
});

test('a method that returns a constant is that constant', () => {
  const manager = readDevices(dsdt).find(({ path }) => path === '\\_SB.CXLM');
  expect(manager?.values.get('_STA')).toBe(0x0bn);
});

test('an EISA id has its text', () => {
  const pci0 = readDevices(dsdt).find(({ path }) => path === '\\_SB.PCI0');
  expect(hardwareId(pci0?.values.get('_HID'))).toBe('PNP0A08');
});

test('what is written is read', () => {
  const body = scope('\\_SB', device('CL34', name('_HID', 'ACPI0016'), name('_UID', 0x34), name('_BBN', 0x1234)));
  expect(readDevices(encodeTable('DSDT', body))).toEqual([
    {
      path: '\\_SB.CL34',
      values: new Map<string, unknown>([
        ['_HID', 'ACPI0016'],
        ['_UID', 0x34n],
        ['_BBN', 0x1234n],
      ]),
    },
  ]);
});

test('a damaged table is read or refused, and nothing else', () => {
  fc.assert(
    fc.property(fc.nat(dsdt.length - TableHeader.size - 1), fc.nat(255), (at, value) => {
      const damaged = Buffer.from(dsdt);
      damaged[TableHeader.size + at] = value;
      try {
        readDevices(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }),
    { numRuns: 500, examples: [[6360, 64]] },
  );
});
