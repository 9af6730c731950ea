#!/usr/bin/env node
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');

// The V8 of Node 20 optimizes code that a run is over before it pays for; later ones know better.
const THRIFTY = ['--always-sparkplug', '--interrupt-budget=400000'];
if (process.version.startsWith('v20.')) for (const flag of THRIFTY) setFlagsFromString(flag);

require('ts-node').register({ transpileOnly: true, project: join(__dirname, '../../tsconfig.json') });
require('./main.ts');
