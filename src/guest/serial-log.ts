import { type FileHandle, open } from 'node:fs/promises';

/** What a guest says on its serial line. It can still be read when QEMU has ended and its directory is gone. */
export class SerialLog {
  #whole: Promise<string> | undefined;

  private constructor(
    private readonly file: FileHandle,
    ended: Promise<unknown>,
  ) {
    void ended.then(() => {
      this.#whole = this.#read().finally(() => this.file.close());
    });
  }

  /** The log in that file, which there has to be, until what `ended` stands for has ended. */
  static async follow(path: string, ended: Promise<unknown>): Promise<SerialLog> {
    return new SerialLog(await open(path), ended);
  }

  /** All of it so far. */
  text = (): Promise<string> => this.#whole ?? this.#read();

  async #read(): Promise<string> {
    const { size } = await this.file.stat();
    const bytes = Buffer.alloc(size);
    await this.file.read(bytes, 0, size, 0);
    return bytes.toString();
  }
}

export const lastLines = (log: string, count = 10): string => log.trimEnd().split('\n').slice(-count).join('\n');
