/** The machine lacks what every machine like it has: a finding about the target. */
export class Missing extends Error {
  override readonly name = 'Missing';
}
