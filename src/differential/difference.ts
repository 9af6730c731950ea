/** What was observed of a machine, as plain values with names, so that where two machines differ has a name too. */
export type Tree = string | number | bigint | boolean | undefined | readonly Tree[] | { readonly [name: string]: Tree };

export interface Difference {
  /** Names and positions, from the outside to the inside. */
  readonly path: readonly string[];
  readonly real: string;
  readonly simulated: string;
}

/** The first place, in order, in which `real` and `simulated` differ. */
export function firstDifference(real: Tree, simulated: Tree, path: readonly string[] = []): Difference | undefined {
  if (!isBranch(real) || !isBranch(simulated)) {
    return real === simulated ? undefined : { path, real: showTree(real), simulated: showTree(simulated) };
  }
  const [ours, theirs] = [namedChildren(real), namedChildren(simulated)];
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const found = firstDifference(ours.get(name), theirs.get(name), [...path, name]);
    if (found) return found;
  }
  return undefined;
}

/** In one line; addresses and registers in hex. */
export function showTree(tree: Tree): string {
  if (tree === undefined) return 'not there';
  if (typeof tree === 'bigint') return `0x${tree.toString(16)}`;
  if (!isBranch(tree)) return `${tree}`;
  return Array.isArray(tree)
    ? `[${tree.map(showTree).join(', ')}]`
    : `{${[...namedChildren(tree)].map(([name, child]) => `${name}: ${showTree(child)}`).join(', ')}}`;
}

type Branch = readonly Tree[] | { readonly [name: string]: Tree };

const isBranch = (tree: Tree): tree is Branch => typeof tree === 'object';

const namedChildren = (tree: Branch): Map<string, Tree> =>
  new Map(Object.entries(tree).filter(([, child]) => child !== undefined));
