/** Scenarios by id, out of Cucumber's messages. features/README.md says how ids are written. */
import type { Envelope, GherkinDocument, Pickle } from '@cucumber/messages';
import { quirksKilling } from '../ledger/kill-list';

export interface Scenario {
  /** Of the pickle, by which other messages refer to it. */
  readonly pickle: string;
  /** `E820-1.2`, or `E820-1.1/3` for the third row of an Outline. */
  readonly id: string;
  readonly feature: string;
  /** The lines below the feature's name: the reason for its rules. */
  readonly about: string;
  readonly rule: string;
  readonly name: string;
  readonly uri: string;
  readonly line: number;
  /** `T1`. */
  readonly requirements: readonly string[];
  /** `CXL-3.1-9.18.1`. */
  readonly sources: readonly string[];
  /** Those that make it fail, by the kill list. */
  readonly quirks: readonly string[];
}

/** What the Gherkin document knows of a scenario, or of one row of an Outline. */
interface Origin {
  readonly feature: string;
  readonly about: string;
  readonly rule: string;
  readonly line: number;
  /** From 1; 0 if it is no row. */
  readonly row: number;
}

/** The scenarios that there are, in the order of their pickles. */
export function catalogueOf(messages: readonly Envelope[]): Scenario[] {
  const origins = new Map(
    messages.flatMap(({ gherkinDocument }) => (gherkinDocument ? originsIn(gherkinDocument) : [])),
  );
  return messages.flatMap(({ pickle }) => (pickle ? [scenarioOf(pickle, origins)] : []));
}

/** The one that a pickle of a document is. */
export function scenarioIn(document: GherkinDocument, pickle: Pickle): Scenario {
  const origins = known.get(document) ?? new Map(originsIn(document));
  known.set(document, origins);
  return scenarioOf(pickle, origins);
}

const known = new WeakMap<GherkinDocument, ReadonlyMap<string, Origin>>();

/** Those that a run has planned. */
export function plannedOf(messages: readonly Envelope[]): Scenario[] {
  const planned = new Set(messages.flatMap(({ testCase }) => testCase?.pickleId ?? []));
  return catalogueOf(messages).filter(({ pickle }) => planned.has(pickle));
}

function scenarioOf(pickle: Pickle, origins: ReadonlyMap<string, Origin>): Scenario {
  const origin = origins.get(pickle.astNodeIds.at(-1) ?? '') ?? {
    feature: pickle.uri,
    about: '',
    rule: '',
    line: 0,
    row: 0,
  };
  const tagged = (prefix: string) =>
    pickle.tags.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => name.slice(prefix.length));
  const outline = tagged('@id:').at(-1) ?? pickle.name;
  const id = origin.row > 0 ? `${outline}/${origin.row}` : outline;
  return {
    pickle: pickle.id,
    id,
    feature: origin.feature,
    about: origin.about,
    rule: origin.rule,
    name: pickle.name,
    uri: pickle.uri,
    line: origin.line,
    requirements: tagged('@thread-'),
    sources: tagged('@').filter((tag) => /^((ACPI|CXL|PCIe|PCI)-\d|QEMU-)/.test(tag)),
    quirks: quirksKilling(id),
  };
}

/** Origins by the id of the AST node that a pickle names last: its row, else its scenario. */
function originsIn({ feature }: GherkinDocument): [string, Origin][] {
  if (!feature) return [];
  const children = feature.children.flatMap(({ rule, scenario }) => [
    ...(scenario ? [{ rule: '', scenario }] : []),
    ...(rule?.children ?? []).flatMap((child) =>
      child.scenario ? [{ rule: rule?.name ?? '', scenario: child.scenario }] : [],
    ),
  ]);
  const { name, description } = feature;
  const about = description.trim().replace(/\s*\n\s*/g, ' ');
  return children.flatMap(({ rule, scenario }) => {
    const origin = (line: number, row: number): Origin => ({ feature: name, about, rule, line, row });
    const rows = scenario.examples.flatMap(({ tableBody }) => tableBody);
    return [
      [scenario.id, origin(scenario.location.line, 0)],
      ...rows.map(({ id, location }, i): [string, Origin] => [id, origin(location.line, i + 1)]),
    ];
  });
}
