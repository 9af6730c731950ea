const { join } = require('node:path');

require('ts-node').register({ transpileOnly: true, project: join(__dirname, '../../tsconfig.json') });
require('./check.ts');
