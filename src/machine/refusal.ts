/** QEMU refuses to start a machine, or to carry out a command, in these words. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** Without what QEMU puts before it: its own name, and the option. */
    readonly complaint: string,
    message = complaint,
  ) {
    super(message);
  }
}
