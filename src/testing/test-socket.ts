import { Duplex } from 'node:stream';

/** For tests: a socket whose other end is the test. */
export function openTestSocket() {
  /** What was written, a chunk each. */
  const written: string[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk, _, done) {
      written.push(`${chunk}`);
      done();
    },
  });
  return { socket, written, answer: (text: string) => socket.push(text) };
}
