import type { Duplex } from 'node:stream';

/** A stream of lines both ways. What is sent within one tick goes out in one write. */
export class LineSocket {
  #outgoing = '';
  #incoming = '';

  constructor(
    private readonly socket: Duplex,
    private readonly onLine: (line: string) => void,
  ) {
    socket.on('error', () => {}); // QEMU has ended, which its process tells better
    socket.setEncoding('utf8').on('data', (text: string) => this.#receive(text));
  }

  send(line: string): void {
    if (this.#outgoing === '') process.nextTick(() => this.#flush());
    this.#outgoing += `${line}\n`;
  }

  #flush(): void {
    const text = this.#outgoing;
    this.#outgoing = '';
    this.socket.write(text);
  }

  #receive(text: string): void {
    this.#incoming += text;
    if (!text.includes('\n')) return; // a part of a long line: there is no use in looking at all of it again
    const lines = this.#incoming.split('\n');
    this.#incoming = lines.pop() ?? '';
    for (const line of lines) this.onLine(line.trimEnd());
  }
}
