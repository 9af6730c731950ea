import { DEFAULT_LINUX } from '../ledger/linux';
import { lackingIn } from '../ledger/offer-names';
import { personalitiesOf } from '../ledger/personality';
import { findQemu, guestImages, knownQemus, probeAccelerator, probeQemu, type QemuOffer } from '../target/inventory';
import { EXIT } from './exit';

interface Finding {
  readonly what: string;
  readonly state: string;
  /** Further lines. */
  readonly more?: readonly string[];
  /** The command that gets what is missing. */
  readonly get?: string;
}

/** Prints what is here and what is missing. Looking is not a failure, so it always ends as expected. */
export async function doctor({ qemu }: { readonly qemu?: string }): Promise<number> {
  const findings = [await node(), await java(), ...(await qemus(qemu)), ...(await guests()), await accelerator(qemu)];
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, more = [], get } of findings) {
    const lines = [state, ...more, ...(get ? [`to get it: ${get}`] : [])];
    for (const [i, line] of lines.entries()) console.log(`${(i === 0 ? what : '').padEnd(width)}  ${line}`);
  }
  return EXIT.asExpected;
}

async function node(): Promise<Finding> {
  return { what: 'Node.js', state: process.version };
}

async function java(): Promise<Finding> {
  const { execa } = await import('execa'); // which loads slowly
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
    return { what: 'QEMU', state: `${offer.version}, ${path} (${from})`, more: parts(offer) };
  });
  const get = 'apt-get install qemu-system-x86, or npx cxl-conformance qemu get';
  return known.length > 0 ? Promise.all(findings) : [{ what: 'QEMU', state: 'none: only the simulator can run', get }];
}

/** What scenarios may ask a QEMU for, and how it shows that it has it. */
const PARTS: readonly [string, (offer: QemuOffer) => boolean][] = [
  ['CXL host bridges, root ports and persistent Type 3 devices', () => true], // or it would not have been offered
  ['volatile Type 3 devices', ({ devices }) => devices['cxl-type3']?.includes('volatile-memdev') ?? false],
  ['Generic Initiators', ({ objects }) => objects.includes('acpi-generic-initiator')],
  ['Generic Ports', ({ objects }) => objects.includes('acpi-generic-port')],
];

function parts(offer: QemuOffer): string[] {
  const names = (has: boolean) => PARTS.filter(([, test]) => test(offer) === has).map(([name]) => name);
  const missing = names(false);
  const [older] = personalitiesOf(offer.version, DEFAULT_LINUX, offer.package);
  const left = older?.release === undefined ? [] : lackingIn(offer, older.release);
  return [
    `has ${names(true).join(', ')}`,
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(left.length > 0 ? [`lacks what ${older?.name} has: ${left.join(', ')}`] : []),
  ];
}

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
  const [image] = await guestImages();
  const { accelerator, reason } = await probeAccelerator(qemu.path, image);
  return { what: 'accelerator', state: `${accelerator}: ${reason}` };
}
