import { resolve } from 'node:path';
import { makeAllureReport } from '../report/allure-report';
import { EXIT } from './exit';

/** Makes the Allure report of the runs below `directory`, and says where it is. */
export async function report(directory: string): Promise<number> {
  console.log(await makeAllureReport(resolve(directory)));
  return EXIT.asExpected;
}
