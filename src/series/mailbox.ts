/** A series in a mailbox file: as `b4 am`, `git format-patch --stdout` or a mail archive leave it. git reads the mails. */
import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { gitArguments, gitEnvironment } from './git';
import type { Patch, Series } from './series';

interface Mail {
  /** File that holds it, with its headers. */
  readonly path: string;
  /** As sent, on one line. */
  readonly subject: string;
  readonly messageId?: string;
  /** What precedes the diff. */
  readonly text: string;
  /** The diff; empty if there is none. */
  readonly diff: string;
}

/** Reads a mailbox file; mails are unpacked into `scratch`. @throws RangeError if it holds no patch, or one twice. */
export async function readMailbox(path: string, scratch: string): Promise<Series> {
  const mails = await unpacked(path, scratch);
  const patches = inOrder(mails.filter(({ diff }) => diff !== ''));
  if (patches.length === 0) throw new RangeError(`${path} holds no patch: a mailbox file is what \`b4 am\` writes`);
  const cover = mails.find((mail) => mail.diff === '' && numberOf(mail) === 0) ?? (await coverBeside(path, scratch));
  const answered = cover ?? (patches[0] as Mail);
  return {
    subject: bare(answered.subject),
    answers: answered.subject,
    cover: cover?.text ?? '',
    patches: patches.map(patchOf),
    ...baseOf([...(cover ? [cover] : []), ...patches]),
    ...(answered.messageId && { messageId: answered.messageId }),
  };
}

/** `b4 am` writes `NAME.mbx`, and the cover letter into `NAME.cover`. */
async function coverBeside(path: string, scratch: string): Promise<Mail | undefined> {
  const beside = path.replace(/\.[^./]+$/, '.cover');
  if (beside === path || !existsSync(beside)) return undefined;
  const copy = join(scratch, 'cover');
  copyFileSync(beside, copy);
  return read(copy);
}

async function unpacked(path: string, scratch: string): Promise<Mail[]> {
  const said = await execa('git', ['mailsplit', `-o${scratch}`, path], { reject: false, env: gitEnvironment() });
  if (said.exitCode !== 0) throw new RangeError(`${path} is not a mailbox file: ${said.stderr}`);
  const names = readdirSync(scratch).filter((name) => /^\d+$/.test(name));
  return Promise.all(names.sort().map((name) => read(join(scratch, name))));
}

async function read(path: string): Promise<Mail> {
  const [message, patch] = [`${path}.message`, `${path}.patch`];
  const args = gitArguments('.', ['mailinfo', '-k', '--encoding=UTF-8', message, patch]);
  const { stdout } = await execa('git', args, { inputFile: path, env: gitEnvironment(), extendEnv: false });
  const subject = /^Subject: (.*)$/m.exec(stdout)?.[1] ?? '';
  const [headers = ''] = readFileSync(path, 'latin1').split(/\r?\n\r?\n/, 1);
  const messageId = /^message-id:\s*(<[^>]+>)/im.exec(headers)?.[1];
  const text = readFileSync(message, 'utf8').trim();
  const after = readFileSync(patch, 'utf8');
  const isPatch = /^diff --git /m.test(after) || /^--- \S.*\n\+\+\+ /m.test(after);
  const parts = isPatch ? { text, diff: after } : { text: covered(text, after), diff: '' };
  return { path, subject, ...(messageId && { messageId }), ...parts };
}

/** git takes what follows a line of three dashes for the patch; in a cover letter it is text. */
const covered = (text: string, after: string): string =>
  [text, after.trim()].filter((part) => part !== '').join('\n\n');

/** I of `[PATCH I/N]`; undefined for a mail that has none. */
function numberOf({ subject }: Mail): number | undefined {
  const [, number] = /^\s*\[[^\]]*?\b(\d+)\/\d+[^\]]*\]/.exec(subject) ?? [];
  return number === undefined ? undefined : Number(number);
}

const bare = (subject: string): string => subject.replace(/^(\s*\[[^\]]*\])+\s*/, '');

function inOrder(mails: readonly Mail[]): Mail[] {
  const numbers = mails.map(numberOf);
  if (numbers.includes(undefined)) return [...mails];
  const twice = numbers.find((number, i) => numbers.indexOf(number) !== i);
  if (twice !== undefined)
    throw new RangeError(
      `the mailbox file holds two patches ${twice}: choose one version of the series, as \`b4 am\` does`,
    );
  return [...mails].sort((a, b) => Number(numberOf(a)) - Number(numberOf(b)));
}

const patchOf = ({ path, subject, diff }: Mail): Patch => ({
  subject: bare(subject),
  files: changedFiles(diff),
  from: { mail: path },
});

/** Paths on the new side of a diff, and on the old side where a file is removed. */
function changedFiles(diff: string): string[] {
  const paths = [...diff.matchAll(/^(?:---|\+\+\+) "?[ab]\/([^\t\n"]+)/gm)].map(([, path]) => `${path}`);
  const renamed = [...diff.matchAll(/^rename to (.+)$/gm)].map(([, path]) => `${path}`);
  return [...new Set([...paths, ...renamed])];
}

/** As `git format-patch --base` writes it, in whichever mail. */
function baseOf(mails: readonly Mail[]): { base?: string } {
  for (const { text, diff } of mails) {
    const [, base] = /^base-commit: ([0-9a-f]{7,64})\s*$/m.exec(`${text}\n${diff}`) ?? [];
    if (base) return { base };
  }
  return {};
}
