/** What software finds in blocks of registers, by the names that the specifications have for it. */
import type { BlockName, RegisterDump } from '../machine/registers';
import { configurationStructures } from './configuration';
import { componentStructures, deviceStructures } from './register-blocks';
import type { NamedRegister, Structure } from './structure';

export { type NamedRegister, type Structure, wordAt } from './structure';

/** What is in a whole block of registers. @throws DecodeError if it is too short. */
export const structuresIn: Record<BlockName, (bytes: Uint8Array) => Structure[]> = {
  configuration: configurationStructures,
  component: componentStructures,
  device: deviceStructures,
};

/** The structure that the register at `offset` is in, the nearest before it, and the register, if it has a name. */
export function registerAt(
  block: BlockName,
  bytes: Uint8Array,
  offset: number,
): { readonly structure: string; readonly register: NamedRegister | undefined } {
  const within = structuresIn[block](bytes)
    .filter(({ start }) => start <= offset)
    .sort((a, b) => b.start - a.start)[0];
  const register = within?.registers.find(({ at }) => within.start + at === offset);
  return { structure: within?.name ?? '', register };
}

export interface LocatedRegister {
  readonly block: BlockName;
  readonly offset: number;
  readonly register: NamedRegister;
}

/** Where the register is that has that name behind the name of its structure, such as `RAS Correctable Error Mask`. */
export function locateRegister({ blocks }: RegisterDump, name: string): LocatedRegister | undefined {
  for (const [block, bytes] of Object.entries(blocks) as [BlockName, Uint8Array][]) {
    for (const { name: structure, start, registers } of structuresIn[block](bytes)) {
      const register = registers.find((each) => `${structure} ${each.name}` === name);
      if (register) return { block, offset: start + register.at, register };
    }
  }
  return undefined;
}

/** Pairs of structures that have bytes in common, by name. */
export function overlaps(structures: readonly Structure[]): string[] {
  const sized = structures.flatMap(({ name, start, size }) =>
    size === undefined ? [] : [{ name, start, end: start + size }],
  );
  return sized.flatMap((a, i) =>
    sized.slice(i + 1).flatMap((b) => (a.start < b.end && b.start < a.end ? [`${a.name} and ${b.name}`] : [])),
  );
}
