/** The environment broke: a guest cannot be made, booted or reached. It says nothing about conformance. */
export class GuestError extends Error {
  override readonly name: string = 'GuestError';
}

/** Linux has run out of memory while it booted. */
export class GuestOutOfMemory extends GuestError {
  override readonly name = 'GuestOutOfMemory';
}

/** A processor of the guest has stopped while it booted; another boot is likely to succeed. */
export class GuestStalled extends GuestError {
  override readonly name = 'GuestStalled';
}
