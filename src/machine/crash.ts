/** Software or an operator has ended the machine by what it did to it: nothing more can be had of it. */
export class MachineCrash extends Error {
  override readonly name = 'MachineCrash';

  constructor(
    /** What ended the program that is the machine. */
    readonly signal: string,
    details = '',
  ) {
    super(`the machine was ended by ${signal}${details && `: ${details}`}`);
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
