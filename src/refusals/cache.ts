/** `-numa hmat-cache`: QEMU hw/core/numa.c: parse_numa_hmat_cache(). */
import type { Option } from '../options/option';
import { parseSize } from '../options/size';
import type { Localities } from './localities';
import { refuse } from './refuse';

const LEVELS = 3;

/** Levels come in their order, each larger than the one before. @throws Refusal */
export function checkCache(option: Option, nodes: number, localities: Localities, all: readonly Option[]): void {
  const [node, level] = ['node-id', 'level'].map((key) => Number(option.value(key))) as [number, number];
  if (node >= nodes) refuse(`Invalid node-id=${node}, it should be less than ${nodes}`, option);
  if (!localities.describe(node)) {
    const rule = 'should be provided before memory side cache attributes';
    refuse(`The latency and bandwidth information of node-id=${node} ${rule}`, option);
  }
  if (level < 1 || level > LEVELS) {
    refuse(`Invalid level=${level}, it should be larger than 0 and less than or equal to ${LEVELS}`, option);
  }
  const before = all.slice(0, all.indexOf(option)).filter((each) => Number(each.value('node-id')) === node);
  const atLevel = (n: number) =>
    before.find((each) => each.value('type') === 'hmat-cache' && Number(each.value('level')) === n);
  if (atLevel(level)) {
    refuse(`Duplicate configuration of the side cache for node-id=${node} and level=${level}`, option);
  }
  if (level === 1) return;
  const smaller = atLevel(level - 1);
  if (!smaller) refuse(`Cache level=${level - 1} shall be defined first`, option);
  const [size, than] = [option, smaller].map((each) => parseSize(`${each.value('size')}`)) as [bigint, bigint];
  if (size <= than) {
    const rule = `the size of level=${level} should be larger than the size(${than}) of level=${level - 1}`;
    refuse(`Invalid size=${size}, ${rule}`, option);
  }
}
