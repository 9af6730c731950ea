import { DEFAULT_LINUX } from '../ledger/linux';
import { lackingIn } from '../ledger/offer-names';
import { personalitiesOf } from '../ledger/personality';
import { DEFAULT_PLATFORM, PLATFORMS } from '../ledger/platforms';
import {
  findQemu,
  guestArchitecture,
  guestArchitectureOf,
  guestImages,
  knownQemus,
  lackingCommands,
  platformOfProgram,
  probeAccelerator,
  probeQemu,
  type QemuOffer,
} from '../target/inventory';
import { EXIT, exitOf } from './exit';

interface Finding {
  readonly what: string;
  readonly state: string;
  /** Further lines. */
  readonly more?: readonly string[];
  /** The command that gets what is missing. */
  readonly get?: string;
  /** What makes it the caller's mistake, or trouble, that this is so; merely to find something missing is neither. */
  readonly wrong?: Error;
}

/** Prints what is here and what is missing; it is wrong only that the QEMU that is named is none. */
export async function doctor({ qemu }: { readonly qemu?: string }): Promise<number> {
  const found = await qemus(qemu);
  const startable = found.every(({ wrong }) => wrong === undefined);
  const findings = [await node(), await java(), ...found, ...(await guests()), await accelerator(startable, qemu)];
  const width = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, more = [], get } of findings) {
    const lines = [state, ...more, ...(get ? [`to get it: ${get}`] : [])];
    for (const [i, line] of lines.entries()) console.log(`${(i === 0 ? what : '').padEnd(width)}  ${line}`);
  }
  const wrong = findings.flatMap((finding) => finding.wrong ?? []);
  for (const { message } of wrong) console.error(`cxl-conformance: ${message}`);
  return Math.max(EXIT.asExpected, ...wrong.map(exitOf));
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
  const named = await findQemu(explicit).catch((error: Error) => error);
  const misnamed = named instanceof Error && (explicit !== undefined || named instanceof RangeError);
  const wrong = misnamed ? [{ what: 'QEMU', state: `none: ${named.message}`, wrong: named }] : [];
  const known = explicit === undefined ? await knownQemus() : named instanceof Error ? [] : [named];
  const findings = await Promise.all(known.map((qemu) => qemuFinding(qemu, explicit !== undefined)));
  const get = 'apt-get install qemu-system-x86, or npx cxl-conformance qemu get; --arch aarch64 --suite sid for Arm';
  const none =
    known.length + wrong.length === 0 ? [{ what: 'QEMU', state: 'none: only the simulator can run', get }] : [];
  return [...wrong, ...findings, ...none];
}

async function qemuFinding({ path, from }: { path: string; from: string }, meant: boolean): Promise<Finding> {
  const offer = await probeQemu(path).catch((error: Error) => error);
  if (!(offer instanceof Error))
    return {
      what: 'QEMU',
      state: `${offer.version}, ${path} (${from})`,
      more: [machineOf(offer), ...(await parts(offer))],
    };
  return { what: 'QEMU', state: `${path} (${from}): ${offer.message}`, ...(meant && { wrong: offer }) };
}

/** The machine on which it has CXL. */
const machineOf = ({ platform = DEFAULT_PLATFORM }: QemuOffer): string =>
  `for ${PLATFORMS[platform].architecture}: machine ${platform}`;

/** What scenarios may ask a QEMU for, and how it shows that it has it. */
const PARTS: readonly [string, (offer: QemuOffer) => boolean][] = [
  ['CXL host bridges, root ports and persistent Type 3 devices', () => true], // or it would not have been offered
  ['volatile Type 3 devices', ({ devices }) => devices['cxl-type3']?.includes('volatile-memdev') ?? false],
  ['Generic Initiators', ({ objects }) => objects.includes('acpi-generic-initiator')],
  ['Generic Ports', ({ objects }) => objects.includes('acpi-generic-port')],
];

async function parts(offer: QemuOffer): Promise<string[]> {
  const names = (has: boolean) => PARTS.filter(([, test]) => test(offer) === has).map(([name]) => name);
  const missing = names(false);
  const [older] = personalitiesOf(offer.version, DEFAULT_LINUX, offer.package, offer.platform);
  const left = older?.release === undefined ? [] : lackingIn(offer, older.release);
  const commands = older?.release === undefined ? [] : await commandsLeft(offer, older.release, older.name);
  return [
    `has ${names(true).join(', ')}`,
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(left.length > 0 ? [`lacks what ${older?.name} has: ${left.join(', ')}`] : []),
    ...commands,
  ];
}

async function commandsLeft(offer: QemuOffer, release: string, name: string): Promise<string[]> {
  try {
    const lacking = await lackingCommands(offer, release);
    return lacking.length > 0 ? [`lacks mailbox commands that ${name} has: ${lacking.join(', ')}`] : [];
  } catch (error) {
    return [`its mailbox commands cannot be listed: ${(error as Error).message.split('\n')[0]}`];
  }
}

async function guests(): Promise<Finding[]> {
  const images = await guestImages();
  const findings = images.map(({ name, architecture, kernel, directory }) => {
    const { platform, firmwares } = guestArchitecture(architecture);
    return {
      what: 'guest',
      state: `${name}: Linux ${kernel}, ${directory}`,
      more: [`for ${architecture}: machine ${platform}, booted with ${firmwares.join(' or ')}`],
    };
  });
  const get = 'npx cxl-conformance guest build; --arch arm64 for Arm';
  return images.length > 0 ? findings : [{ what: 'guest', state: 'no image: the guest target cannot run', get }];
}

async function accelerator(startable: boolean, explicit?: string): Promise<Finding> {
  const qemu = startable ? await findQemu(explicit).catch(() => undefined) : undefined;
  if (!qemu) return { what: 'accelerator', state: 'unknown without a QEMU' };
  const platform = platformOfProgram(qemu.path);
  const image = (await guestImages()).find(({ architecture }) => architecture === guestArchitectureOf(platform));
  const { accelerator, reason } = await probeAccelerator(qemu.path, image);
  return { what: 'accelerator', state: `${accelerator}: ${reason}` };
}
