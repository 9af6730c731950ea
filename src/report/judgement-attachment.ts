import type { Finding, Judgement } from '../ledger/judgement';
import type { Subject } from '../ledger/verdict';

/** By this media type reports know the attachment in which a scenario's hooks leave its verdict. */
export const JUDGEMENT_MEDIA_TYPE = 'application/vnd.cxl-conformance+json';

/** The attachment, an empty one, of a scenario that did not run because enough others had failed. */
export const LEFT_OUT_MEDIA_TYPE = 'application/vnd.cxl-conformance.left-out';

export interface JudgementAttachment extends Judgement {
  readonly subject: Subject;
  /** What its steps have shown that they did not say. */
  readonly findings: readonly Finding[];
  /** The command that started the machine. */
  readonly commandLine?: string;
  /** How many machines were started since the scenario before, in the same process. */
  readonly machines: number;
}
