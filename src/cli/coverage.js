require('../system/typescript.js');
require('./coverage.ts');
