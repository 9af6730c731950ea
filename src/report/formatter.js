require('ts-node').register({
  transpileOnly: true,
  project: require('node:path').join(__dirname, '../../tsconfig.json'),
});
module.exports = require('./formatter.ts');
