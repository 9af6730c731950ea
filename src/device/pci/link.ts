/** What a function says of its link: PCI Express Base 6.0 Sections 7.5.3.6 to 7.5.3.8, 7.5.3.18, 7.5.3.19. QEMU hw/pci/pcie.c: pcie_cap_fill_lnk(). */
import { Link, LinkCapabilities } from '../../codec/pci/capability';
import { LinkCapabilities2, LinkControl2 } from '../../codec/pci/express';
import type { LinkFacts } from '../../ledger/facts';

export interface PortLink extends LinkFacts {
  readonly portNumber?: number;
  /** Whether it is above a link: a root or downstream port. */
  readonly downstream?: boolean;
  /** Whether an endpoint has flits of 256 bytes; of a port it goes by what is in its slot. */
  readonly largeFlits?: boolean | undefined;
}

/** Of the two ends of a link; of an end that has nothing at the other, its own. */
export const agreedLink = (above: LinkFacts, below: LinkFacts = above): LinkFacts => ({
  speed: Math.min(above.speed, below.speed),
  width: Math.min(above.width, below.width),
});

/** L0s. */
const L0S = 1;

/** Of 2.5 GT/s: no more is said of a link that is no faster. */
const SLOWEST = 1;

/** 5 GT/s: Link Capabilities can say no more, and what is faster is a list in Link Capabilities 2. */
const LISTED = 2;

export function linkRegisters({ speed, width, portNumber = 0, downstream = false, largeFlits = false }: PortLink) {
  const fast = speed > SLOWEST;
  const reports = { activeReporting: downstream && fast, bandwidthNotification: downstream && (fast || width > 1) };
  const capabilities = { speed, width, portNumber, powerManagement: L0S, ...reports };
  return {
    linkCapabilities: { value: LinkCapabilities.encode(capabilities) },
    link: { value: Link.encode({ speed, width }) },
    linkCapabilities2: { value: speed > LISTED ? LinkCapabilities2.encode({ speeds: 2 ** speed - 1 }) : 0 },
    link2: { value: LinkControl2.encode({ targetSpeed: fast ? speed : 0, flitMode: largeFlits }) },
  };
}
