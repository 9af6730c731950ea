#!/usr/bin/env node
const { join } = require('node:path');

require('ts-node').register({ transpileOnly: true, project: join(__dirname, '../../tsconfig.json') });
require('./main.ts');
