/** Software or an operator has ended the machine by what it did to it, or it ended by itself: nothing more can be had of it. */
export class MachineCrash extends Error {
  override readonly name: string = 'MachineCrash';
  /** What happened, without what only one machine says of it. */
  readonly brief: string;

  constructor(
    /** What ended the program that is the machine: a signal, an exit status, that it had to be ended. */
    readonly signal: string,
    details = '',
    /** Whether it ended before it was built. */
    readonly atStart = false,
  ) {
    const brief = `the machine was ended by ${signal}${atStart ? ' at its start' : ''}`;
    super(`${brief}${details && `: ${details}`}`);
    this.brief = brief;
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
