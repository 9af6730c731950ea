/** QMP's commands for CXL devices: QEMU hw/mem/cxl_type3.c: qmp_cxl_*(). */
import type { Quirks } from '../../ledger/quirks';
import type { QmpArguments, QmpCommandName } from '../../machine/qmp';
import { Refusal } from '../../machine/refusal';
import { Type3Device } from '../type3';
import { injectDram, injectGeneralMedia, injectMemoryModule } from './events';
import { injectPoison } from './poison';
import { injectCorrectable, injectUncorrectable } from './ras';
import { Values } from './values';

type Run = (resolve: () => Type3Device, values: Values, quirks: Quirks) => void;

const COMMANDS: Readonly<Partial<Record<QmpCommandName, Run>>> = {
  'cxl-inject-general-media-event': (resolve, values, quirks) => injectGeneralMedia(resolve().events, values, quirks),
  'cxl-inject-dram-event': (resolve, values, quirks) => injectDram(resolve().events, values, quirks),
  'cxl-inject-memory-module-event': (resolve, values, quirks) => injectMemoryModule(resolve().events, values, quirks),
  'cxl-inject-poison': injectPoison,
  'cxl-inject-uncorrectable-errors': (resolve, values) => injectUncorrectable(resolve(), values),
  'cxl-inject-correctable-error': (resolve, values) => injectCorrectable(resolve(), values),
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
  if (!(found instanceof Type3Device) && quirks.has('injection-into-others-ignored')) return;
  COMMANDS[command]?.(resolve, new Values(given), quirks);
}
