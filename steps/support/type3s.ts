/** Type 3 devices, one a row of a table; a column may be any property that a topology has a field for. */
import { FIELDS } from '../../src/ledger/devices';
import type { Type3 } from '../../src/machine/topology';
import { fieldsIn } from '../../src/options/properties';
import { LABEL_AREA } from './machines';
import { bytes, ids } from './parameter-types';

/** A device on a `port` of whatever kind; several alike, if there are several ids and ports. Serials count up. @throws SyntaxError if it has none */
export function type3sOf(row: Readonly<Record<string, string>>, serial: number): Type3[] {
  const { id, port } = row;
  if (!port)
    throw new SyntaxError(`Type 3 device ${id} has no port: the table has no such column, or the cell is empty`);
  const ports = ids(port);
  return ids(id).map((each, n) => type3Of({ ...row, id: each, port: `${ports[n]}` }, serial + n));
}

function type3Of(row: Readonly<Record<string, string>>, serial: number): Type3 {
  const { id, port, volatile, persistent, dynamic, backend } = row;
  const capacities = { volatile: bytes(volatile), persistent: bytes(persistent) };
  return {
    ...fieldsIn(FIELDS.type3, (property) => row[property]),
    id: `${id}`,
    port: `${port}`,
    ...capacities,
    ...dynamicOf(dynamic),
    labelArea: capacities.persistent > 0n ? LABEL_AREA : 0n,
    serial: BigInt(serial),
    ...(backend && { backend }),
  };
}

/** `2 x 256M`: regions, and the size of each. */
function dynamicOf(text = ''): Pick<Type3, 'dynamic'> {
  const [, regions, size] = /^(\d+) x (\w+)$/.exec(text) ?? [];
  return regions ? { dynamic: { regions: Number(regions), capacity: BigInt(regions) * bytes(size) } } : {};
}
