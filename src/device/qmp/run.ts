/** QMP's commands for CXL devices: QEMU hw/mem/cxl_type3.c: qmp_cxl_*(). */

import { QMP_COMMANDS, type QmpCommandName } from '../../ledger/qmp-commands';
import type { Quirks } from '../../ledger/quirks';
import type { QmpArguments } from '../../machine/qmp';
import { Refusal } from '../../machine/refusal';
import { Type3Device } from '../type3/type3';
import { addDynamicCapacity, releaseDynamicCapacity } from './dynamic-capacity';
import { injectEvent } from './events';
import { injectPoison } from './poison';
import { injectCorrectable, injectUncorrectable } from './ras';
import { Values } from './values';

type Run = (resolve: () => Type3Device, values: Values, quirks: Quirks) => void;

/** What commands do that make no event record. */
const COMMANDS: Readonly<Partial<Record<QmpCommandName, Run>>> = {
  'cxl-inject-poison': injectPoison,
  'cxl-inject-uncorrectable-errors': (resolve, values) => injectUncorrectable(resolve(), values),
  'cxl-inject-correctable-error': (resolve, values) => injectCorrectable(resolve(), values),
};

/** They have words of their own for what is no Type 3 device. */
const CAPACITY_COMMANDS: Readonly<
  Partial<Record<QmpCommandName, (found: Type3Device | undefined, values: Values, quirks: Quirks) => void>>
> = {
  'cxl-add-dynamic-capacity': addDynamicCapacity,
  'cxl-release-dynamic-capacity': releaseDynamicCapacity,
};

/** @param found The device; `not-type3` for another one; undefined if there is none. @throws Refusal */
export function runQmpCommand(
  command: QmpCommandName,
  found: Type3Device | 'not-type3' | undefined,
  given: QmpArguments,
  quirks: Quirks,
): void {
  const resolve = () => {
    if (found === undefined) throw new Refusal('Unable to resolve path');
    if (found === 'not-type3') throw new Refusal('Path does not point to a CXL type 3 device');
    return found;
  };
  const type3 = found instanceof Type3Device ? found : undefined;
  const changeCapacity = CAPACITY_COMMANDS[command];
  if (changeCapacity) obey(() => changeCapacity(type3, new Values(given), quirks), quirks);
  if (!type3 && quirks.has('injection-into-others-ignored')) return;
  const { record } = QMP_COMMANDS[command];
  if (record) injectEvent(command, record, resolve().events, new Values(given), quirks);
  COMMANDS[command]?.(resolve, new Values(given), quirks);
}

/** With the quirk, what is refused is not done, and nobody is told. */
function obey(run: () => void, quirks: Quirks): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refusal && quirks.has('dc-requests-unchecked'))) throw error;
  }
}
