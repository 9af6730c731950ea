/** The list of capabilities of a PCI function. */
import { Capability } from '../codec/pci/capability';
import { CONFIG } from '../codec/pci/configuration';

/** A function's configuration space, 32 bits at a time. */
export interface Configuration {
  read(offset: number): Promise<number>;
  write(offset: number, value: number): Promise<void>;
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
