/** Words for a POSIX shell. */

/** A word as a shell takes it, quoted where it has to be. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** A command as a shell takes it. */
export const showCommand = (words: readonly string[]): string => words.map(shellWord).join(' ');
