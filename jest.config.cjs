const { readFileSync } = require('node:fs');

// The product's own SWC settings compile the tests too, so that both run the same code.
const { module: moduleKind, jsc } = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
const { paths, baseUrl, ...jscWithoutPaths } = jsc;

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.(spec|db-spec|e2e-spec)\\.ts$',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { module: moduleKind, jsc: jscWithoutPaths, swcrc: false, sourceMaps: 'inline' }],
    '/node_modules/.+\\.m?js$': '<rootDir>/test/support/esm-dependency-transform.cjs',
  },
  transformIgnorePatterns: [],
  moduleNameMapper: {
    '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    // Compiled dependencies import their own files with the .js ending that they are published with.
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  // Nothing is asserted by it: two suites, their servers and their processes may be at work on two busy cores.
  testTimeout: 90_000,
  maxWorkers: 2,
};
