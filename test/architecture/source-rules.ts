import * as nest from '@nestjs/common';
import ts from 'typescript';
import { uncountedCasts } from './casts';
import { circularFolders } from './circular-folders';
import { longTrips } from './request-trips';
import {
  decoratorCalls,
  type Finding,
  finding,
  hasDecorator,
  nodes,
  property,
  type Source,
  textProperty,
  texts,
} from './source-tree';

/** What dependency-cruiser cannot see: rules about what is written in a file, found in its syntax tree. */
type SourceRule = (tree: readonly Source[]) => Finding[];

const HTTP_NAMES = new Set([
  'HttpStatus',
  ...Object.entries(nest)
    .filter(([, value]) => isHttpException(value))
    .map(([name]) => name),
]);
const VAGUE = /^(utils?|common|helpers?|types|interfaces|misc|shared|mappers?|base)$/;
const RELATIONS = ['OneToOne', 'OneToMany', 'ManyToOne', 'ManyToMany'];
const LIFECYCLE =
  /^(onModuleInit|onModuleDestroy|onApplicationBootstrap|onApplicationShutdown|beforeApplicationShutdown)$/;
const DEPENDENCIES_MAX = 5;
/** Where a part of an app may make principals: one file, by its name. */
const PRINCIPAL_FILE = /^apps\/.*\/(current-)?principals?\.ts$/;
const WHO = /^(actor|principal|changedBy|processedBy|createdBy|resolvedBy)$/;
/** Names of our own that gave way to the field's: docs/glossary.md maps them. */
const REPLACED_WORDS =
  /^(AheadOfStock|OvertakenError|(Expected|Decided|Open|Planned|Locked)Placements|ExpectedReservations|PlacementIntake|MovementIntake|MoveOrders|OrderMove|MoveOutcome|IntroduceProducts|ReviseProduct|UnheldLevel|mayBeWaitedFor|\w+Processor|QueuePublisher|QueueWorkers|(Worker)?Pulse|BatchIntake|Lanes|LanesOptions|PlaceInLine|InLine(Since|Oldest)?|LineRate|LeftLineWithin|HoldingOrder|HeldStock|HeldReservation|HoldsStock|TakeStock|(Lock|Find)HeldBy)$/i;
const STATE_WRITERS = [
  { table: 'orders.orders', column: 'status', file: 'libs/orders/src/transitions/order-transitions.repository.ts' },
  { table: 'orders.order_batches', column: 'status', file: 'libs/orders/src/bulk/order-batches.repository.ts' },
  { table: 'inventory.reservations', column: 'state', file: 'libs/inventory/src/stock-changes.ts' },
  {
    table: 'messaging.dead_letters',
    column: 'resolution',
    file: 'libs/messaging/src/dead-letters/resolve-dead-letter.ts',
  },
];
/** What has words of its own that are spelled like a state: outcomes of requests, ends of streams, the jobs of BullMQ, who is let in. */
const OTHER_VOCABULARIES = new Set(['result', 'cause', 'getJobCounts', 'authMode', 'AUTH_MODE', 'AUTH_MODES']);

