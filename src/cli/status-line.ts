/** A line that says how far a command has come: overwritten each time, and shown to people alone. */

export function showStatus(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${line}\x1b[K`);
}

export const clearStatus = (): void => showStatus('');
