require('../system/typescript.js');
module.exports = require('./formatter.ts');