export const SOURCE_RULES: Record<string, SourceRule> = {
  /** Two classes that need each other are one class, or three. */
  'no-forward-ref': (tree) => identifiers(tree, (name) => name === 'forwardRef'),

  /**
   * One word, one meaning: a name that was replaced does not come back beside its successor. What clients know by its name keeps it: the
   * client is generated from the API's document.
   */
  'replaced-words-stay-out': (tree) =>
    identifiers(
      tree.filter(({ part }) => part !== 'libs/client'),
      (name) => REPLACED_WORDS.test(name),
    ),

  /** A lib throws a DomainError; the one filter in apps/api makes an HTTP answer of it. */
  'no-http-exceptions-in-libs': (tree) => identifiers(inLibs(tree), (name) => HTTP_NAMES.has(name)),

  /** A request scope builds the whole tree of providers again for every request. */
  'no-request-scope': (tree) =>
    inEach(tree, ts.isPropertyAccessExpression, (access) =>
      access.getText() === 'Scope.REQUEST' ? 'the request scope' : undefined,
    ),

  /** What is everywhere hides who uses what. */
  'global-modules-only-in-platform': (tree) =>
    inEach(
      tree.filter(({ part }) => part !== 'libs/platform'),
      ts.isClassDeclaration,
      (declaration) => (hasDecorator(declaration, 'Global') ? '@Global outside of libs/platform' : undefined),
    ),

  /** One module per lib and per app: the module says what the part is made of, on one screen. */
  'one-module-per-part': (tree) => {
    const seen = new Set<string>();
    return inEach(
      tree.filter(({ part }) => part !== 'libs/platform'),
      ts.isClassDeclaration,
      (declaration, { part }) => {
        if (!hasDecorator(declaration, 'Module')) return undefined;
        return seen.has(part) ? `a second module of ${part}` : void seen.add(part);
      },
    );
  },

  /** What another context provides comes with its module: a second instance of it would have a state of its own. */
  'modules-provide-their-own': (tree) =>
    inLibs(tree).flatMap((source) => {
      const foreign = new Set(
        nodes(source, ts.isImportSpecifier)
          .filter(({ parent }) => (parent.parent.parent.moduleSpecifier as ts.StringLiteral).text.startsWith('@app/'))
          .map(({ name }) => name.text),
      );
      return nodes(source, ts.isClassDeclaration)
        .flatMap((declaration) => decoratorCalls(declaration, 'Module'))
        .map(({ arguments: [options] }) => property(options, 'providers'))
        .flatMap((providers) => (providers && ts.isArrayLiteralExpression(providers) ? [...providers.elements] : []))
        .filter((provider) => foreign.has(provider.getText()))
        .map((provider) => finding(source, provider, `${provider.getText()} belongs to another lib`));
    }),

  /** Folders that need each other are one folder, whatever the tree says. */
  'no-circular-folders': circularFolders,

  /** A reader follows a request from its controller to the SQL through a dozen files at most, always forward. */
  'trips-are-short': longTrips,

  /** A name that fits everything collects everything. */
  'no-vague-file-names': (tree) =>
    tree
      .filter(({ path }) => path.split('/').some((segment) => VAGUE.test(segment.split('.')[0]!)))
      .map(({ path }) => ({ path, line: 1, what: 'say what is in it' })),

  /** A use case is one class with one door; it is named after its file, and few others are needed to do its work. */
  'use-cases-have-one-door': (tree) => inEach(inLibs(tree), ts.isClassDeclaration, secondDoor),

  /** Ids cross contexts, objects do not. */
  'relations-stay-in-their-context': (tree) =>
    inEach(inLibs(tree), ts.isPropertyDeclaration, (member, source) => {
      const targets = RELATIONS.flatMap((name) => decoratorCalls(member, name)).map((call) => call.arguments[0]);
      return targets.some((target) => !target || !isOwnClass(target, source))
        ? 'a relation to a class of another context, or to a name that cannot be followed'
        : undefined;
    }),

  /** Every context has a schema of its own, so that it can move to a database of its own. */
  'entities-live-in-their-own-schema': (tree) =>
    inEach(inLibs(tree), ts.isClassDeclaration, (declaration, { part }) => {
      const [entity] = decoratorCalls(declaration, 'Entity');
      if (!entity) return undefined;
      const schema = textProperty(entity.arguments[0], 'schema')?.text;
      return `libs/${schema}` === part ? undefined : `schema ${schema} in ${part}`;
    }),

  /**
   * SQL names the tables of its own context; apps hold no queries at all. Migrations may call what other schemas offer, and an
   * invariant that ties two contexts together is read from both.
   */
  'sql-stays-in-its-context': (tree) => {
    const schemas = [...new Set(inLibs(tree).map(({ part }) => part.slice('libs/'.length)))];
    const tables = new RegExp(
      `\\b(?:from|join|into|update|table|truncate|only)\\s+(${schemas.join('|')})\\.\\w+`,
      'gi',
    );
    return inEachText(
      tree.filter(({ path }) => !/\/migrations\/|\binvariants\.ts$/.test(path)),
      (text, { part }) => {
        const foreign = [...text.matchAll(tables)].find(([, schema]) => part !== `libs/${schema}`);
        return foreign && `${foreign[0]} in ${part}`;
      },
    );
  },

  /**
   * Orders get stock and give it up through the gate, whatever is behind it: of inventory they know what `stock-gate.ts` declares, its
   * errors and its contracts. What compares orders with their stock, for an operator, is not part of any order's way.
   */
  'orders-know-the-stock-gate-only': (tree) => {
    const door = tree.filter(({ path }) => /^libs\/inventory\/src\/(stock-gate|errors|contracts\/.*)\.ts$/.test(path));
    const known = new Set([
      'InventoryModule',
      ...door.flatMap((source) => nodes(source, isNamedDeclaration).map(nameOf)),
    ]);
    return inEach(
      tree.filter(
        ({ path }) => path.startsWith('libs/orders/') && !/\/(repair-stock|(.*-)?invariants)\.ts$/.test(path),
      ),
      ts.isImportDeclaration,
      ({ moduleSpecifier, importClause }) => {
        if (!/'@app\/inventory'/.test(moduleSpecifier.getText())) return undefined;
        const bindings = importClause?.namedBindings;
        if (!bindings || !ts.isNamedImports(bindings)) return 'all of inventory';
        const foreign = bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text);
        return foreign.filter((name) => !known.has(name)).join(', ') || undefined;
      },
    );
  },

  /** Only one statement writes a state: the one that is guarded by the state that was expected. */
  'status-has-one-writer': (tree) =>
    inEachText(tree, (text, { path }) => {
      const second = STATE_WRITERS.find(({ table, column, file }) => file !== path && assigns(text, table, column));
      return second && `a second writer of ${second.table}.${second.column}`;
    }),

  /**
   * A state is named by its table, in code and in SQL: `OrderStatus.pending`. So the compiler finds everybody who speaks of a state,
   * and one that is taken out of its table is missed wherever it was used. A table is what is named `…_TRANSITIONS`.
   */
  'states-are-named-by-their-table': (tree) => {
    const tables = tree.filter((source) => statesOf(source).length > 0);
    const states = new Set(tables.flatMap(statesOf));
    const inSql = new RegExp(`'(${[...states].join('|')})'`);
    return inEachText(
      tree.filter((source) => !tables.includes(source) && !/\/migrations\/|^libs\/client\//.test(source.path)),
      (text, _, node) => {
        if (states.has(text)) return OTHER_VOCABULARIES.has(roleOf(node)) ? undefined : text;
        return inSql.exec(text)?.[1];
      },
    );
  },

  /** A cast is a place where the compiler believes what nobody checks. Each is known, and there are few. */
  'casts-are-counted': uncountedCasts,

  /**
   * Who did it is a Principal, made in one file of each app and handed along. A text of its own for it could be anybody's: it would be
   * right until there are accounts, and wrong in silence from then on.
   */
  'no-string-actors': (tree) => {
    // Its clients are sent texts, and nothing else.
    const outside = tree.filter(({ part }) => part !== 'libs/platform' && part !== 'libs/client');
    const makers = new Map<string, string>();
    return [
      ...inEach(outside, ts.isPropertyAccessExpression, ({ expression, name }, { part, path }) => {
        if (expression.getText() !== 'Principal' || name.text === 'parse') return undefined;
        if (!PRINCIPAL_FILE.test(path))
          return `Principal.${name.text} outside of the file of an app that makes principals`;
        const first = makers.get(part) ?? path;
        makers.set(part, first);
        return first === path ? undefined : `a second file of ${part} that makes principals`;
      }),
      ...inEach(outside, isNamedValue, ({ name, initializer }) =>
        WHO.test(name.getText()) && initializer && mayBeText(initializer) ? `a text for ${name.getText()}` : undefined,
      ),
      ...inEach(outside, isTyped, ({ name, type }) =>
        name && /^(actor|principal)$/.test(name.getText()) && type && isTextType(type)
          ? `${name.getText()} is a text`
          : undefined,
      ),
      ...inEachText(
        outside.filter(({ path }) => !path.includes('/migrations/')),
        (text) => /\b(changed|processed|created|resolved)_by\s*=\s*'[^']/.exec(text)?.[0],
      ),
    ];
  },

  /** A migration says why, and can be taken back. */
  'migrations-can-be-taken-back': (tree) =>
    inEach(inLibs(tree), ts.isClassDeclaration, (declaration, source) => {
      if (!declaration.heritageClauses?.some((clause) => clause.getText().includes('MigrationInterface')))
        return undefined;
      if (!ts.getJSDocCommentsAndTags(declaration).length) return 'the reason is missing: a comment above the class';
      const down = declaration.members.find(
        (member) => ts.isMethodDeclaration(member) && member.name.getText() === 'down',
      );
      if (!down || !(down as ts.MethodDeclaration).body?.statements.length) return 'down is missing or does nothing';
      return source.path.includes('/migrations/') ? undefined : 'migrations live in migrations/';
    }),

  /** `order.shipped.v1`: what it is about, what happened, and the version of its payload. */
  'events-are-versioned': (tree) =>
    inEach(tree, ts.isCallExpression, (call) => {
      const [name] = call.arguments;
      if (!name || !ts.isStringLiteralLike(name)) return undefined;
      const callee = call.expression.getText();
      if (callee === 'defineEvent' && !/^[a-z_]+\.[a-z_]+\.v[1-9]\d*$/.test(name.text)) return name.text;
      return callee === 'defineTick' && !/^[a-z]+(_[a-z]+)+$/.test(name.text) ? name.text : undefined;
    }),

  /** A figure without its unit is read wrong; a label with an id makes a time series per order. */
  'metrics-end-in-their-unit': (tree) => inEach(tree, ts.isNewExpression, unclearMetric),

  /** One style for all fields of log lines, so that one query finds an order in all of them; and fields that can be read where they are. */
  'log-fields-are-snake-case': (tree) => inEach(tree, ts.isCallExpression, unreadableLogFields),

  /** Clients and runbooks rely on codes: each belongs to one error. */
  'error-codes-are-unique': (tree) => {
    const seen = new Set<string>();
    return inEach(inLibs(tree), ts.isPropertyDeclaration, (member) => {
      const error = member.parent;
      if (member.name.getText() !== 'code' || !ts.isClassDeclaration(error) || !error.heritageClauses) return undefined;
      if (!member.initializer || !ts.isStringLiteralLike(member.initializer)) return undefined;
      const code = member.initializer.text;
      if (!error.name?.text.endsWith('Error')) return `${error.name?.text} does not end in Error`;
      if (!/^[A-Z]+(_[A-Z]+)*$/.test(code)) return `${code} is not in capitals`;
      return seen.has(code) ? `${code} is taken` : void seen.add(code);
    });
  },

  /** A controller that its module does not name, or a consumer that no subscription names, is silent: its requests are 404, its events nobody's. */
  'edges-are-registered': (tree) => {
    const registered = new Set(
      tree
        .filter(({ path }) => path.startsWith('apps/') && (path.endsWith('.module.ts') || isOfSubscriptions(path)))
        .flatMap((source) => nodes(source, ts.isIdentifier).map(({ text }) => `${source.part} ${text}`)),
    );
    return inEach(tree, ts.isClassDeclaration, (declaration, { part, path }) => {
      const isEdge = hasDecorator(declaration, 'Controller') || path.endsWith('.consumer.ts');
      const isAbstract = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
      if (!isEdge || isAbstract || registered.has(`${part} ${declaration.name?.text}`)) return undefined;
      return `${declaration.name?.text} is in no module and no subscription of ${part}`;
    });
  },

  /** A periodic job has a line in the schedule and a subscription. */
  'ticks-are-scheduled-and-handled': (tree) => {
    const mentioned = (test: (path: string) => boolean) =>
      new Set(
        tree
          .filter(({ path }) => test(path))
          .flatMap((source) => nodes(source, ts.isIdentifier).map(({ text }) => text)),
      );
    const scheduled = mentioned((path) => path === 'apps/scheduler/src/schedule.ts');
    const handled = mentioned(isOfSubscriptions);
    return inEach(inLibs(tree), ts.isVariableDeclaration, ({ name, initializer }) => {
      if (!initializer || !ts.isCallExpression(initializer) || initializer.expression.getText() !== 'defineTick')
        return undefined;
      if (!scheduled.has(name.getText())) return 'it is not in apps/scheduler/src/schedule.ts';
      return handled.has(name.getText()) ? undefined : 'no subscription has it';
    });
  },
};

