/** Version of this suite. */
export function suiteVersion(): string {
  const { version } = require('../../package.json') as { version: string };
  return version;
}
