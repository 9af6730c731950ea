/** A scenario as it runs, for people: all its steps, those of backgrounds first, with the values of its row. */
import type { GherkinDocument, Pickle, PickleStep, PickleTable } from '@cucumber/messages';
import { tableLines } from './columns';

/** A line for each step, and below it its table or text. */
export function scenarioText(document: GherkinDocument, { steps }: Pickle): string[] {
  const keywords = keywordsIn(document);
  return steps.flatMap((step) => [`${keywordOf(step, keywords)}${step.text}`, ...argumentOf(step)]);
}

function keywordOf({ astNodeIds }: PickleStep, keywords: ReadonlyMap<string, string>): string {
  return astNodeIds.map((id) => keywords.get(id)).find((keyword) => keyword !== undefined) ?? '';
}

/** `Given `, `And `, by the id of the step in the document. */
function keywordsIn({ feature }: GherkinDocument): Map<string, string> {
  const children = (feature?.children ?? []).flatMap((child) => [child, ...(child.rule?.children ?? [])]);
  const steps = children.flatMap(({ background, scenario }) => [
    ...(background?.steps ?? []),
    ...(scenario?.steps ?? []),
  ]);
  return new Map(steps.map(({ id, keyword }) => [id, keyword]));
}

function argumentOf({ argument }: PickleStep): string[] {
  if (argument?.dataTable) return tableOf(argument.dataTable).map((line) => `  ${line}`);
  if (!argument?.docString) return [];
  return ['"""', ...argument.docString.content.split('\n'), '"""'].map((line) => `  ${line}`);
}

/** With columns of one width. */
const tableOf = ({ rows }: PickleTable): string[] =>
  tableLines(rows.map(({ cells }) => cells.map(({ value }) => value)));
