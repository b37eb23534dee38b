import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../lib/environment.mjs';

/** Every source file of the product with its syntax tree: `{ path, part, ast }`; `part` is such as `libs/orders`. */
export function readSources() {
  return ['apps', 'libs']
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const path = relative(ROOT, file).split(sep).join('/');
      const ast = ts.createSourceFile(path, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
      return { path, part: path.split('/').slice(0, 2).join('/'), ast };
    });
}

/** All nodes below a node for which the test holds, in order. */
export function nodes(root, test) {
  const found = [];
  const visit = (node) => {
    if (test(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Every class of the product: `{ name, parent, path, part, node, doc }`. */
export function classes(sources) {
  return sources.flatMap(({ ast, path, part }) =>
    nodes(ast, ts.isClassDeclaration)
      .filter((node) => node.name)
      .map((node) => ({ name: node.name.text, parent: parentOf(node), path, part, node, doc: docOf(node) })),
  );
}

/** The comment above a declaration on one line; empty when there is none. */
export function docOf(node) {
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const doc = ts.getJSDocCommentsAndTags(owner).find(ts.isJSDoc);
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? '';
  return text
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The initialiser of a property of a class, without `as const`. */
export function classProperty(node, name) {
  const member = node.members.find((each) => ts.isPropertyDeclaration(each) && each.name.getText() === name);
  return member?.initializer && bare(member.initializer);
}

/** The initialiser of a property of an object literal. */
export function objectProperty(node, name) {
  const found = node?.properties?.find((each) => ts.isPropertyAssignment(each) && each.name.getText() === name);
  return found && bare(found.initializer);
}

/** A text as it is written, `{name}` where a value is filled in; undefined for anything but a text. */
export function textOf(node) {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  return (
    node.head.text +
    node.templateSpans.map(({ expression, literal }) => `{${nameOf(expression)}}${literal.text}`).join('')
  );
}

function nameOf(expression) {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '…';
}

function bare(expression) {
  return ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)
    ? bare(expression.expression)
    : expression;
}

function parentOf(node) {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  return clause?.types[0].expression.getText();
}
