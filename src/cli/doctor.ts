import { execa } from 'execa';
import { findQemu, guestImages, knownQemus, probeAccelerator, probeQemu, type QemuOffer } from '../target/inventory';
import { EXIT } from './exit';

interface Finding {
  readonly what: string;
  readonly state: string;
  /** The command that gets what is missing. */
  readonly get?: string;
}

/** Prints what is here and what is missing. Looking is not a failure, so it always ends as expected. */
export async function doctor({ qemu }: { readonly qemu?: string }): Promise<number> {
  const findings = [await node(), await java(), ...(await qemus(qemu)), ...(await guests()), await accelerator(qemu)];
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, get } of findings) {
    console.log(`${what.padEnd(width)}  ${state}`);
    if (get) console.log(`${' '.repeat(width)}  to get it: ${get}`);
  }
  return EXIT.asExpected;
}

async function node(): Promise<Finding> {
  return { what: 'Node.js', state: process.version };
}

async function java(): Promise<Finding> {
  const asked = await execa('java', ['-version'], { reject: false });
  const version = /version "([^"]+)"/.exec(asked.stderr)?.[1];
  return version
    ? { what: 'Java', state: `${version}, for the Allure report` }
    : {
        what: 'Java',
        state: 'none; the Allure report needs it, nothing else does',
        get: 'apt-get install default-jre-headless',
      };
}

async function qemus(explicit?: string): Promise<Finding[]> {
  const known = explicit ? [await findQemu(explicit)] : await knownQemus();
  const findings = known.map(async ({ path, from }): Promise<Finding> => {
    const offer = await probeQemu(path).catch((error: Error) => error);
    if (offer instanceof Error) return { what: 'QEMU', state: `${path} (${from}): ${offer.message}` };
    return { what: 'QEMU', state: `${offer.version}, ${path} (${from})${lacks(offer)}` };
  });
  const get = 'apt-get install qemu-system-x86, or npx cxl-conformance qemu get';
  return known.length > 0 ? Promise.all(findings) : [{ what: 'QEMU', state: 'none: only the simulator can run', get }];
}

const lacks = ({ devices }: QemuOffer): string => {
  const missing = devices['cxl-type3']?.includes('volatile-memdev') ? [] : ['volatile memory devices'];
  return missing.length > 0 ? `, without ${missing.join(', ')}` : '';
};

async function guests(): Promise<Finding[]> {
  const images = await guestImages();
  const findings = images.map(({ name, kernel, directory }) => ({
    what: 'guest',
    state: `${name}: Linux ${kernel}, ${directory}`,
  }));
  const get = 'npx cxl-conformance guest build';
  return images.length > 0 ? findings : [{ what: 'guest', state: 'no image: the guest target cannot run', get }];
}

async function accelerator(explicit?: string): Promise<Finding> {
  const qemu = await findQemu(explicit).catch(() => undefined);
  if (!qemu) return { what: 'accelerator', state: 'unknown without a QEMU' };
  const { accelerator, reason } = await probeAccelerator(qemu.path);
  return { what: 'accelerator', state: `${accelerator}: ${reason}` };
}
