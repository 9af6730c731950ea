/** What machine there cannot be, in QEMU's words, and in the order in which QEMU finds out: system/vl.c: qemu_init(). */
import { type Facts, factsOf } from '../ledger/facts';
import type { QuirkName, Quirks } from '../ledger/quirks';
import type { CommandLine } from '../options/line';
import { checkAddressSpace } from './address-space';
import { checkDevices } from './devices';
import { checkBridgesAndWindows } from './fixed-windows';
import { checkGenericAffinity } from './generic';
import { checkMachine, checkWindows } from './machine';
import { checkNuma } from './numa';
import { checkBackends, checkNodes, checkObjects } from './objects';
import { checkOddities } from './permitted';
import { checkGroups, checkModel, checkProcessors } from './processors';
import { lookUnless, type Request } from './refuse';
import { checkSyntax } from './syntax';

/** Each with the quirk that makes QEMU overlook what it finds; one with none has several. */
const STAGES: readonly { readonly check: (request: Request) => void; readonly unless?: QuirkName }[] = [
  { check: checkSyntax, unless: 'syntax-unchecked' },
  { check: checkObjects },
  { check: checkNodes, unless: 'generic-affinity-unchecked' },
  { check: checkMachine, unless: 'machine-unchecked' },
  { check: checkGroups, unless: 'machine-unchecked' },
  { check: checkWindows, unless: 'windows-unchecked' },
  { check: checkBackends, unless: 'objects-unchecked' },
  { check: checkNuma, unless: 'numa-unchecked' },
  { check: checkModel, unless: 'machine-unchecked' },
  { check: checkAddressSpace, unless: 'windows-unchecked' },
  { check: checkProcessors, unless: 'machine-unchecked' },
  { check: checkDevices },
  { check: checkBridgesAndWindows, unless: 'cxl-off-unchecked' },
  { check: checkGenericAffinity, unless: 'generic-affinity-unchecked' },
  { check: checkOddities },
];

/** `file` yields the contents of a file that the command line names. @throws Refusal; MachineCrash where QEMU crashes */
export function refuseUnlessPossible(
  line: CommandLine,
  quirks: Quirks,
  facts: Facts = factsOf(),
  file: Request['file'] = () => undefined,
): void {
  const request = { line, quirks, facts, file };
  for (const { check, unless } of STAGES) {
    if (unless) lookUnless(unless, request, () => check(request));
    else check(request);
  }
}
