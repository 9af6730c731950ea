/** The environment broke: a guest cannot be made, booted or reached. It says nothing about conformance. */
export class GuestError extends Error {
  override readonly name: string = 'GuestError';
}

/** Linux has panicked while it booted. */
export class GuestPanic extends GuestError {
  override readonly name = 'GuestPanic';

  constructor(
    readonly panic: string,
    /** Whether memory could not be had before. */
    readonly outOfMemory: boolean,
    lastLines: string,
  ) {
    super(`the guest panics while it boots: ${panic}\n${lastLines}`);
  }
}

/** A processor of the guest has stopped while it booted; another boot is likely to succeed. */
export class GuestStalled extends GuestError {
  override readonly name = 'GuestStalled';
}
