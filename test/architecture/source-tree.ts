import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';

/** A file of a source tree, parsed. */
export interface Source {
  /** From the root of the tree, with slashes: `libs/orders/src/order-status.ts`. */
  path: string;
  /** `libs/orders` or `apps/api`. */
  part: string;
  ast: ts.SourceFile;
}

/** Something that breaks a rule. */
export interface Finding {
  path: string;
  line: number;
  what: string;
}

/** Parses every TypeScript file of `apps/` and `libs/` of a tree, specs left out. */
export function readTree(root: string): Source[] {
  return ['apps', 'libs']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|db-spec|e2e-spec)\.ts$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const path = relative(root, file).split(sep).join('/');
      const ast = ts.createSourceFile(path, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
      return { path, part: path.split('/').slice(0, 2).join('/'), ast };
    });
}

/** All nodes of a file, or below a node, which may be missing, for which the test holds, in order. */
export function nodes<Kind extends ts.Node>(
  root: Source | ts.Node | undefined,
  test: (node: ts.Node) => node is Kind,
): Kind[] {
  const found: Kind[] = [];
  const visit = (node: ts.Node): void => {
    if (test(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  if (root) visit('ast' in root ? root.ast : root);
  return found;
}

export function finding(source: Source, node: ts.Node, what: string): Finding {
  return { path: source.path, line: source.ast.getLineAndCharacterOfPosition(node.getStart()).line + 1, what };
}

/** The call inside `@Name(…)`, for each decorator of that name on a class or a member. */
export function decoratorCalls(node: ts.HasDecorators, name: string): ts.CallExpression[] {
  return (ts.getDecorators(node) ?? [])
    .map(({ expression }) => expression)
    .filter((expression) => ts.isCallExpression(expression))
    .filter((call) => call.expression.getText() === name);
}

/** Whether a class or a member carries `@Name(…)`. */
export function hasDecorator(node: ts.HasDecorators, name: string): boolean {
  return decoratorCalls(node, name).length > 0;
}

/** Texts that are written in a file or below a node, strings and templates; what is filled into a template is an ellipsis. */
export function texts(root: Source | ts.Node): { node: ts.Node; text: string }[] {
  const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression =>
    ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  return nodes(root, isText).map((node) => ({
    node,
    text: ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
      : node.text,
  }));
}

/** The value of a property of an object literal that is written as a string. */
export function textProperty(object: ts.Expression | undefined, name: string): ts.StringLiteralLike | undefined {
  const value = property(object, name);
  return value && ts.isStringLiteralLike(value) ? value : undefined;
}

/** The value of a property of an object literal. */
export function property(object: ts.Expression | undefined, name: string): ts.Expression | undefined {
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined;
  const found = object.properties.find((each) => ts.isPropertyAssignment(each) && each.name.getText() === name);
  return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

/** A class of the tree, with the comment above it on one line. */
export interface DeclaredClass {
  name: string;
  /** What it extends. */
  parent?: string;
  path: string;
  part: string;
  node: ts.ClassDeclaration;
  doc: string;
}

export function classes(tree: readonly Source[]): DeclaredClass[] {
  return tree.flatMap((source) =>
    nodes(source, ts.isClassDeclaration).flatMap((node) => {
      const { name, heritageClauses } = node;
      if (!name) return [];
      const clause = heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
      const parent = clause?.types[0]?.expression.getText();
      return [{ name: name.text, parent, path: source.path, part: source.part, node, doc: docOf(node) }];
    }),
  );
}

/** The comment above a declaration on one line; empty when there is none. */
export function docOf(node: ts.Node): string {
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const doc = ts.getJSDocCommentsAndTags(owner).find(ts.isJSDoc);
  return (ts.getTextOfJSDocComment(doc?.comment) ?? '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The initialiser of a property of a class, without `as const`. */
export function classProperty(node: ts.ClassDeclaration, name: string): ts.Expression | undefined {
  const member = node.members.find((each) => ts.isPropertyDeclaration(each) && each.name.getText() === name);
  return member && ts.isPropertyDeclaration(member) && member.initializer ? bare(member.initializer) : undefined;
}

/** A text as it is written, `{name}` where a value is filled in; undefined for anything but a text. */
export function textOf(node: ts.Node | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  const filled = node.templateSpans.map(({ expression, literal }) => `{${nameOf(expression)}}${literal.text}`);
  return node.head.text + filled.join('');
}

function nameOf(expression: ts.Expression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '…';
}

function bare(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)
    ? bare(expression.expression)
    : expression;
}
