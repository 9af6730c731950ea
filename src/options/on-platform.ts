/** Options that are about a CXL machine of whatever platform, written for q35, as they are for another platform. */
import { DEFAULT_PLATFORM, PLATFORMS, type PlatformName } from '../ledger/platforms';
import { NotApplicable } from '../ledger/verdict';
import { readShaping, said } from './line';

const MACHINE = /^--?(M|machine)$/;

/** @throws NotApplicable for options that are about another machine, or about processors of another architecture */
export function onPlatform(options: readonly string[], platform: PlatformName = DEFAULT_PLATFORM): readonly string[] {
  if (platform === DEFAULT_PLATFORM) return options;
  const line = readShaping(options);
  const type = said(line.machine, 'type');
  if (type !== DEFAULT_PLATFORM) {
    const machine = type === undefined ? "QEMU's default machine for x86_64" : `machine ${type}`;
    throw new NotApplicable(`it is about ${machine}, and the platform is ${platform}`);
  }
  if (line.processor.length > 0) {
    throw new NotApplicable(`it is about processor ${line.processor[0]?.text}, and the platform is ${platform}`);
  }
  const { processor } = PLATFORMS[platform];
  const ported = options.map((word, at) =>
    MACHINE.test(`${options[at - 1]}`) ? word.replace(/^(type=)?q35\b/, `$1${platform}`) : word,
  );
  return [...ported, ...(processor ? ['-cpu', processor] : [])];
}
