/** The devices of a DSDT or SSDT, and what their objects evaluate to. ACPI 6.5 Section 5.3: ACPI Namespace. */
import { DecodeError } from '../decode-error';
import { Engine } from './aml/engine';
import { type AmlValue, asInteger } from './aml/values';
import { hardwareId } from './hardware-id';
import { decodeResources, type Resource } from './resources';

export class AcpiNamespace {
  readonly #engine: Engine;

  /** Of a whole table. @throws DecodeError, with the offset, for what is not understood */
  constructor(table: Uint8Array) {
    this.#engine = new Engine(table);
  }

  /** In the order of the table. */
  devices(): AcpiDevice[] {
    const objects = [...this.#engine.namespace.objects];
    return objects.flatMap(([path, { kind }]) => (kind === 'device' ? [new AcpiDevice(path, this.#engine)] : []));
  }

  /** Those with that _HID. */
  withId = (hid: string): AcpiDevice[] => this.devices().filter((device) => device.hid === hid);

  /** Paths that are defined more than once; software has the first definition, if it takes the table at all. */
  get duplicates(): readonly string[] {
    return this.#engine.namespace.duplicates;
  }
}

/** A device of a namespace. What it lacks is undefined. @throws DecodeError for what makes no sense */
export class AcpiDevice {
  constructor(
    /** `\_SB.CL0C`. */
    readonly path: string,
    private readonly engine: Engine,
  ) {}

  /** What the object of that name holds, or its method yields. */
  evaluate = (name: string, ...args: AmlValue[]): AmlValue | undefined =>
    this.engine.evaluate(`${this.path}.${name}`, args);

  has = (name: string): boolean => this.engine.namespace.objects.has(`${this.path}.${name}`);

  /** `ACPI0016`. */
  get hid(): string | undefined {
    return hardwareId(this.evaluate('_HID'));
  }

  /** `PNP0A08`: what else it is compatible with. */
  get cids(): string[] {
    const value = this.evaluate('_CID');
    return (Array.isArray(value) ? value : [value]).flatMap((each) => hardwareId(each) ?? []);
  }

  /** A number, as `_UID`, `_BBN`, `_PXM` and `_STA` are. */
  number(name: string): number | undefined {
    const value = this.evaluate(name);
    if (value === undefined) return undefined;
    const number = asInteger(value, this.engine.width);
    if (number === undefined) throw new DecodeError(`${this.path}.${name}`, 'is no number');
    return Number(number);
  }

  /** Section 6.2.2: what `_CRS` says that the device uses, or passes on. */
  get resources(): Resource[] {
    const value = this.evaluate('_CRS');
    if (value === undefined) return [];
    if (!(value instanceof Uint8Array)) throw new DecodeError(`${this.path}._CRS`, 'is no buffer');
    return decodeResources(value);
  }
}
