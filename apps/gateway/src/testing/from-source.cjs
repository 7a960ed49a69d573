// Lets a child process of a test run the TypeScript sources, by the settings that Jest runs them with.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { transformSync } = require('@swc/core');
const { moduleNameMapper, rootDir, transform } = require('../../../../.config/jest.config.cjs');

const [[, options]] = Object.values(transform);
const named = Object.entries(moduleNameMapper).map(([pattern, target]) => [
  new RegExp(pattern),
  target.replace('<rootDir>', rootDir),
]);

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename, swcrc: false });
  module._compile(code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => {
  const found = named.find(([pattern]) => pattern.test(request));
  return resolve(found === undefined ? request : request.replace(...found), ...rest);
};
