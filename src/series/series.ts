/** A patch series: what a mailbox file or a branch holds, before anything is applied. */

export interface Patch {
  /** Without the brackets of a mail's subject. */
  readonly subject: string;
  /** Paths that it changes, as in its diff. */
  readonly files: readonly string[];
  /** How it gets into a work tree: a mail for `git am`, or a commit to check out. */
  readonly from: { readonly mail: string } | { readonly commit: string };
}

export interface Series {
  /** Of the cover letter, else of the first patch; without brackets. */
  readonly subject: string;
  /** Subject of the mail that a reply answers, with its brackets. */
  readonly answers: string;
  /** The cover letter's text; empty if there is none. */
  readonly cover: string;
  readonly patches: readonly Patch[];
  /** The commit that its author says it applies to, as named there. */
  readonly base?: string;
  /** Message-ID of the mail that a reply answers. */
  readonly messageId?: string;
}

/** Paths that the patches change, each once, sorted. */
export const filesOf = (series: Series): string[] => [...new Set(series.patches.flatMap(({ files }) => files))].sort();
