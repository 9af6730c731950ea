/** Quirks of the operating system: of releases of Linux, or planted. */
import type { Quirk } from './quirk';

export const osQuirks = {
  'hpa-allocated-over-reserved': {
    summary: 'The operating system gives a region the beginning of a window, whatever is there.',
    source: 'planted',
    symptom: /./,
  },
  'volatile-memory-stays-offline': {
    summary: 'The memory of a volatile region does not come online.',
    source: 'planted',
    symptom: /online/,
  },
  'qos-class-from-device-alone': {
    summary: 'The operating system gives a device a QoS class without knowing the way to its host bridge.',
    source: 'planted',
    symptom: /"volatile": 0/,
  },
  'destroyed-region-listed': {
    summary: 'A region that was destroyed is still listed.',
    source: 'planted',
    symptom: /region0/,
  },
  'region-size-unchecked': {
    summary: 'The operating system takes any size for a region, and not multiples of 256 MiB for each device alone.',
    source: 'planted',
    symptom: /./,
  },
  'target-order-unchecked': {
    summary: 'The operating system takes the devices of a region in any order.',
    source: 'planted',
    symptom: /./,
  },
  'turns-of-sole-port-forgotten': {
    summary: 'Below a host bridge that has one port for a region, switches take turns as if the window took none.',
    source: 'tried on Linux 6.1, not so on 6.12; drivers/cxl/core/region.c: cxl_port_setup_targets()',
    releases: [{ from: '7.1' }],
    linuxFixedIn: '6.6',
    symptom: /data/,
  },
  'capacity-not-given-back': {
    summary: 'The capacity of a region that was destroyed stays taken.',
    source: 'planted',
    symptom: /No space left on device|free decoder/,
  },
  'extent-forgets-regions': {
    summary: 'The operating system reports the whole of a window as its largest extent, whatever regions are in it.',
    source: 'planted',
    symptom: /./,
  },
  'memory-in-use-forgotten': {
    summary: 'Memory that is in use is gone from the operating system with the device that is removed.',
    source: 'planted',
    symptom: /kmem|CXL Window/,
  },
  'removed-memdev-listed': {
    summary: 'The memdev of a device that was removed is still listed.',
    source: 'planted',
    symptom: /serial/,
  },
} as const satisfies Record<string, Quirk>;
