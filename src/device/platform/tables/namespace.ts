/** The DSDT, as far as it describes PCI root buses and CXL. QEMU hw/i386/acpi-build.c: build_dsdt(), hw/acpi/cxl.c. */
import {
  and,
  argument,
  buffer,
  device,
  dwordField,
  either,
  equal,
  give,
  list,
  local,
  method,
  name,
  not,
  object,
  or,
  scope,
  store,
  when,
} from '../../../codec/acpi/aml-writer';
import { eisaId } from '../../../codec/acpi/hardware-id';
import { OSC_INTERFACES } from '../../../codec/acpi/osc';
import { QTG_DSM, RETRIEVE_QTG_ID } from '../../../codec/acpi/qtg';
import { encodeResources } from '../../../codec/acpi/resources';
import { encodeTable } from '../../../codec/acpi/table';
import { uuid } from '../../../codec/acpi/uuid';
import type { Facts } from '../../../ledger/facts';
import type { Quirks } from '../../../ledger/quirks';
import type { PciBus } from '../../pci/pci-fabric';
import type { MemoryMap } from './memory-map';
import { rootBusResources } from './root-resources';
import type { FirstBus, TableStyle } from './style';

type Term = Uint8Array;

const [PCI_EXPRESS, PCI] = [eisaId('PNP0A08'), eisaId('PNP0A03')];

/** `_STA`: ACPI 6.5 Section 6.3.7: present, enabled, functioning; what is merely present has no driver. */
const WORKING = 0b1011;
const PRESENT = 0b0001;

/** `roots` are the extra root buses by number, `firstBus` yields what bus 0 has, by the time that software reads the table. */
export function dsdt(
  map: MemoryMap,
  roots: ReadonlyMap<number, PciBus>,
  firstBus: FirstBus,
  { bridgeName }: TableStyle,
  quirks: Quirks,
  facts: Facts,
): Uint8Array {
  const bridges = [...map.bridges]
    .reverse()
    .map((bridge) => ({ ...bridge, resources: rootBusResources(bridge.uid, roots.get(bridge.uid) ?? []) }));
  const others = bridges.flatMap(({ resources }) => resources);
  const first = device(
    'PCI0',
    ...[name('_HID', PCI_EXPRESS), name('_CID', PCI), name('_UID', 0)],
    name('_CRS', buffer(encodeResources(firstBus(others)))),
  );
  const cxl = bridges.map(({ uid, node, resources }) =>
    device(
      bridgeName(uid),
      ...[name('_UID', uid), name('_BBN', uid), name('_HID', 'ACPI0016')],
      name('_CID', list(PCI_EXPRESS, ...(quirks.has('cxl-bridge-not-pci') ? [] : [PCI]))),
      ...(quirks.has('acpi0016-uid-twice') ? [name('_UID', 0)] : []),
      controlMethod(quirks),
      ...(node !== undefined && !quirks.has('cxl-bridge-pxm-missing') ? [name('_PXM', node)] : []),
      name('_CRS', buffer(encodeResources(quirks.has('cxl-bridge-crs-empty') ? resources.slice(-1) : resources))),
    ),
  );
  const root = bridges.length > 0 || quirks.has('acpi0017-without-bridges') ? [rootDevice(quirks, facts)] : [];
  return encodeTable('DSDT', scope('\\_SB', first, ...cxl, ...root));
}

function rootDevice(quirks: Quirks, { qtgMethod }: Facts): Term {
  const status = quirks.has('acpi0017-merely-present') ? PRESENT : WORKING;
  return device(
    'CXLM',
    ...[name('_HID', 'ACPI0017'), method('_STA', 0, give(status))],
    ...(qtgMethod ? [qosMethod(quirks)] : []),
  );
}

/** Of what PCI Express control software may have: all but what QEMU has no use for. */
const GRANTABLE = 0x1f;
const MEMORY_ERROR_REPORTING = 1;
const STATUS = { unknownUuid: 4, unknownRevision: 8, masked: 0x10 };

/** `_OSC`: ACPI 6.5 Section 6.2.11; of CXL two more words follow the three of PCI. */
function controlMethod(quirks: Quirks): Term {
  const [status, control, cxlControl] = ['CDW1', 'CDW3', 'CDW5'].map(object) as [Term, Term, Term];
  const interfaceIs = (which: keyof typeof OSC_INTERFACES) => equal(argument(0), buffer(uuid(OSC_INTERFACES[which])));
  const report = (bit: number) => or(status, bit, status);
  /** Leaves of `word` the bits that are granted, and reports if there were others. */
  const grant = (word: Term, bits: number) => [
    and(word, bits, local(0)),
    when(not(equal(word, local(0))), report(STATUS.masked)),
    store(local(0), word),
  ];
  const cxl = quirks.has('osc-grants-error-reporting-unasked')
    ? [or(cxlControl, MEMORY_ERROR_REPORTING, cxlControl)]
    : grant(cxlControl, MEMORY_ERROR_REPORTING);
  const known = quirks.has('osc-unknown-to-cxl') ? interfaceIs('PCI') : either(interfaceIs('PCI'), interfaceIs('CXL'));
  return method(
    '_OSC',
    4,
    dwordField(argument(3), 0, 'CDW1'),
    when(
      known,
      dwordField(argument(3), 8, 'CDW3'),
      ...(quirks.has('osc-ignores-revision') ? [] : [when(not(equal(argument(1), 1)), report(STATUS.unknownRevision))]),
      ...grant(control, quirks.has('osc-grants-no-aer') ? GRANTABLE & ~8 : GRANTABLE),
      when(interfaceIs('CXL'), dwordField(argument(3), 16, 'CDW5'), ...cxl),
      give(argument(3)),
    ),
    ...(quirks.has('osc-takes-any-uuid') ? [] : [report(STATUS.unknownUuid)]),
    give(argument(3)),
  );
}

/** `_DSM` of QTG ids: whatever is asked for, group 0 is best, and 1 the highest. */
function qosMethod(quirks: Quirks): Term {
  const functions = quirks.has('dsm-qtg-unadvertised') ? [0] : [0, RETRIEVE_QTG_ID];
  const bits = functions.reduce((all, fn) => all | (1 << fn), 0);
  return method(
    '_DSM',
    4,
    when(
      equal(argument(0), buffer(uuid(QTG_DSM))),
      when(equal(argument(2), 0), give(buffer(Uint8Array.of(bits)))),
      when(
        equal(argument(2), RETRIEVE_QTG_ID),
        give(list(1, quirks.has('qtg-none-recommended') ? list() : list(0, 1))),
      ),
    ),
    ...(quirks.has('dsm-unknown-unanswered') ? [] : [give(buffer(Uint8Array.of(0)))]),
  );
}
