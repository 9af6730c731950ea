import { readFileSync } from 'node:fs';

/** The bytes of a `.hex` file beside the codec: hexadecimal digits, and comments that say how they were captured. */
export const captured = (path: string): Buffer =>
  Buffer.from(readFileSync(path, 'utf8').replace(/^#.*$|\s/gm, ''), 'hex');
