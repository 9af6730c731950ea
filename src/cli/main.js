#!/usr/bin/env node
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');

// The V8 of Node 20 optimizes code that a run is over before it pays for; later ones know better.
const THRIFTY = ['--always-sparkplug', '--interrupt-budget=400000'];
if (process.version.startsWith('v20.')) for (const flag of THRIFTY) setFlagsFromString(flag);

// Whatever else loads ts-node, from whichever folder; and its cache is not left where temporary files are.
process.env.TS_NODE_PROJECT ??= join(__dirname, '../../tsconfig.json');
process.env.V8_COMPILE_CACHE_CACHE_DIR ??= join(__dirname, '../../node_modules/.cache/cxl-conformance/v8');

require('../system/typescript.js');
require('./main.ts');
