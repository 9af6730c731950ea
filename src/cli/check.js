require('../system/typescript.js');
require('./check.ts');
