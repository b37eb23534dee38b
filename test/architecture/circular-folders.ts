import { posix } from 'node:path';
import ts from 'typescript';
import { type Finding, finding, nodes, type Source } from './source-tree';

interface FolderImport {
  from: string;
  to: string;
  found: Finding;
}

/**
 * Every import that leads from a folder to another one of the same app or lib from which a way leads back. A folder and the one that
 * it is in are no two. dependency-cruiser has such a rule, but counts the imports of specs, which may set up what they like.
 */
export function circularFolders(tree: readonly Source[]): Finding[] {
  const imports = tree.flatMap(importsOfFolders);
  const neighbours = new Map<string, Set<string>>();
  for (const { from, to } of imports) neighbours.set(from, (neighbours.get(from) ?? new Set()).add(to));
  return imports
    .filter(({ from, to }) => reachable(to, neighbours).has(from))
    .map(({ to, found }) => ({ ...found, what: `${to} needs this folder, too` }));
}

function importsOfFolders(source: Source): FolderImport[] {
  const from = posix.dirname(source.path);
  const statements = [...nodes(source, ts.isImportDeclaration), ...nodes(source, ts.isExportDeclaration)];
  return statements.flatMap((statement) => {
    const target = statement.moduleSpecifier;
    if (!target || !ts.isStringLiteral(target) || !target.text.startsWith('.')) return [];
    const to = posix.dirname(posix.join(from, target.text));
    if (`${from}/`.startsWith(`${to}/`) || `${to}/`.startsWith(`${from}/`)) return [];
    return [{ from, to, found: finding(source, statement, '') }];
  });
}

function reachable(start: string, neighbours: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const reached = new Set([start]);
  // A set that is walked gives out what is added meanwhile as well.
  for (const folder of reached) for (const next of neighbours.get(folder) ?? []) reached.add(next);
  return reached;
}