/** The list of an app's subscriptions, or one of them that is written in a file of its own. */
function isOfSubscriptions(path: string): boolean {
  return /^apps\/[^/]+\/src\/(subscriptions|.*\.subscription)\.ts$/.test(path);
}

function inLibs(tree: readonly Source[]): Source[] {
  return tree.filter(({ path }) => path.startsWith('libs/'));
}

function inEach<Kind extends ts.Node>(
  tree: readonly Source[],
  kind: (node: ts.Node) => node is Kind,
  breaks: (node: Kind, source: Source) => string | undefined | void,
): Finding[] {
  return tree.flatMap((source) =>
    nodes(source, kind).flatMap((node) => {
      const what = breaks(node, source);
      return what === undefined ? [] : [finding(source, node, what)];
    }),
  );
}

function inEachText(
  tree: readonly Source[],
  breaks: (text: string, source: Source, node: ts.Node) => string | undefined,
): Finding[] {
  return tree.flatMap((source) =>
    texts(source).flatMap(({ node, text }) => {
      const what = breaks(text, source, node);
      return what === undefined ? [] : [finding(source, node, what)];
    }),
  );
}

function isNamedDeclaration(
  node: ts.Node,
): node is ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.VariableDeclaration {
  return (
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isVariableDeclaration(node)
  );
}

