/** `/proc/iomem`: Linux kernel/resource.c: r_show(). */
import type { Resource } from '../machine/host';

/** @throws Error if it cannot be what a privileged reader sees. */
export function parseIomem(text: string): Resource[] {
  const roots: Resource[] = [];
  const path: { depth: number; children: Resource[] }[] = [{ depth: -1, children: roots }];
  for (const line of text.split('\n').filter(Boolean)) {
    const [, indent = '', from = '', to = '', name = ''] = /^( *)([0-9a-f]+)-([0-9a-f]+) : (.*)$/.exec(line) ?? [];
    const base = BigInt(`0x${from}`);
    const children: Resource[] = [];
    const resource = { name, base, size: BigInt(`0x${to}`) - base + 1n, children };
    while ((path.at(-1)?.depth ?? -1) >= indent.length) path.pop();
    path.at(-1)?.children.push(resource);
    path.push({ depth: indent.length, children });
  }
  return roots;
}
