/** The machine has ended: by what software or an operator did to it, or by itself. Nothing more can be had of it. */
export class MachineCrash extends Error {
  override readonly name: string = 'MachineCrash';

  constructor(
    /** What ended the program that is the machine: a signal, an exit status, or that it hung. */
    readonly signal: string,
    details = '',
    /** Whether it ended before it was built. */
    public atStart = false,
  ) {
    super(`the machine was ended by ${signal}${details && `: ${details}`}`);
  }

  /** What happened, without what only one machine says of it. */
  get brief(): string {
    return `the machine was ended by ${this.signal}${this.atStart ? ' at its start' : ''}`;
  }
}

/**
 * The machine reads or overwrites memory that is not its own, so that what becomes of it is chance: that it is ended may
 * be, but another one like it goes on, and is wrong.
 */
export class Overrun extends MachineCrash {
  constructor(
    /** By which this is known. */
    readonly quirk: string,
  ) {
    super('SIGSEGV', quirk);
  }
}
