/** Parameter types of the steps about machines, their tables and their memory. */
import { defineParameterType } from '@cucumber/cucumber';
import { PLATFORM_NAMES, platformNamed } from '../../src/ledger/platforms';
import type { Region } from '../../src/machine/host';
import { accessTo } from './access';
import { anyOf } from './any-of';
import { tablesNamed } from './checksums';
import { storedData } from './data';
import { commitSettings } from './decoder-blocks';
import { decodersOf } from './decoders';
import { functionsNamed } from './functions';
import { ENTRIES, SOURCES } from './listed';
import { onlineIn } from './online';
import { PARTS } from './parts';
import { placeNamed } from './places';
import { RANGE_SETS, type RangeSet } from './range-sets';
import { nestedNamed } from './resources';

const same = (text: string): string => text;

/** Whether a Given claims that it has happened, and so checks it; a When makes it happen, whatever comes of it. */
defineParameterType({
  name: 'isOrWas',
  regexp: /is|are|was|were/,
  transformer: (text: string): boolean => text.startsWith('w'),
});

/** What a scenario lists of a machine. */
defineParameterType({ name: 'parts', regexp: anyOf(Object.keys(PARTS)), transformer: (name: string) => PARTS[name] });

/** QEMU's machine types that have CXL. */
defineParameterType({ name: 'platform', regexp: anyOf(PLATFORM_NAMES), transformer: platformNamed });

/** `accepted`: QEMU starts; `refused`: it exits with an error, by whatever words or by these: `refused: Target not set`. */
defineParameterType({ name: 'outcome', regexp: /accepted|refused(?:: .+)?/, transformer: same });
defineParameterType({ name: 'reuse', regexp: /removed|reused/, transformer: same });
defineParameterType({ name: 'repeated', regexp: /targets of a window|more host bridges/, transformer: same });

/** Who describes parts of the machine. */
defineParameterType({ name: 'source', regexp: anyOf(SOURCES), transformer: same });
defineParameterType({ name: 'entries', regexp: anyOf(ENTRIES), transformer: same });

/** All ranges of a kind, `a fixed memory window`; undefined for `another` of the same kind. */
defineParameterType({
  name: 'ranges',
  regexp: RegExp(`(?:a )?(?:${Object.keys(RANGE_SETS).join('|')})|another`),
  transformer: (text: string): RangeSet | undefined => RANGE_SETS[text.replace(/^a /, '')],
});

defineParameterType({
  name: 'howMany',
  regexp: /no|\d+/,
  transformer: (text: string): number => (text === 'no' ? 0 : Number(text)),
});

/** Who describes RAM: E820, or whichever map reaches the operating system. */
defineParameterType({ name: 'memoryMap', regexp: /E820|the memory map/, transformer: same });

/** Functions and host bridges: `any function`, `each function`, or one by its id. */
defineParameterType({
  name: 'functions',
  regexp: /(?:any|each) function|[a-z][\w.-]*/,
  transformer: functionsNamed,
});

/** Where data are stored: `the second region`, `node 1`, `256M of window 0`, `the addresses of the region`. */
defineParameterType({
  name: 'place',
  regexp: /(?:the addresses of )?the (?:\w+ )?region|node \d+|\w+ of window \d+/,
  transformer: placeNamed,
});

defineParameterType({
  name: 'yields',
  regexp: /yields?|do(?:es)? not yield/,
  transformer: (text: string) => !text.includes('not'),
});

/** `the data of the first region`; `the data interleaved at 4K`; `64 bytes of 0xab`. */
defineParameterType({
  name: 'data',
  regexp: /the data(?: of the \w+ region)?(?: interleaved at \w+)?|\d+ bytes of 0x[0-9a-f]+/,
  transformer: storedData,
});
defineParameterType({ name: 'every', regexp: /every|no/, transformer: same });

/** Memory of a NUMA node: all of it, or that of a region. */
defineParameterType({
  name: 'memory',
  regexp: /no memory|\w+ of memory|(?:\w+ of )?the region's memory/,
  transformer: onlineIn,
});

/** Whether a region was created, and whether the step claims that. */
defineParameterType({ name: 'creation', regexp: /is created|was created|was refused/, transformer: same });

defineParameterType({
  name: 'regionState',
  regexp: /enabled|persistent|volatile/,
  transformer: (text: string): Partial<Region> =>
    text === 'enabled' ? { state: 'enabled' } : { type: text === 'volatile' ? 'ram' : 'pmem' },
});

defineParameterType({
  name: 'decoders',
  regexp: /no decoder|one decoder of each of [a-z][\w.-]*(?:, [a-z][\w.-]*)*/,
  transformer: decodersOf,
});

/** How processors reach memory. */
defineParameterType({
  name: 'access',
  regexp: /to the region|to node \d+|from domain \d+ to domain \d+ by the HMAT/,
  transformer: accessTo,
});

defineParameterType({
  name: 'qosClass',
  regexp: /no QoS class|QoS class \d+/,
  transformer: (text: string): number | undefined => (text.startsWith('no') ? undefined : Number(text.slice(10))),
});

/** What a window holds: `a region, a dax device and System RAM (kmem)`. */
defineParameterType({
  name: 'nested',
  regexp:
    /a (?:Reserved resource|region)(?: of soft reserved memory)?(?:(?:, | and )(?:a dax device|System RAM(?: \(kmem\))?))*/,
  transformer: nestedNamed,
});

/** What becomes of a decoder. */
defineParameterType({
  name: 'commit',
  regexp: /is committed|was committed|was programmed/,
  transformer: same,
});
defineParameterType({ name: 'commitSettings', regexp: /(?:, with [\w ]+)?/, transformer: commitSettings });

defineParameterType({ name: 'one', regexp: /one working|no/, transformer: same });
defineParameterType({ name: 'granted', regexp: /grants|reports/, transformer: same });
defineParameterType({
  name: 'pxm',
  regexp: /absent|\d+/,
  transformer: (text: string): number | undefined => (text === 'absent' ? undefined : Number(text)),
});

/** By the specification that defines it, or by its UUID. */
defineParameterType({
  name: 'interface',
  regexp: /the (?:PCI|CXL) interface|interface [\w-]+/,
  transformer: (text: string): string => text.split(' ')[1] ?? '',
});

/** Tables with a checksum. */
defineParameterType({
  name: 'tables',
  regexp: /each ACPI table|the CDAT of [a-z][\w.-]*|the [A-Z]{4}/,
  transformer: tablesNamed,
});
