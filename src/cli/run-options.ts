/** Which options of `run` which target uses: one that it does not use is refused, for it would be ignored. */
import type { TargetName, TargetOptions } from '../target/target';
import { UsageError } from './exit';

/** What a caller can give. */
interface Given
  extends Omit<TargetOptions, 'target' | 'quirks' | 'record' | 'unshared' | 'mended' | 'bail' | 'machine' | 'taped'> {
  readonly quirk?: readonly string[];
}

const USED: Readonly<Record<keyof Given, readonly TargetName[]>> = {
  quirk: ['simulator'],
  release: ['simulator'],
  linux: ['simulator', 'qtest'],
  platform: ['simulator', 'qtest'],
  qemu: ['qtest', 'guest'],
  without: ['qtest', 'guest'],
  guest: ['guest'],
  firmware: ['guest'],
  ssh: ['ssh'],
  identity: ['ssh'],
  allowChanges: ['ssh'],
};

/** @throws UsageError for an option that none of `targets` uses */
export function needUsed(targets: readonly TargetName[], given: Given): void {
  for (const [name, users] of entries()) {
    if (given[name] === undefined || users.some((target) => targets.includes(target))) continue;
    throw new UsageError(
      `${flag(name)} is for --target ${users.join(' and ')}, and this is --target ${targets.join(' and ')}`,
    );
  }
}

/** What a target uses of what is given; the rest is for another one of the same run. */
export function usedBy<T extends Given>(target: TargetName, given: T): T {
  const unused = new Set<string>(entries().flatMap(([name, users]) => (users.includes(target) ? [] : name)));
  return Object.fromEntries(Object.entries(given).filter(([name]) => !unused.has(name))) as T;
}

const entries = () => Object.entries(USED) as [keyof Given, readonly TargetName[]][];

const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
