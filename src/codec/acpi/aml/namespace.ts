/** ACPI 6.5 Section 5.3: ACPI Namespace. */
import type { AmlReference, AmlValue } from './values';

export type AmlObject =
  | { readonly kind: 'device' | 'scope' | 'other' }
  | { readonly kind: 'value'; value: AmlValue }
  | { readonly kind: 'method'; readonly parameters: number; readonly from: number; readonly to: number }
  | { readonly kind: 'buffer field'; readonly field: AmlReference }
  /** A field of an operation region: what it holds only the machine knows. */
  | { readonly kind: 'register' };

/** What there is in any namespace. */
const PREDEFINED = ['\\', '\\_SB', '\\_GPE', '\\_PR', '\\_SI', '\\_TZ'];

/** Objects by path, in the order in which they were defined. Of two with one path the first stays. */
export class Namespace {
  readonly objects = new Map<string, AmlObject>(PREDEFINED.map((path) => [path, { kind: 'scope' }]));
  /** Paths that were defined more than once. */
  readonly duplicates: string[] = [];

  define(path: string, object: AmlObject): void {
    if (this.objects.has(path)) this.duplicates.push(path);
    else this.objects.set(path, object);
  }
}

/** Where `name`, as it stands in `scope`, leads by itself. */
export function join(scope: string, name: string): string {
  if (name.startsWith('\\')) return name;
  const ups = /^\^*/.exec(name)?.[0].length ?? 0;
  let from = scope;
  for (let i = 0; i < ups; i++) from = parentOf(from);
  const rest = name.slice(ups);
  if (rest === '') return from;
  return from === '\\' ? `\\${rest}` : `${from}.${rest}`;
}

/** Where `name` may be found from `scope`: a single segment is looked for in all scopes around too. Section 5.3: name search rules. */
export function candidates(scope: string, name: string): string[] {
  const paths = [join(scope, name)];
  if (/[\\^.]/.test(name)) return paths;
  for (let around = scope; around !== '\\'; ) {
    around = parentOf(around);
    paths.push(join(around, name));
  }
  return paths;
}

function parentOf(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? '\\' : path.slice(0, dot);
}
