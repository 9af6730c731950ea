const profile = (target) => ({
  requireModule: [require.resolve('./src/system/typescript.js')],
  require: ['steps/**/*.ts'],
  format: ['./src/report/formatter.js'],
  formatOptions: { directory: `reports/${target}` },
  worldParameters: { target },
});

module.exports = {
  default: profile('simulator'),
  simulator: profile('simulator'),
  qtest: profile('qtest'),
  guest: profile('guest'),
  ssh: profile('ssh'),
};
