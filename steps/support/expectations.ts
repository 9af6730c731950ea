import type { Expectation } from '../../src/ledger/judgement';
import { type Personality, quirksOfPersonality } from '../../src/ledger/personality';
import type { QuirkName } from '../../src/ledger/quirks';
import { type Findings, findFindings, knownFindings } from '../../src/target/expectations';
import type { Target } from '../../src/target/target';

/** What is expected of each scenario on a target. */
export class Expectations {
  readonly #releases: Release[];

  /** @param machine The machine under check, if scenarios are about that. */
  constructor({ personalities }: Target, machine?: readonly string[]) {
    this.#releases = personalities.map((of) => new Release(of, machine));
  }

  /** Of scenario `id`, which fails by each of `killers`. */
  for(id: string, killers: readonly QuirkName[]): Promise<Expectation[]> {
    return Promise.all(this.#releases.map((release) => release.expectation(id, killers)));
  }
}

class Release {
  readonly #quirks: ReadonlySet<QuirkName>;
  #findings: Findings | undefined;

  constructor(
    private readonly of: Personality,
    private readonly machine: readonly string[] | undefined,
  ) {
    this.#quirks = new Set(quirksOfPersonality(of));
  }

  async expectation(id: string, killers: readonly QuirkName[]): Promise<Expectation> {
    const findings = this.of.release === undefined ? [] : await this.#find(id);
    return { of: this.of, findings, quirks: killers.filter((name) => this.#quirks.has(name)) };
  }

  /** @throws Error if the suite has changed since it was started. */
  async #find(id: string) {
    this.#findings ??= knownFindings(this.of, this.machine);
    if (!this.#findings[id] && !this.machine) this.#findings = await findFindings(this.of);
    const found = this.#findings[id];
    if (!found) throw new Error(`what ${id} does on ${this.of.name} is not known: the suite has changed while it ran`);
    return found;
  }
}
