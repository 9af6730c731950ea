/** QMP's commands for CXL devices, for whatever arguments this QEMU has of them. */

import { needCommand, type QemuOffer } from '../ledger/offer';
import { QMP_COMMANDS, type QmpCommandName } from '../ledger/qmp-commands';
import { NotApplicable } from '../ledger/verdict';
import type { QmpArguments } from '../machine/qmp';
import { Refusal } from '../machine/refusal';
import { type Qmp, QmpRefusal } from './qmp';

/** @throws Refusal in QEMU's words; NotApplicable for a command or an argument that it lacks */
export async function cxlCommand(
  qmp: Qmp,
  offer: QemuOffer,
  id: string,
  name: QmpCommandName,
  given: QmpArguments,
): Promise<void> {
  needCommand(offer, name);
  const known = offer.cxlCommands?.[name] ?? [];
  const lacking = Object.keys(given).find((argument) => !known.some((each) => each.name === argument));
  if (lacking) throw new NotApplicable(`this QEMU has no argument ${lacking} of ${name}`, `${name}.${lacking}`);
  const { arguments: rows } = QMP_COMMANDS[name];
  const demanded = known.filter((argument) => argument.mandatory && rows[argument.name]?.optional);
  const added = Object.fromEntries(demanded.map((argument) => [argument.name, 0]));
  try {
    await qmp.execute(name, { path: pathOf(id), ...added, ...given });
  } catch (error) {
    if (error instanceof QmpRefusal) throw new Refusal(error.description);
    throw error;
  }
}

/** In the object model: QEMU calls the first device `device[0]` that has no id. */
const pathOf = (id: string): string => `/machine/peripheral${id.startsWith('device[') ? '-anon' : ''}/${id}`;
