import { posix } from 'node:path';
import ts from 'typescript';
import { nodes, type Source } from './source-tree';

/** A class, interface, function or constant of the tree, at the top of its file. */
export interface Declared {
  source: Source;
  node: TopLevel;
}

export type TopLevel =
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration
  | ts.TypeAliasDeclaration
  | ts.EnumDeclaration;

/**
 * Finds what a name in a file stands for, through imports and re-exports. By syntax alone: a type-checked program of the whole product
 * takes far longer.
 */
export class Declarations {
  private readonly byPath: ReadonlyMap<string, Source>;
  private readonly found = new Map<string, Declared | undefined>();
  private readonly implementers = new Map<TopLevel, Declared[]>();

  constructor(tree: readonly Source[]) {
    this.byPath = new Map(tree.map((source) => [source.path, source]));
    for (const source of tree)
      for (const statement of source.ast.statements)
        if (ts.isClassDeclaration(statement)) this.addImplementer({ source, node: statement });
  }

  /** Undefined for what no file of the tree declares at its top. */
  find(source: Source, name: string): Declared | undefined {
    const key = `${source.path} ${name}`;
    // Set before it is looked up: two files that re-export each other end here.
    if (!this.found.has(key)) {
      this.found.set(key, undefined);
      this.found.set(key, this.lookUp(source, name));
    }
    return this.found.get(key);
  }

  /** The classes that extend or implement a class or an interface. */
  implementersOf({ node }: Declared): readonly Declared[] {
    return this.implementers.get(node) ?? [];
  }

  private addImplementer(declared: Declared & { node: ts.ClassDeclaration }): void {
    for (const { expression } of (declared.node.heritageClauses ?? []).flatMap(({ types }) => types)) {
      const parent = ts.isIdentifier(expression) && this.find(declared.source, expression.text);
      if (parent) this.implementers.set(parent.node, [...(this.implementers.get(parent.node) ?? []), declared]);
    }
  }

  private lookUp(source: Source, name: string): Declared | undefined {
    for (const statement of source.ast.statements) {
      if (ts.isVariableStatement(statement)) {
        const node = statement.declarationList.declarations.find((each) => each.name.getText() === name);
        if (node) return { source, node };
      } else if (isNamedDeclaration(statement)) {
        if (statement.name?.text === name) return { source, node: statement };
      } else if (ts.isImportDeclaration(statement)) {
        const specifier = nodes(statement.importClause, ts.isImportSpecifier).find((each) => each.name.text === name);
        const from = specifier && this.imported(source, statement.moduleSpecifier);
        if (from) return this.find(from, (specifier.propertyName ?? specifier.name).text);
      } else if (ts.isExportDeclaration(statement) && statement.moduleSpecifier) {
        const specifier = nodes(statement.exportClause, ts.isExportSpecifier).find((each) => each.name.text === name);
        if (statement.exportClause && !specifier) continue;
        const from = this.imported(source, statement.moduleSpecifier);
        const found = from && this.find(from, specifier ? (specifier.propertyName ?? specifier.name).text : name);
        if (found) return found;
      }
    }
    return undefined;
  }

  private imported(source: Source, specifier: ts.Expression): Source | undefined {
    if (!ts.isStringLiteral(specifier)) return undefined;
    const path = specifier.text.startsWith('@app/')
      ? specifier.text.replace(/^@app\/([^/]+)/, 'libs/$1/src')
      : posix.join(posix.dirname(source.path), specifier.text);
    return this.byPath.get(`${path}.ts`) ?? this.byPath.get(`${path}/index.ts`);
  }
}

function isNamedDeclaration(node: ts.Node): node is Exclude<TopLevel, ts.VariableDeclaration> {
  return (
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node)
  );
}
