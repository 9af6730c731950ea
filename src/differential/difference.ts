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

/**
 * All places in which they differ. Where a list is longer than the other, what one of them alone has; elsewhere lists differ
 * position by position, and an element that has a kind is named by it.
 */
export function allDifferences(real: Tree, simulated: Tree, path: readonly string[] = []): Difference[] {
  if (!isBranch(real) || !isBranch(simulated)) {
    return real === simulated ? [] : [{ path, real: showTree(real), simulated: showTree(simulated) }];
  }
  if (Array.isArray(real) && Array.isArray(simulated) && real.length !== simulated.length) {
    return [...lacking(real, simulated, path), ...lacking(simulated, real, path).map(turned)];
  }
  const [ours, theirs] = [namedChildren(real), namedChildren(simulated)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name) => {
    const [a, b] = [ours.get(name), theirs.get(name)];
    return allDifferences(a, b, [...path, kindOf(a) ?? kindOf(b) ?? name]);
  });
}

/** The elements of `list` that `other` does not have. */
function lacking(list: readonly Tree[], other: readonly Tree[], path: readonly string[]): Difference[] {
  const left = other.map(showTree);
  return list.flatMap((element) => {
    const shown = showTree(element);
    const at = left.indexOf(shown);
    if (at >= 0) left.splice(at, 1);
    return at >= 0
      ? []
      : [{ path: [...path, kindOf(element) ?? 'element'], real: shown, simulated: showTree(undefined) }];
  });
}

const turned = ({ path, real, simulated }: Difference): Difference => ({ path, real: simulated, simulated: real });

const kindOf = (tree: Tree): string | undefined => {
  const kind = isBranch(tree) && !Array.isArray(tree) && (tree as { readonly kind?: Tree }).kind;
  return typeof kind === 'string' ? kind : undefined;
};

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
