#!/usr/bin/env node
/**
 * A real QEMU whose words are changed on their way, for tests: `REAL_QEMU` is started with the same options, and what it
 * says on QMP and qtest is passed on as `LIE` has it; with `LIE_AT`, at those of its starts alone, which the file `LIE_COUNT` counts.
 */
const { spawn } = require('node:child_process');
const { appendFileSync, statSync } = require('node:fs');
const { Socket } = require('node:net');
const { createInterface } = require('node:readline');

const { LIE, LIE_AT, LIE_COUNT, REAL_QEMU } = process.env;
const args = process.argv.slice(2);
let qemu;
const isProbe = args[args.indexOf('-machine') + 1] === 'none';
const QMP = 3;
const QTEST = 4;

function isTruthful() {
  if (!LIE_AT || isProbe) return false;
  appendFileSync(LIE_COUNT, '.');
  return !LIE_AT.split(',').includes(`${statSync(LIE_COUNT).size}`);
}

/** What becomes of a line that QEMU says; `request` is the line on qtest that it answers. Undefined: it is lost. */
const TOLD = {
  'another version': {
    qmp: (line) => line.replace(/"micro": \d+, "minor": \d+, "major": \d+/, '"micro": 13, "minor": 0, "major": 10'),
  },
  'no property sn': {
    qmp: (line) => line.replace(/\{[^{}]*"name": "sn"[^{}]*\}, |, \{[^{}]*"name": "sn"[^{}]*\}/, ''),
  },
  'no command qom-list': {
    qmp: (line) =>
      line.replace(
        /"return": \[\{"name": "type".*\](?=, "id")/,
        '"error": {"class": "CommandNotFound", "desc": "The command qom-list has not been found"}',
      ),
  },
  'a bit of the CEDT': { qtest: (line) => line.replace(/^OK (\S{40,})$/, (_, base64) => `OK ${flipped(base64)}`) },
  'a bit of each register': {
    qtest: (line, request) =>
      /^readl/.test(request)
        ? line.replace(/[0-9a-f]$/, (digit) => (Number.parseInt(digit, 16) ^ 1).toString(16))
        : line,
  },
  'no answer': { qtest: (line, request) => (/^readl/.test(request) ? undefined : line) },
  nothing: {},
  'a refusal': { start: 'refuse' },
  'an end at the start': { start: 'die' },
  'an end by SIGABRT': { qtest: (line, request) => (/^readl/.test(request) ? die() : line) },
}[isTruthful() ? 'nothing' : LIE];

/** A table, with a bit of its last byte changed; all else as it is. */
function flipped(base64) {
  const bytes = Buffer.from(base64, 'base64');
  const at = bytes.indexOf('CEDT');
  if (at < 0) return base64;
  bytes[at + 40] ^= 0x10;
  return bytes.toString('base64');
}

function die() {
  qemu?.kill('SIGKILL');
  process.abort();
}

if (!isProbe && TOLD.start === 'die') die();
if (!isProbe && TOLD.start === 'refuse') {
  process.stderr.write('qemu-system-x86_64: no such machine today\n');
  process.exit(1);
}

qemu = spawn(REAL_QEMU, args, { stdio: ['ignore', 'inherit', 'inherit', 'pipe', 'pipe'] });
process.on('SIGTERM', () => qemu.kill('SIGTERM'));
qemu.on('exit', (status, signal) => (signal ? process.kill(process.pid, signal) : process.exit(status)));

/** What is between the one who asks and QEMU, on a channel that both have. */
function relay(fd, change = (line) => line) {
  const asker = new Socket({ fd });
  const requests = [];
  createInterface({ input: asker }).on('line', (line) => {
    requests.push(line);
    qemu.stdio[fd].write(`${line}\n`);
  });
  createInterface({ input: qemu.stdio[fd] }).on('line', (line) => {
    const told = change(line, fd === QTEST ? requests.shift() : undefined);
    if (told !== undefined) asker.write(`${told}\n`);
  });
  asker.on('close', () => qemu.kill('SIGTERM'));
}

relay(QMP, TOLD.qmp);
if (args.some((word) => word.includes(`id=qtest,fd=${QTEST}`))) relay(QTEST, TOLD.qtest);
