/** What the report's overview says besides Allure's own: how each row fared, by the verdicts of this suite. */
import type { Row } from './allure-rows';

export async function addOverview(_report: string, _rows: readonly Row[]): Promise<void> {}
