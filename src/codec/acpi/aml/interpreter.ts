/** What the parts of the interpreter share: the objects that are defined, and the ways into the other parts. */
import type { AmlObject, Namespace } from './namespace';
import type { AmlReader } from './reader';
import type { AmlReference, AmlValue } from './values';

/** What runs: a method, or the table while it is loaded, which has no variables. */
export interface Frame {
  readonly scope: string;
  readonly args: AmlValue[];
  readonly locals: AmlValue[];
  /** What a method defines while it runs; undefined while the table is loaded. */
  readonly own?: Map<string, AmlObject>;
}

/** How a list of terms ended. */
export type Outcome = 'end' | 'break' | 'continue' | { readonly returned: AmlValue };

export type Method = AmlObject & { kind: 'method' };

export interface Interpreter {
  readonly namespace: Namespace;
  /** Bits of an integer. */
  readonly width: number;
  call(path: string, method: Method, args: AmlValue[], caller: AmlReader): AmlValue;
  find(name: string, frame: Frame): { path: string; object: AmlObject } | undefined;
  define(path: string, object: AmlObject, frame: Frame): void;
  fit(value: bigint): bigint;
  truth(value: boolean): bigint;
  /** @throws DecodeError where there is no end to it */
  enter(reader: AmlReader): void;
  leave(): void;
  run(reader: AmlReader, end: number, frame: Frame): Outcome;
  targetAt(reader: AmlReader, frame: Frame): AmlReference | undefined;
}
