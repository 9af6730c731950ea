import { functionFactsOf } from '../ledger/pci-functions';
import { type CommandLine, said } from '../options/line';
import type { Option } from '../options/option';

/** What devices are plugged into. */
export interface Bus {
  readonly name: string;
  readonly kind: 'express root' | 'conventional root' | 'none' | 'host bridge' | 'expander' | 'port';
  /** The device that has it. */
  readonly of?: Option;
}

/** Machine types that have no PCI, or not by themselves. */
export const WITHOUT_PCI: ReadonlySet<string> = new Set(['microvm', 'none', 'isapc']);

const PORTS = new Set(['cxl-rp', 'cxl-upstream', 'cxl-downstream', 'pcie-root-port']);

/** By name, the root bus first. A bus is called by its device's id. */
export function busesOf({ machine, devices }: CommandLine): ReadonlyMap<string, Bus> {
  const type = said(machine, 'type') ?? 'pc';
  const conventional = { name: 'pci.0', kind: WITHOUT_PCI.has(type) ? 'none' : 'conventional root' } as const;
  const root: Bus = /q35|^virt/.test(type) ? { name: 'pcie.0', kind: 'express root' } : conventional;
  const buses = devices.flatMap((device): Bus[] => {
    const [id, driver] = [device.value('id'), `${device.value('driver')}`];
    if (id === undefined) return [];
    if (driver === 'pxb-cxl') return [{ name: id, kind: 'host bridge', of: device }];
    if (driver === 'pxb-pcie' || driver === 'pxb') return [{ name: id, kind: 'expander', of: device }];
    return PORTS.has(driver) || functionFactsOf(driver)?.isBridge ? [{ name: id, kind: 'port', of: device }] : [];
  });
  return new Map([root, ...buses].map((bus) => [bus.name, bus]));
}
