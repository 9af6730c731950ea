/** What the link of a port adds to the way of CXL.mem. */
import { Link, PCI_EXPRESS } from '../codec/pci/capability';
import { findCapability } from '../driver/capability';
import type { PciDevice } from '../driver/pci';

/** Of each lane, by the code of its speed: MT/s, and the share of them that is data. PCI Express Base 6.0 Section 7.5.3.8. */
const SPEEDS: Readonly<Record<number, { readonly transfers: number; readonly data: number }>> = {
  1: { transfers: 2500, data: 8 / 10 },
  2: { transfers: 5000, data: 8 / 10 },
  3: { transfers: 8000, data: 128 / 130 },
  4: { transfers: 16_000, data: 128 / 130 },
  5: { transfers: 32_000, data: 128 / 130 },
};

const BITS = 8;
const PS_PER_S_IN_MB = 1_000_000;

/** Bytes. CXL r3.1 Section 4.2: the flit of links of up to 32 GT/s. */
const FLIT = 68;

export interface LinkOfPort {
  /** Nanoseconds, with a fraction. */
  readonly latency: number;
  /** MB/s. */
  readonly bandwidth: number;
}

/**
 * Linux drivers/cxl/core/pci.c: cxl_pci_get_latency(); those that take picoseconds for nanoseconds reckon with one lane.
 * Undefined where there is no link, or none of known speed.
 */
export async function linkOf(port: PciDevice, inPicoseconds: boolean): Promise<LinkOfPort | undefined> {
  const express = await findCapability(port, PCI_EXPRESS.id);
  if (express === undefined) return undefined;
  const { speed, width } = Link.decode(await port.read(express + PCI_EXPRESS.link));
  const lane = SPEEDS[speed];
  if (!lane) return undefined;
  const wholeLink = Math.floor((FLIT * PS_PER_S_IN_MB) / ((lane.transfers * width) / BITS)) / 1000;
  const oneLane = Math.floor((FLIT * PS_PER_S_IN_MB) / (lane.transfers / BITS));
  return {
    latency: inPicoseconds ? oneLane : wholeLink,
    bandwidth: Math.floor((lane.transfers * lane.data * width) / BITS),
  };
}