function nameOf({ name }: ts.NamedDeclaration): string {
  return name?.getText() ?? '';
}

/** Names as code uses them; the same word in a comment or a text is nobody's concern. */
function identifiers(tree: readonly Source[], forbidden: (name: string) => boolean): Finding[] {
  return inEach(tree, ts.isIdentifier, ({ text }) => (forbidden(text) ? text : undefined));
}

/** Whether a text is an update that writes the column. */
function assigns(text: string, table: string, column: string): boolean {
  const update = new RegExp(`\\bupdate\\s+${table}\\b[\\s\\S]*?\\bset\\b([\\s\\S]*?)(\\bfrom\\b|\\bwhere\\b|$)`, 'i');
  return new RegExp(`(^|[\\s,])${column}\\s*=`).test(update.exec(text)?.[1] ?? '');
}

/** The states of the tables that a file makes. */
function statesOf(source: Source): string[] {
  return nodes(source, ts.isVariableDeclaration)
    .filter(({ name }) => name.getText().endsWith('_TRANSITIONS'))
    .flatMap(({ initializer }) => nodes(initializer, ts.isObjectLiteralExpression).slice(0, 1))
    .flatMap(({ properties }) => properties.map((property) => property.name!.getText()));
}

/** The name of what a text is the value of: a property or a variable that it is given to or compared with, a function that gets it. */
function roleOf(node: ts.Node): string {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isVariableDeclaration(parent))
    return parent.name.getText();
  if (ts.isCallExpression(parent)) return parent.expression.getText().split('.').at(-1)!;
  if (ts.isBinaryExpression(parent)) {
    const other = parent.left === node ? parent.right : parent.left;
    if (ts.isPropertyAccessExpression(other) || ts.isIdentifier(other)) return other.getText().split('.').at(-1)!;
  }
  return ts.isExpression(parent) || ts.isTypeNode(parent) ? roleOf(parent) : '';
}

