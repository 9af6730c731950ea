/** How runs fared, in numbers. */
import { VERDICTS } from '../ledger/verdict';
import type { Column } from './content';
import type { Html } from './html';
import { table } from './page';

export const totalsTable = (columns: readonly Column[]): Html =>
  table(
    ['run', 'date', ...VERDICTS],
    columns.map(({ description, started, totals }) => [
      description,
      started.slice(0, 10),
      ...VERDICTS.map((verdict) => totals[verdict]),
    ]),
  );
