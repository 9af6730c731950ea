/** QMP's event injection: QEMU hw/mem/cxl_type3.c: qmp_cxl_inject_general_media_event() and its like. Which argument becomes which field is said by its row. */
import type { EventKind } from '../../codec/cxl/event-record';
import type { EventLogName } from '../../codec/cxl/mailbox/events';
import { type Argument, QMP_COMMANDS, type QmpCommandName } from '../../ledger/qmp-commands';
import type { Quirks } from '../../ledger/quirks';
import { Refusal } from '../../machine/refusal';
import type { EventLogs } from '../mailbox/event-logs';
import type { Values } from './values';

const MAINTENANCE_NEEDED = 1 << 3;
const COMPONENT_ID_SIZE = 16;

type Field = number | bigint | string | readonly bigint[];

/** @throws Refusal */
export function injectEvent(
  name: QmpCommandName,
  kind: EventKind,
  logs: EventLogs,
  values: Values,
  quirks: Quirks,
): void {
  const row = QMP_COMMANDS[name];
  if (row.refusesUrgent) refuseUrgent(values, quirks);
  const [header, body]: [Record<string, Field>, Record<string, Field>] = [{ flags: 0 }, { validity: 0 }];
  const set = (part: Record<string, Field>, field: string, bits: number) => {
    part[field] = Number(part[field] ?? 0) | bits;
  };
  for (const [argument, { of, field, valid, sets, ...how }] of Object.entries(row.arguments)) {
    if (!values.has(argument)) continue;
    const part = of === 'header' ? header : body;
    if (field === 'flags') set(header, 'flags', Number(fieldOf(how, argument, values, quirks)));
    else if (field !== undefined) part[field] = fieldOf(how, argument, values, quirks);
    if (sets) set(part, sets.field, 1 << sets.bit);
    const isValid = how.type === 'bool' ? values.true(argument) : true;
    if (valid === undefined || !isValid || (how.with !== undefined && !values.has(how.with))) continue;
    set(part, of === 'header' ? 'flags' : 'validity', 1 << valid);
  }
  const allValid = kind === 'general media' && quirks.has('event-optional-fields-always-valid');
  logs.insert(values.text('log') as EventLogName, kind, header, {
    ...body,
    ...(allValid && { validity: 0xf }),
  } as never);
}

function fieldOf({ type, length }: Argument, argument: string, values: Values, quirks: Quirks): Field {
  if (type === 'uint64') return values.bigint(argument);
  if (type === 'str') return componentOf(values.text(argument), quirks);
  if (type === 'integers') return values.list<bigint>(argument).slice(0, length).map(BigInt);
  const value = values.number(argument);
  return length === undefined ? value : value & ((1 << length) - 1);
}

/** @throws Refusal */
function refuseUrgent(values: Values, quirks: Quirks): void {
  const urgent = values.text('log') === 'informational' && (values.number('flags') & MAINTENANCE_NEEDED) !== 0;
  if (urgent && !quirks.has('informational-event-needs-maintenance')) {
    throw new Refusal('Informational event cannot require maintenance');
  }
}

function componentOf(given: string, quirks: Quirks): string {
  if (quirks.has('component-id-loses-last-byte')) return given.slice(0, COMPONENT_ID_SIZE - 1);
  const leaked = quirks.has('component-id-leaks-memory');
  return (leaked ? `${given}\0stray heap bytes` : given).slice(0, COMPONENT_ID_SIZE).replace(/\0+$/, '');
}
