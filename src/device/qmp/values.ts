import type { QmpArguments } from '../../machine/qmp';

/** Reads arguments that have been checked. */
export class Values {
  constructor(private readonly given: QmpArguments) {}

  has = (name: string): boolean => this.given[name] !== undefined;

  /** 0 if it is not given. */
  number = (name: string): number => Number(this.given[name] ?? 0);

  bigint = (name: string): bigint => BigInt((this.given[name] as bigint) ?? 0);

  text = (name: string): string => `${this.given[name] ?? ''}`;

  true = (name: string): boolean => this.given[name] === true;

  list = <T>(name: string): readonly T[] => (this.given[name] as readonly T[] | undefined) ?? [];
}
