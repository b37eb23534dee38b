import ts from 'typescript';
import { code, heading, table } from './markdown.mjs';
import { classes, classProperty, nodes, textOf } from './source-tree.mjs';

/** Every error that a person can meet: those of the product, and those of HTTP itself. */
export function errors({ sources, load }) {
  const { STATUS_OF_KIND } = load('apps/api/src/http/problem.ts');
  const { afterFailure } = load('libs/messaging/src/jobs/retry-policy.ts');
  const { DomainError } = load('libs/platform/src/index.ts');
  const inJob = (kind) => afterFailure(Object.assign(Object.create(DomainError.prototype), { kind }), 1);
  const found = domainErrors(sources);
  return [
    heading(
      'Errors',
      'Every answer with an error is `application/problem+json` (RFC 9457). `code` is stable and made for programs; `errors[]` names the fields.',
    ),
    '\n## Kinds\n\nThe kind decides what happens: over HTTP the status, in a job a retry or a dead letter. An error of no kind is a 500 and is retried.\n',
    table(
      ['kind', 'HTTP status', 'in a job'],
      Object.entries(STATUS_OF_KIND).map(([kind, status]) => [code(kind), status, inJob(kind).replace('_', ' ')]),
    ),
    '\n## Codes\n\nA name in braces stands for a value. `Retry-After` comes with every 503.\n',
    table(
      ['code', 'HTTP status', 'meaning', 'class'],
      found
        .map((error) => [
          code(error.code),
          error.isExported ? STATUS_OF_KIND[error.kind] : 'in jobs only',
          error.meaning,
          `${code(error.name)}, ${error.part}`,
        ])
        .sort(byCells),
    ),
    '\n## Before a use case runs\n\nAnswers of the HTTP edge itself.\n',
    table(
      ['code', 'HTTP status', 'detail'],
      edgeProblems(sources)
        .map(({ code: name, status, detail }) => [code(name), status, detail])
        .sort(byCells),
    ),
  ].join('\n');
}

function domainErrors(sources) {
  const all = classes(sources);
  const named = new Map(all.map((each) => [each.name, each]));
  const ancestors = (each) => (each ? [each, ...ancestors(named.get(each.parent))] : []);
  const inherited = (each, property) =>
    ancestors(each)
      .map(({ node }) => textOf(classProperty(node, property)))
      .find((value) => value !== undefined);
  return all
    .filter((each) => each.name !== 'DomainError' && ancestors(each).at(-1)?.name === 'DomainError')
    .map((each) => ({
      name: each.name,
      part: each.part,
      isExported: each.node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
      code: inherited(each, 'code'),
      kind: inherited(each, 'kind'),
      meaning: each.doc || messageOf(each.node),
    }));
}

/** What the constructor hands to its parent as the message. */
function messageOf(node) {
  const call = nodes(node, ts.isCallExpression).find(
    ({ expression }) => expression.kind === ts.SyntaxKind.SuperKeyword,
  );
  return textOf(call?.arguments[0]) ?? '–';
}

/** Calls `buildProblem(404, 'CODE', 'detail', …)` and the table of what the server refuses by itself. */
function edgeProblems(sources) {
  const api = sources.filter(({ part }) => part === 'apps/api');
  const built = api
    .flatMap(({ ast }) => nodes(ast, ts.isCallExpression))
    .filter((call) => call.expression.getText() === 'buildProblem')
    .map(({ arguments: [status, name, detail] }) => ({ status, name, detail }));
  const refused = api
    .flatMap(({ ast }) => nodes(ast, ts.isVariableDeclaration))
    .filter(({ name }) => name.getText() === 'TRANSPORT_PROBLEMS')
    .flatMap(({ initializer }) => initializer.properties)
    .map(({ name: status, initializer }) => ({
      status,
      name: initializer.elements[0],
      detail: initializer.elements[1],
    }));
  const problems = [...built, ...refused]
    .map(({ status, name, detail }) => ({
      status: Number(status.getText()),
      code: textOf(name),
      detail: textOf(detail),
    }))
    .filter(({ status, code: name, detail }) => Number.isInteger(status) && name !== undefined && detail !== undefined);
  // One problem may be answered in several places.
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
}

function byCells(left, right) {
  return left.join().localeCompare(right.join(), 'en');
}
