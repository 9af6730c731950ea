/** How often a start may fail before any has succeeded. */
const TRIES = 2;

/**
 * `start`, which after {@link TRIES} failures of that class is not retried unless it has ever succeeded: where no
 * guest boots, waiting as long as a boot may take for each scenario would take hours.
 */
export function unlessHopeless<A, B>(start: (of: A) => Promise<B>, failure: new (message: string) => Error) {
  let failures = 0;
  let reason = '';
  return async (of: A): Promise<B> => {
    if (failures >= TRIES) throw new failure(`not retried after ${TRIES} failures: ${reason}`);
    try {
      const started = await start(of);
      failures = Number.NEGATIVE_INFINITY;
      return started;
    } catch (error) {
      if (error instanceof failure) {
        failures += 1;
        reason = error.message;
      }
      throw error;
    }
  };
}
