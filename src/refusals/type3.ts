/** `cxl-type3`: QEMU hw/mem/cxl_type3.c: cxl_setup_memory(), cxl_create_dc_regions(). */
import { propertiesOf } from '../ledger/devices';
import { Overrun } from '../machine/crash';
import { MEDIA } from '../options/backend';
import type { Option } from '../options/option';
import { parseSize } from '../options/size';
import { checkUses, linked } from './links';
import { type Request, refuse } from './refuse';
import { isOn } from './values';

const UNIT = 256n << 20n;

/** CXL r3.1 Section 8.2.9.9.9.1: a device has at most this many regions of dynamic capacity. */
const REGIONS = 8n;

const DYNAMIC = 'volatile-dc-memdev';

/** @throws Refusal, Overrun */
export function checkType3(device: Option, before: readonly Option[], request: Request): void {
  const { quirks } = request;
  const [old, persistent, volatile] = ['memdev', 'persistent-memdev', 'volatile-memdev'].map((key) =>
    linked(device, key),
  );
  const regions = BigInt(device.value('num-dc-regions') ?? 0);
  if (old !== undefined && persistent !== undefined) {
    refuse('[memdev] cannot be used with new [persistent-memdev] property', device);
  }
  if (old === undefined && persistent === undefined && volatile === undefined && regions === 0n) {
    const oneOf = quirks.has('type3-only-persistent') ? '' : 'at least one ';
    refuse(`${oneOf}memdev property must be set`, device);
  }
  if ((old ?? persistent) !== undefined && linked(device, 'lsa') === undefined) {
    const which = quirks.has('type3-only-persistent') ? '' : ' for persistent devices';
    refuse(`lsa property must be set${which}`, device);
  }
  checkUses(device, before, request);
  if (regions > 0n) checkRegions(device, regions, request);
  for (const [property, { needs }] of Object.entries(propertiesOf('cxl-type3') ?? {})) {
    if (needs && isOn(device.value(property)) && !isOn(device.value(needs.property))) refuse(needs.complaint, device);
  }
}

function checkRegions(device: Option, regions: bigint, { line, quirks }: Request): void {
  const size = (id: string) => parseSize(`${line.objects.find((object) => object.value('id') === id)?.value('size')}`);
  const dynamic = linked(device, DYNAMIC);
  if (dynamic === undefined) refuse('dynamic capacity must have a backing device', device);
  if (regions > REGIONS && !quirks.has('dynamic-regions-overrun')) {
    refuse(`a device has at most ${REGIONS} regions of dynamic capacity`, device);
  }
  const rest = size(dynamic) % (regions * UNIT);
  if (rest !== 0n) {
    const length = (size(dynamic) + regions - 1n) / regions;
    refuse(`backend size is not multiple of region len: 0x${length.toString(16)}`, device);
  }
  const statically = Object.keys(MEDIA).flatMap((key) => linked(device, key) ?? []);
  if (statically.reduce((sum, id) => sum + size(id), 0n) % UNIT !== 0n) {
    refuse(`DC region base not aligned to 0x${UNIT.toString(16)}`, device);
  }
  if (regions > REGIONS) throw new Overrun('dynamic-regions-overrun');
}
