/** What QEMU refuses while it reads its options, whatever they are about: util/keyval.c, util/qemu-option.c. */
import type { Option } from '../options/option';
import { type Request, refuse } from './refuse';

const IDENTIFIER = /^[a-zA-Z][\w.-]*$/;

const KEY = /^[a-zA-Z_][\w.-]*$/;

/** A list in dotted keys: what precedes the number, and the number. */
const ITEM = /^(.*?)\.(\d+)(?=\.|$)/;

/** @throws Refusal */
export function checkSyntax({ line }: Request): void {
  const lists = new Set<string>();
  for (const option of line.machine) {
    const misspelt = option.flags.find((flag) => !KEY.test(flag));
    if (misspelt !== undefined) refuse(`Invalid parameter '${misspelt}'`, option);
    for (const flag of option.flags) refuse(`Expected '=' after parameter '${flag}'`, option);
    checkListsOnce(option, lists);
    checkLists(option);
  }
  const ids = new Set<string>();
  for (const device of line.devices) {
    const id = device.value('id');
    if (id === undefined) continue;
    if (!IDENTIFIER.test(id)) refuse("Parameter 'id' expects an identifier", device);
    if (ids.has(id)) refuse(`Duplicate ID '${id}' for device`, device);
    ids.add(id);
  }
}

/** Each list has an item 0, and none is left out. */
function checkLists(option: Option): void {
  const items = new Set(option.keys.flatMap(itemsOf));
  const lists = new Set([...items].map((item) => item.replace(/\.\d+$/, '')));
  for (const list of lists) {
    const numbers = [...items].filter((item) => ITEM.exec(item)?.[1] === list || item.startsWith(`${list}.`));
    const own = numbers.flatMap((item) => item.slice(list.length).match(/^\.(\d+)$/)?.[1] ?? []).map(Number);
    const missing = own.map((_, n) => n).find((n) => !own.includes(n));
    if (missing !== undefined) refuse(`Parameter '${list}.${missing}' missing`, option);
  }
}

/** `a.0` and `a.0.b.1` of `a.0.b.1`. */
function itemsOf(key: string): string[] {
  const parts = key.split('.');
  return parts.flatMap((part, n) => (n > 0 && /^\d+$/.test(part) ? [parts.slice(0, n + 1).join('.')] : []));
}

/** A list is all in one option: QEMU can merge keys, but not items. */
function checkListsOnce(option: Option, before: Set<string>): void {
  const lists = new Set(option.keys.flatMap((key) => ITEM.exec(key)?.[1] ?? []));
  for (const list of lists) {
    if (before.has(list)) refuse(`Parameters '${list}.*' used inconsistently`, option);
    before.add(list);
  }
}
