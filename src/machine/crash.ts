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
