#!/usr/bin/env node
const { setFlagsFromString } = require('node:v8');

// The V8 of Node 20 optimizes code that a run is over before it pays for; later ones know better.
const THRIFTY = ['--always-sparkplug', '--interrupt-budget=400000'];
if (!process.env.NOFLAGS && process.version.startsWith('v20.')) for (const flag of THRIFTY) setFlagsFromString(flag);

require('../system/code-cache.js');
require('../system/typescript.js');
require('./main.ts');
