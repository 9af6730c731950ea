import type { TestContext } from 'node:test';
import type { QemuOffer } from '../ledger/offer';
import { findQemu, probeQemu } from '../qemu/probe';

const found = findQemu().then(({ path }) => probeQemu(path));
found.catch(() => {}); // told when a test asks

/** For tests: the QEMU that is found. Skips the test, with the reason, where there is none. */
export async function foundQemu(context: TestContext): Promise<QemuOffer | undefined> {
  try {
    return await found;
  } catch (error) {
    context.skip((error as Error).message);
    return undefined;
  }
}
