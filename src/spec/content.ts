/** What the pages are made of. */
import type { Verdict } from '../ledger/verdict';
import type { DefectReport } from '../report/defect-report';
import type { View } from '../report/machine-picture';
import type { Totals } from '../report/verdicts';

export interface Content {
  readonly features: readonly Feature[];
  /** Runs and statements, the simulator first. */
  readonly columns: readonly Column[];
  /** What releases do wrong, as it can be reported. */
  readonly defects: readonly DefectReport[];
  /** Drawings of machines by name, as SVG. */
  readonly pictures: ReadonlyMap<string, string>;
}

/** A feature file. */
export interface Feature {
  /** Folder of the file. */
  readonly area: string;
  /** Its page. */
  readonly page: string;
  readonly title: string;
  /** The reason for its rules. */
  readonly about: string;
  readonly uri: string;
  readonly background: readonly Step[];
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly id: string;
  readonly page: string;
  readonly text: string;
  readonly line: number;
  readonly background: readonly Step[];
  readonly scenarios: readonly SpecScenario[];
  /** `T1`. */
  readonly requirements: readonly string[];
  /** `CXL-3.1-9.18.1`, `QEMU-hw/i386/pc.c`. */
  readonly sources: readonly string[];
  /** By which some of its scenarios fail. */
  readonly quirks: readonly string[];
}

/** A scenario, or an outline with its rows. */
export interface SpecScenario {
  readonly id: string;
  readonly name: string;
  readonly line: number;
  readonly steps: readonly Step[];
  readonly examples: readonly Examples[];
  /** Of what is run: its own, or those of its rows. */
  readonly ids: readonly string[];
  readonly machines: readonly Machine[];
}

export interface Step {
  readonly keyword: string;
  readonly text: string;
  readonly table?: readonly (readonly string[])[];
  readonly block?: string;
}

export interface Examples {
  readonly name: string;
  readonly heading: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[];
}

/** A drawing, and what is run on such a machine. */
export interface Machine {
  readonly picture: string;
  readonly views: readonly View[];
  readonly ids: readonly string[];
}

/** A run of all scenarios, or a statement made of one. */
export interface Column {
  readonly name: string;
  /** For people: short, and whole. */
  readonly label: string;
  readonly description: string;
  readonly target: string;
  readonly qemu?: string;
  /** When it began. */
  readonly started: string;
  readonly totals: Totals;
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

export interface Outcome {
  readonly verdict: Verdict;
  readonly quirk?: string;
  /** The first line. */
  readonly reason?: string;
}
