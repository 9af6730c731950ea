require('../system/typescript.js');
require('./write-glossary.ts');
