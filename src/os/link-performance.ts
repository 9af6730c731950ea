/** What links and switches add to the way of CXL.mem. */
import type { DataType } from '../codec/acpi/hmat-locality';
import { decodeCdat, UPSTREAM_PORT } from '../codec/cxl/cdat';
import { Link } from '../codec/pci/capability';
import { PCI_EXPRESS } from '../codec/pci/express';
import { findCapability } from '../driver/capability';
import { readCdat } from '../driver/cdat';
import { isLatency } from '../driver/coordinates';
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
const PS_PER_NS = 1000;

/** Bytes. CXL r3.1 Section 4.2: the flit of links of up to 32 GT/s. */
const FLIT = 68;

/** What a part of the way adds: nanoseconds, or at most so many MB/s. Undefined where it is unknown. */
export type Stretch = (type: DataType) => number | undefined;

/** From a host bridge to the device behind `port`, part by part. Linux drivers/cxl/core/port.c: cxl_endpoint_get_perf_coordinates(). */
export async function stretchesTo(port: PciDevice, inPicoseconds: boolean): Promise<Stretch[]> {
  const link = await linkOf(port, inPicoseconds);
  const upstream = port.parent;
  if (!upstream?.parent) return [link];
  return [
    link,
    await throughSwitch(upstream, await port.portNumber()),
    ...(await stretchesTo(upstream.parent, inPicoseconds)),
  ];
}

/**
 * Linux drivers/cxl/core/pci.c: cxl_pci_get_latency(), in whole nanoseconds; those that take picoseconds for them reckon
 * with one lane. A link whose speed is none of those defined is unknown.
 */
async function linkOf(port: PciDevice, inPicoseconds: boolean): Promise<Stretch> {
  const express = await findCapability(port, PCI_EXPRESS.id);
  const { speed, width } = Link.decode(express === undefined ? 0 : await port.read(express + PCI_EXPRESS.link));
  const lane = SPEEDS[speed];
  if (!lane) return () => undefined;
  const flitTime = (lanes: number) => Math.floor((FLIT * PS_PER_S_IN_MB) / ((lane.transfers * lanes) / BITS));
  const latency = inPicoseconds ? flitTime(1) : Math.ceil(flitTime(width) / PS_PER_NS);
  const bandwidth = Math.floor((lane.transfers * lane.data * width) / BITS);
  return (type) => (isLatency(type) ? latency : bandwidth);
}

/** By the SSLBIS of the switch. Linux drivers/cxl/core/cdat.c: cxl_switch_parse_cdat() */
async function throughSwitch(upstream: PciDevice, below: number): Promise<Stretch> {
  const cdat = await readCdat(upstream);
  const told = (cdat ? decodeCdat(cdat) : []).filter((structure) => structure.kind === 'SSLBIS');
  return (type) =>
    told
      .find(
        ({ dataType }) => dataType === type || dataType === (isLatency(type) ? 'access latency' : 'access bandwidth'),
      )
      ?.paths.find(({ from, to }) => from === UPSTREAM_PORT && to === below)?.value;
}
