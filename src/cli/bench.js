require('../system/typescript.js');
require('./bench.ts');
