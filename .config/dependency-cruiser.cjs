// Imports point inward only. Tests and what only tests use may reach further.
const test = '\\.(spec|testing)\\.tsx?$|/(testing|simulation)/';

const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path: `^${from}/src`, pathNot: test },
  to: { path: '^(libs|chaincode|apps|network)/', pathNot: [from, ...allowed].map((place) => `^${place}/`).join('|') },
});

module.exports = {
  forbidden: [
    only('domain-imports-nothing', 'libs/domain'),
    only('crypto-imports-nothing', 'libs/crypto'),
    only('protocol-layer', 'libs/protocol', 'libs/domain', 'libs/crypto'),
    only('ledger-layer', 'libs/ledger', 'libs/crypto', 'libs/protocol'),
    only('chaincode-layer', 'chaincode', 'libs/domain', 'libs/crypto', 'libs/protocol'),
    only('admin-layer', 'apps/admin', 'libs/domain', 'libs/crypto', 'libs/protocol', 'libs/client'),
    only('network-layer', 'network', 'libs/protocol', 'libs/ledger', 'chaincode'),
    only('gateway-layer', 'apps/gateway', 'libs', 'chaincode', 'network'),
    {
      name: 'pure-rules',
      severity: 'error',
      comment: 'rules run in Node, the browser and the chaincode alike',
      from: { path: '^libs/(domain|protocol)/src', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'two files that need each other are one file or three',
      // A row's relation names the other row's class; TypeORM resolves it late.
      from: { pathNot: '\\.entity\\.ts$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: 'specify',
    combinedDependencies: true,
    tsConfig: { fileName: require('node:path').join(__dirname, 'tsconfig.cruise.json') },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
