/** What QEMU refuses when all devices are there: hw/cxl/cxl-host.c: cxl_hook_up_pxb_registers(), cxl_fmws_link_targets(). */
import { Overrun } from '../machine/crash';
import { said } from '../options/line';
import { type Request, refuse } from './refuse';
import { isOn } from './values';

/** Register blocks of host bridges that there is room for. */
const REGISTER_BLOCKS = 16;

/** Targets that releases before 8.2 have room for in a window. */
const OLD_ROOM = 8;

/** @throws Refusal, Overrun */
export function checkBridgesAndWindows({ line, quirks }: Request): void {
  const { machine, devices } = line;
  const bridges = devices.filter((device) => device.value('driver') === 'pxb-cxl');
  const cxl = isOn(said(machine, 'cxl'));
  if (bridges.length > 0 && !cxl) refuse('CXL host bridges present, but cxl=off');
  if (!cxl) return;
  const lacking = bridges.length - REGISTER_BLOCKS;
  if (lacking > 1 || (lacking === 1 && !quirks.has('host-registers-overrun'))) {
    refuse('Insufficient space for pxb cxl host register space');
  }
  const ids = new Set(bridges.map((bridge) => bridge.value('id')));
  for (const [key, id] of machine.flatMap(({ fields }) => fields)) {
    const target = /^cxl-fmw\.\d+\.targets\.(\d+)$/.exec(key);
    if (!target) continue;
    if (Number(target[1]) >= OLD_ROOM && quirks.has('window-targets-overrun'))
      throw new Overrun('window-targets-overrun');
    if (!ids.has(id)) refuse(`Could not resolve CXLFM target ${id}`);
  }
}