function secondDoor(declaration: ts.ClassDeclaration, source: Source): string | undefined {
  if (!hasDecorator(declaration, 'Injectable')) return undefined;
  const isPublic = (member: ts.ClassElement) =>
    !(ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected));
  const doors = declaration.members
    .filter(ts.isMethodDeclaration)
    .filter(isPublic)
    .map(({ name }) => name.getText());
  if (!doors.includes('execute')) return undefined;
  const others = doors.filter((name) => name !== 'execute' && !LIFECYCLE.test(name));
  if (others.length > 0) return `more doors than execute: ${others.join(', ')}`;
  const expected = source.path
    .split('/')
    .at(-1)!
    .replace(/\.ts$/, '')
    .replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (declaration.name?.text !== expected) return `${declaration.name?.text} in ${source.path}`;
  // Configuration and logger come by token and do no work.
  const dependencies = declaration.members
    .filter(ts.isConstructorDeclaration)
    .flatMap(({ parameters }) => parameters.filter((parameter) => !hasDecorator(parameter, 'Inject')));
  return dependencies.length > DEPENDENCIES_MAX ? `${dependencies.length} dependencies` : undefined;
}

function isNamedValue(
  node: ts.Node,
): node is
  | ts.PropertyAssignment
  | ts.VariableDeclaration
  | ts.ParameterDeclaration
  | ts.PropertyDeclaration
  | ts.BindingElement {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isBindingElement(node)
  );
}

