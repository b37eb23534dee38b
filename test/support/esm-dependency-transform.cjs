// Nest 12 and a few others ship ES modules only, which jest cannot require() before Node 24.9. This jest transformer compiles
// such dependencies (nearest package.json says "type": "module", or the file ends in .mjs) to CommonJS and leaves the rest alone.
const { createHash } = require('node:crypto');
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { transformSync, version } = require('@swc/core');

const kindOfFolder = new Map();

function isModuleFolder(folder) {
  if (!kindOfFolder.has(folder)) {
    const manifest = join(folder, 'package.json');
    const parent = dirname(folder);
    kindOfFolder.set(
      folder,
      existsSync(manifest)
        ? JSON.parse(readFileSync(manifest, 'utf8')).type === 'module'
        : parent !== folder && isModuleFolder(parent),
    );
  }
  return kindOfFolder.get(folder);
}

function isEsModule(file) {
  return file.endsWith('.mjs') || (!file.endsWith('.cjs') && isModuleFolder(dirname(file)));
}

const ownSource = readFileSync(__filename);

module.exports = {
  canInstrument: false,

  getCacheKey(source, file) {
    return createHash('sha1').update(ownSource).update(version).update(file).update(source).digest('hex');
  },

  process(source, file) {
    if (!isEsModule(file)) return { code: source };
    const { code } = transformSync(source, {
      filename: file,
      swcrc: false,
      configFile: false,
      isModule: true,
      jsc: { target: 'es2022', parser: { syntax: 'ecmascript' }, keepClassNames: true },
      module: { type: 'commonjs' },
    });
    // An ES module may declare names that the CommonJS wrapper already gives as parameters: a block of its own lets it.
    const redeclares = /\b(?:const|let|var)\s+(?:__dirname|__filename|require)\b/.test(code);
    return { code: redeclares ? `"use strict";{${code}\n}` : code };
  },
};
