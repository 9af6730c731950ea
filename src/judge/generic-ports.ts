/** ACPI 6.5 Section 5.2.16.7: Generic Port Affinity Structure: a domain for a host bridge, through which memory will be reached. */
import type { DeviceHandle } from '../codec/acpi/device-handle';
import type { GenericAffinity } from '../codec/acpi/srat';
import { hex, showRange } from '../codec/range';
import type { Finding } from './finding';
import { affinitiesOf, type HandedOver } from './handed-over';

const HOST_BRIDGE = 'ACPI0016';

export function judgeGenericPorts(state: HandedOver): Finding[] {
  const { srat = [], cedt } = state;
  const bridges = new Set(cedt.flatMap((structure) => (structure.kind === 'CHBS' ? [structure.uid] : [])));
  const isBridge = (handle: DeviceHandle) =>
    handle.by === 'ACPI' && handle.hid === HOST_BRIDGE && bridges.has(handle.uid);
  return srat
    .filter((structure): structure is GenericAffinity => structure.kind === 'Generic Port')
    .flatMap(({ domain, handle, enabled }): Finding[] => {
      const name = `the Generic Port of ${show(handle)} in domain ${domain}`;
      const memory = affinitiesOf(state).filter((affinity) => affinity.domain === domain);
      if (!enabled) return [{ kind: 'generic-port-disabled', message: `${name} is disabled` }];
      return [
        ...(isBridge(handle)
          ? []
          : [{ kind: 'generic-port-without-bridge' as const, message: `${name} is of no host bridge in CEDT` }]),
        ...memory.map((affinity) => ({
          kind: 'generic-port-with-memory' as const,
          message: `${name} shares it with memory ${showRange(affinity)}`,
        })),
      ];
    });
}

/** `ACPI0016 12`, `PCI 0:0x35:0.0`. */
const show = (handle: DeviceHandle): string =>
  handle.by === 'ACPI'
    ? `${handle.hid} ${handle.uid}`
    : `PCI ${handle.segment}:${hex(handle.bus)}:${handle.device}.${handle.function}`;
