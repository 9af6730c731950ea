/** The environment broke: a guest cannot be made, booted or reached. It says nothing about conformance. */
export class GuestError extends Error {
  override readonly name = 'GuestError';
}
