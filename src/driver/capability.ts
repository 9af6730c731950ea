/** The list of capabilities of a PCI function. */
import { Capability, DOWNSTREAM_PORT, ExpressCapabilities, ROOT_PORT } from '../codec/pci/capability';
import { CONFIG } from '../codec/pci/configuration';
import { PCI_EXPRESS } from '../codec/pci/express';

/** A function's configuration space, 32 bits at a time. */
export interface Configuration {
  read(offset: number): Promise<number>;
  write(offset: number, value: number): Promise<void>;
}

/** Of a PCI bus. */
const DEVICES = 32;

/** How many devices there may be on the bus behind a bridge: one behind a PCI Express port. Linux drivers/pci/probe.c: only_one_child(). */
export async function devicesBehind(bridge: Configuration | undefined): Promise<number> {
  const at = bridge && (await findCapability(bridge, PCI_EXPRESS.id));
  if (!bridge || at === undefined) return DEVICES;
  const { portType } = ExpressCapabilities.decode(await bridge.read(at));
  return portType === ROOT_PORT || portType === DOWNSTREAM_PORT ? 1 : DEVICES;
}

/** Where the capability with that id is, if the function has one. */
export async function findCapability(config: Configuration, wanted: number): Promise<number | undefined> {
  for (let at = (await config.read(CONFIG.capabilities)) & 0xff; at !== 0; ) {
    const { id, next } = Capability.decode(await config.read(at));
    if (id === wanted) return at;
    at = next;
  }
  return undefined;
}
