/** Which feature files a command line can mean, found without reading them as Gherkin, which takes most of a short run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Of the features below `root`, those with a tag that begins like one of `prefixes`, or that a prefix begins with, as the
 * row of an Outline does; all if a prefix fits no tag at all, for what is to be said of it then depends on all.
 */
export function featuresNaming(root: string, prefixes: readonly string[]): string[] {
  const features = readdirSync(join(root, 'features'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.feature'))
    .map((name) => join('features', name))
    .sort();
  const tagged = features.map((uri) => ({ uri, tags: tagsIn(readFileSync(join(root, uri), 'utf8')) }));
  const found = prefixes.map((prefix) =>
    tagged.filter(({ tags }) => tags.some((tag) => tag.startsWith(prefix) || prefix.startsWith(tag))),
  );
  if (found.some(({ length }) => length === 0)) return features;
  const named = new Set(found.flat().map(({ uri }) => uri));
  return features.filter((uri) => named.has(uri));
}

const tagsIn = (text: string): string[] => [...text.matchAll(/@(?:id:)?([^\s@]+)/g)].map(([, tag = '']) => tag);
