import { typescriptLoader } from '../lib/load-typescript.mjs';

/** The reader of sources that test/architecture has its rules from: what a document says is found as what a rule forbids. */
export const { classes, classProperty, docOf, nodes, readTree, textOf } =
  /** @type {typeof import('../../test/architecture/source-tree.js')} */ (
    typescriptLoader()('test/architecture/source-tree.ts')
  );
