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
 * The machine overwrites memory that is not its own. What becomes of it is chance: this is what often does, but another
 * one like it may end otherwise, be refused, or go on with what it has overwritten.
 */
export class Overrun extends MachineCrash {
  constructor(
    /** By which this is known. */
    readonly quirk: string,
  ) {
    super('SIGSEGV', quirk);
  }
}