/** Whether a string written in the code is what an expression comes to, whichever of its branches is taken. */
function mayBeText(expression: ts.Expression): boolean {
  if (ts.isStringLiteralLike(expression) || ts.isTemplateExpression(expression)) return true;
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression))
    return mayBeText(expression.expression);
  if (ts.isConditionalExpression(expression)) return mayBeText(expression.whenTrue) || mayBeText(expression.whenFalse);
  if (!ts.isBinaryExpression(expression)) return false;
  const takesEither = /^(\?\?|\|\||&&|\+)$/.test(expression.operatorToken.getText());
  return takesEither && (mayBeText(expression.left) || mayBeText(expression.right));
}

function isTyped(
  node: ts.Node,
): node is ts.PropertySignature | ts.PropertyDeclaration | ts.ParameterDeclaration | ts.VariableDeclaration {
  return (
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isVariableDeclaration(node)
  );
}

function isTextType(type: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(type)) return type.types.some(isTextType);
  const isTextLiteral = ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal);
  return type.kind === ts.SyntaxKind.StringKeyword || isTextLiteral;
}

/** `() => Line`, where Line is declared in the file or imported from the same lib. */
function isOwnClass(target: ts.Expression, source: Source): boolean {
  if (!ts.isArrowFunction(target) || !ts.isIdentifier(target.body)) return false;
  const name = target.body.text;
  const imported = nodes(source, ts.isImportSpecifier).find((specifier) => specifier.name.text === name);
  if (!imported) return true;
  return (imported.parent.parent.parent.moduleSpecifier as ts.StringLiteral).text.startsWith('.');
}

function unclearMetric({ expression, arguments: [options] = [] as never }: ts.NewExpression): string | undefined {
  const kind = expression.getText();
  if (!['Counter', 'Histogram', 'Gauge', 'Summary'].includes(kind)) return undefined;
  const name = textProperty(options, 'name')?.text ?? '';
  if (kind === 'Counter' && !name.endsWith('_total')) return `${name} does not end in _total`;
  // A gauge may count things that have no unit, such as jobs.
  if (kind !== 'Gauge' && kind !== 'Counter' && !/_(seconds|bytes|size)$/.test(name)) return `${name} has no unit`;
  if (!textProperty(options, 'help')) return `${name} has no help`;
  const labels = property(options, 'labelNames');
  const names =
    labels && ts.isArrayLiteralExpression(labels) ? labels.elements.map((label) => label.getText().slice(1, -1)) : [];
  const unbounded = names.find((label) => /(^|_)(id|sku|email|url|path)$/.test(label));
  return unbounded && `${name} has the unbounded label ${unbounded}`;
}

function isHttpException(value: unknown): boolean {
  return value === nest.HttpException || (typeof value === 'function' && value.prototype instanceof nest.HttpException);
}

const LOG_LEVELS = /^(trace|debug|info|warn|error|fatal)$/;

/** Of a call of a logger, also of one whose level is computed. */
function unreadableLogFields(call: ts.CallExpression): string | undefined {
  const { expression: callee, arguments: given } = call;
  const isLogger = (node: ts.Expression) => /(^|\.)logger$/.test(node.getText());
  const logs = ts.isPropertyAccessExpression(callee)
    ? isLogger(callee.expression) && LOG_LEVELS.test(callee.name.text)
    : ts.isElementAccessExpression(callee) && isLogger(callee.expression);
  const [fields] = given;
  if (!logs || !fields || ts.isStringLiteralLike(fields) || ts.isTemplateExpression(fields)) return undefined;
  if (!ts.isObjectLiteralExpression(fields)) return 'fields that are not written here';
  for (const field of fields.properties) {
    if (!field.name) return 'fields that are not written here';
    if (!/^[a-z]+(_[a-z0-9]+)*$/.test(field.name.getText())) return `the field ${field.name.getText()}`;
  }
  return undefined;
}
