import { test } from 'node:test';
import { expect } from 'expect';
import { factsOf } from '../ledger/facts';
import { readCommandLine } from '../options/line';
import { refuseUnlessPossible } from './refusals';

/** What a QEMU of that release says to a command line; undefined if it takes it. */
function complaint(options: readonly string[], release: string): string | undefined {
  try {
    refuseUnlessPossible(readCommandLine(options), new Set(), factsOf(release));
    return undefined;
  } catch (error) {
    return (error as { complaint?: string }).complaint;
  }
}

const properties: { property: string; takenBy: readonly string[]; refusedBy: readonly string[] }[] = [
  { property: 'hpet=off', takenBy: ['7.2.22', '10.0.13', '11.1.3'], refusedBy: [] },
  { property: 'kernel_irqchip=on', takenBy: ['7.2.22', '10.0.13', '11.1.3'], refusedBy: [] },
  { property: 'fd-bootchk=on', takenBy: ['10.0.13', '11.1.3'], refusedBy: ['7.2.22'] },
  { property: 'shim=x', takenBy: ['10.0.13', '11.1.3'], refusedBy: ['7.2.22', '9.2.0'] },
  { property: 'spcr=on', takenBy: ['11.1.3'], refusedBy: ['7.2.22', '10.0.13'] },
  { property: 'wdat=on', takenBy: ['11.1.3'], refusedBy: ['7.2.22', '10.0.13', '11.0.0'] },
  { property: 'nothing=on', takenBy: [], refusedBy: ['7.2.22', '10.0.13', '11.1.3'] },
];

for (const { property, takenBy, refusedBy } of properties) {
  test(`of machine q35, ${property} is taken by ${takenBy.join(', ') || 'no release'}`, () => {
    const said = (release: string) => complaint(['-M', `q35,${property}`], release);
    expect(takenBy.map(said)).toEqual(takenBy.map(() => undefined));
    const [name] = property.split('=');
    const refused = (release: string) => {
      const { machineVersion } = factsOf(release);
      return `Property 'pc-q35-${machineVersion}-machine.${name}' not found`;
    };
    expect(refusedBy.map(said)).toEqual(refusedBy.map(refused));
  });
}

const BRIDGE = ['-M', 'q35,cxl=on', '-device', 'pxb-cxl,id=b,bus_nr=12'];

/** As 7.2.22, 10.0.13 and 11.1.3 say it. */
const inJson: { option: 'device' | 'object'; given: string; says: string | undefined }[] = [
  { option: 'device', given: '"port":"1"', says: "Parameter 'port' expects uint64" },
  { option: 'device', given: '"port":1.5', says: "Parameter 'port' expects uint64" },
  { option: 'device', given: '"port":null', says: "Parameter 'port' expects uint64" },
  { option: 'device', given: '"port":256', says: "Parameter 'port' expects uint8_t" },
  { option: 'device', given: '"port":9', says: undefined },
  { option: 'device', given: '"hotplug":"on"', says: "Invalid parameter type for 'hotplug', expected: boolean" },
  { option: 'device', given: '"romfile":5', says: "Invalid parameter type for 'romfile', expected: string" },
  { option: 'device', given: '"mem-reserve":"1M"', says: "Parameter 'mem-reserve' expects uint64" },
  { option: 'device', given: '"addr":2', says: undefined },
  { option: 'device', given: '"addr":true', says: "Invalid parameter type for 'addr', expected int or str" },
  { option: 'device', given: '"addr":1000', says: "Parameter 'addr' expects a value between -1 and 255" },
  { option: 'object', given: '"size":"256M"', says: "Parameter 'size' expects uint64" },
  {
    option: 'object',
    given: '"size":4096,"share":"on"',
    says: "Invalid parameter type for 'share', expected: boolean",
  },
  { option: 'object', given: '"size":4096,"policy":3', says: "Invalid parameter type for 'policy', expected: string" },
  {
    option: 'object',
    given: '"size":4096,"prealloc-threads":"2"',
    says: "Parameter 'prealloc-threads' expects uint64",
  },
];

for (const { option, given, says } of inJson) {
  test(`-${option} with ${given} in JSON is ${says === undefined ? 'taken' : 'refused'}`, () => {
    const kind =
      option === 'device' ? '"driver":"cxl-rp","id":"rp","bus":"b"' : '"qom-type":"memory-backend-ram","id":"m"';
    const line = [...BRIDGE, `-${option}`, `{${kind},${given}}`];
    expect(['7.2.22', '10.0.13', '11.1.3'].map((release) => complaint(line, release))).toEqual([says, says, says]);
  });
}

test('a function in one number of JSON is in that slot', () => {
  const of = (addr: string) => ['-device', `{"driver":"pci-testdev","addr":${addr}}`];
  expect(complaint(['-M', 'q35', '-nodefaults', ...of('16'), ...of('"2"')], '10.0.13')).toMatch(/slot 2 function 0/);
});
