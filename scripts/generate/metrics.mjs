import ts from 'typescript';
import { Problem } from '../lib/problem.mjs';
import { code, heading, table } from './markdown.mjs';
import { classes, nodes, objectProperty, textOf } from './sources.mjs';

const PROCESSES = ['api', 'worker', 'scheduler'];
const KINDS = ['Counter', 'Gauge', 'Histogram', 'Summary'];

/** Every metric of the product and the processes that count it. */
export function metrics({ sources }) {
  const counting = new Map(PROCESSES.map((process) => [process, filesInUse(sources, process)]));
  const rows = sources.flatMap(({ ast, path }) =>
    nodes(ast, ts.isNewExpression)
      .filter(({ expression }) => KINDS.includes(expression.getText()))
      .map(({ expression, arguments: [options] }) => {
        const name = textOf(objectProperty(options, 'name'));
        const countedBy = PROCESSES.filter((process) => counting.get(process)?.has(path));
        if (countedBy.length === 0) throw new Problem(`No process uses ${path}, so nobody counts ${name}.`);
        return [
          code(name),
          expression.getText().toLowerCase(),
          (objectProperty(options, 'labelNames')?.elements ?? []).map((label) => code(textOf(label))).join(' ') || '–',
          countedBy.join(', '),
          textOf(objectProperty(options, 'help')),
        ];
      }),
  );
  return [
    heading(
      'Metrics',
      'In Prometheus format at `/metrics` of the API, the worker and the scheduler. Names end in their unit; labels are bounded. A process also lists metrics that it never counts, because it shares the code; the column "counted by" says who counts.',
    ),
    table(
      ['metric', 'kind', 'labels', 'counted by', 'meaning'],
      rows.sort((left, right) => (left[0] < right[0] ? -1 : 1)),
    ),
    "\nEvery process also has the figures of Node itself, such as `process_resident_memory_bytes` and `nodejs_eventloop_lag_p99_seconds`: prom-client's default metrics.\n",
  ].join('\n');
}

/**
 * The files whose code runs in a process: its app's own, and every file with a class that is reached from there: injected, made
 * with `new`, extended, named by a static method of a module that the app calls (`withSubscriptions`), or provided by a module
 * although nobody injects it, which means that it does its work by being there. And the files of all functions and constants
 * that one of these imports.
 */
function filesInUse(sources, process) {
  const all = classes(sources);
  const named = new Map(all.map((each) => [each.name, each]));
  const values = new Map(exportedValues(sources).map((each) => [each.name, each]));
  const needed = (node) => [
    ...classesNeededBy(node),
    ...importedInto(node.getSourceFile()).filter((name) => values.has(name)),
  ];
  const injected = new Set(all.flatMap(({ node }) => injectedInto(node)));
  const own = sources.filter(({ part }) => part === `apps/${process}`);
  const files = new Set(own.map(({ path }) => path));
  const waiting = own.flatMap(({ ast }) => [
    ...needed(ast),
    ...namedByModules(ast, named),
    ...providedByModules(ast, named, sources).filter((name) => !injected.has(name)),
  ]);
  const seen = new Set();
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    const found = named.get(name) ?? values.get(name);
    if (!found || seen.has(name)) continue;
    seen.add(name);
    files.add(found.path);
    waiting.push(...needed(found.node));
  }
  return files;
}

/** Functions and constants; each stands for the whole file that exports it. */
function exportedValues(sources) {
  return sources.flatMap(({ ast, path }) =>
    ast.statements
      .filter((statement) => statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
      .flatMap((statement) =>
        ts.isVariableStatement(statement) ? [...statement.declarationList.declarations] : statement,
      )
      .filter((each) => ts.isFunctionDeclaration(each) || ts.isVariableDeclaration(each))
      .map(({ name }) => ({ name: name.getText(), path, node: ast })),
  );
}

function importedInto(ast) {
  return nodes(ast, ts.isImportSpecifier).map(({ name, propertyName }) => (propertyName ?? name).text);
}

function classesNeededBy(node) {
  const made = nodes(node, ts.isNewExpression).map(({ expression }) => expression.getText());
  const extended = nodes(node, ts.isClassDeclaration).flatMap(({ heritageClauses = [] }) =>
    heritageClauses.flatMap(({ types }) => types.map(({ expression }) => expression.getText())),
  );
  return [...injectedInto(node), ...made, ...extended];
}

function injectedInto(node) {
  return nodes(node, ts.isConstructorDeclaration).flatMap(({ parameters }) =>
    parameters.flatMap(({ type }) => type?.getText() ?? []),
  );
}

/** `PlatformModule.for(…)` and the like: everything that the static method names, and what that names in turn. */
function namedByModules(node, named) {
  return nodes(node, ts.isCallExpression).flatMap(({ expression }) => {
    if (!ts.isPropertyAccessExpression(expression)) return [];
    const module = named.get(expression.expression.getText());
    const method = module?.node.members.find(
      (member) => ts.isMethodDeclaration(member) && member.name.getText() === expression.name.text,
    );
    if (!method || !module.name.endsWith('Module')) return [];
    return [...identifiersIn(method), ...namedByModules(method, named)];
  });
}

/** The classes in the decorators of the modules that a file imports. */
function providedByModules(ast, named, sources) {
  return nodes(ast, ts.isImportSpecifier)
    .map(({ name }) => named.get(name.text))
    .filter((module) => module?.name.endsWith('Module'))
    .flatMap(({ node, path }) => {
      const file = sources.find((source) => source.path === path).ast;
      const lists = new Map(
        nodes(file, ts.isVariableDeclaration).map((list) => [list.name.getText(), identifiersIn(list)]),
      );
      const provided = (ts.getDecorators(node) ?? []).flatMap(identifiersIn);
      return provided.flatMap((name) => lists.get(name) ?? [name]);
    });
}

function identifiersIn(node) {
  return nodes(node, ts.isIdentifier).map(({ text }) => text);
}
