// One Jest for every package: tests run from source, so no build has to come first.
const { availableParallelism } = require('node:os');
const path = require('node:path');
const root = path.resolve(__dirname, '..');
const esmOnly = [
  '@noble',
  'jose',
  'uuidv7',
  'chinese-days',
  'fast-xml-parser',
  'fast-check',
  'pure-rand',
  '@sparticuz',
  '@nodable',
  'strnum',
  'path-expression-matcher',
  'xml-naming',
  'is-unsafe',
  'anynum',
];

const onFabric = process.env.FABRIC === '1';

module.exports = {
  rootDir: root,
  roots: ['<rootDir>/libs', '<rootDir>/chaincode', '<rootDir>/apps', '<rootDir>/network'],
  // Tests on a real Fabric network: FABRIC=1 runs them, and nothing else (npm run test:fabric).
  testMatch: onFabric ? ['**/*.fabric.spec.ts'] : ['**/*.spec.ts', '**/*.spec.tsx'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...(onFabric ? [] : ['\\.fabric\\.spec\\.ts$'])],
  modulePathIgnorePatterns: ['/dist/'],
  testEnvironment: 'node',
  testTimeout: 60_000,
  // Two at least: much of a test's time is waiting for PostgreSQL or a browser.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  globalSetup: '<rootDir>/.config/test-setup.ts',
  globalTeardown: '<rootDir>/.config/test-teardown.ts',
  moduleNameMapper: {
    '^@tallystick/chaincode/testing$': '<rootDir>/chaincode/src/testing/index.ts',
    '^@tallystick/chaincode$': '<rootDir>/chaincode/src/index.ts',
    '^@tallystick/gateway$': '<rootDir>/apps/gateway/src/index.ts',
    '^@tallystick/network/testing$': '<rootDir>/network/src/testing/index.ts',
    '^@tallystick/network$': '<rootDir>/network/src/index.ts',
    '^@tallystick/ledger/quiet-shim$': '<rootDir>/libs/ledger/src/embedded/quiet-shim.ts',
    '^@tallystick/crypto/node$': '<rootDir>/libs/crypto/src/node.ts',
    '^@tallystick/([a-z]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
          target: 'es2022',
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
};
