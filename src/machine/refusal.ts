/** There is no such machine: QEMU refuses to start it, in these words. */
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
