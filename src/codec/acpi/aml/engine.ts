/** Loads a table of definitions and runs its methods. ACPI 6.5 Section 5.5: ACPI Source Language Reference and Sections 19, 20. */
import { DecodeError } from '../../decode-error';
import { TableHeader } from '../table';
import type { Frame, Interpreter, Method, Outcome } from './interpreter';
import { type AmlObject, candidates, Namespace } from './namespace';
import { AmlReader } from './reader';
import { run } from './statements';
import { targetAt } from './targets';
import { type AmlReference, type AmlValue, copyOf } from './values';

/** Integers of tables before revision 2 have 32 bits. Section 5.2.11.1: Differentiated System Description Table. */
const FIRST_OF_64_BITS = 2;

/** More than any method needs that does not wait for the machine. */
const STEPS = 100_000;
const DEPTH = 100;

export class Engine implements Interpreter {
  readonly namespace = new Namespace();
  /** Bits of an integer. */
  readonly width: number;
  #steps = 0;
  #depth = 0;

  /** @throws DecodeError, with the offset, for what is not understood or runs past an end */
  constructor(private readonly table: Uint8Array) {
    const { revision, length } = TableHeader.decode(table);
    if (length !== table.length) throw new DecodeError('AML', `${table.length} of ${length} bytes are there`, 0);
    this.width = revision < FIRST_OF_64_BITS ? 32 : 64;
    this.run(new AmlReader(table, TableHeader.size), table.length, { scope: '\\', args: [], locals: [] });
  }

  /** The value of the object at `path`, or what the method there yields; undefined if there is none. */
  evaluate(path: string, args: readonly AmlValue[]): AmlValue | undefined {
    const object = this.namespace.objects.get(path);
    this.#steps = 0;
    this.#depth = 0;
    if (object?.kind === 'value') return object.value;
    if (object?.kind !== 'method') return undefined;
    return this.call(path, object, args.map(copyOf), new AmlReader(this.table, object.from));
  }

  call(path: string, { from, to }: Method, args: AmlValue[], caller: AmlReader): AmlValue {
    this.enter(caller);
    const outcome = this.run(caller.from(from), to, { scope: path, args, locals: [], own: new Map() });
    this.leave();
    return typeof outcome === 'object' ? outcome.returned : 0n;
  }

  run(reader: AmlReader, end: number, frame: Frame): Outcome {
    return run(reader, end, frame, this);
  }

  targetAt(reader: AmlReader, frame: Frame): AmlReference | undefined {
    return targetAt(reader, frame, this);
  }

  find(name: string, { scope, own }: Frame): { path: string; object: AmlObject } | undefined {
    for (const path of candidates(scope, name)) {
      const object = own?.get(path) ?? this.namespace.objects.get(path);
      if (object) return { path, object };
    }
    return undefined;
  }

  define(path: string, object: AmlObject, { own }: Frame): void {
    if (own) own.set(path, object);
    else this.namespace.define(path, object);
  }

  fit = (value: bigint): bigint => BigInt.asUintN(this.width, value);

  truth = (value: boolean): bigint => (value ? this.fit(-1n) : 0n);

  /** @throws DecodeError where there is no end to it */
  enter(reader: AmlReader): void {
    this.#steps += 1;
    this.#depth += 1;
    if (this.#steps > STEPS) throw reader.error('it does not come to an end');
    if (this.#depth > DEPTH) throw reader.error('too deep');
  }

  leave(): void {
    this.#depth -= 1;
  }
}
