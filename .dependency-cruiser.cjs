// The import law: who may use whom (docs/architecture.md, "Rooms"). Every rule here has a small source tree under
// test/architecture/fixtures/<rule>/ that breaks it, and test/architecture/import-law.spec.ts shows that it is found.

/**
 * For each lib, the libs it may use. A new lib gets its line here before its first import. Everybody else finds it by its folder:
 * `@app/<lib>` is `libs/<lib>/src/index.ts` for TypeScript, SWC, jest and this file alike.
 */
const ARROWS = {
  platform: [],
  // Made for others to use: it knows the contract, and nothing of what is behind it.
  client: [],
  messaging: ['platform'],
  throttling: ['platform'],
  // Its clean-up is a periodic job: the tick is an event.
  audit: ['platform', 'messaging'],
  // Its clean-up is a periodic job, and its events are one of the sources that the audit reads.
  identity: ['platform', 'messaging', 'audit'],
  products: ['platform', 'messaging', 'audit'],
  // A product and its stock level are created in one transaction: docs/adr/0007-inventory-may-use-products.md.
  inventory: ['platform', 'messaging', 'audit', 'products'],
  orders: ['platform', 'messaging', 'audit', 'products', 'inventory'],
  // The lab has stores of its own and shares nothing with the shop but its tools; its stored runs are jobs.
  simulation: ['platform', 'messaging'],
};

const PRODUCT = '^(apps|libs)/';
const SPECS = '\\.(spec|db-spec|e2e-spec)\\.ts$';

/** These npm packages, whether they resolve to a file or not. */
const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

const arrows = Object.entries(ARROWS).map(([lib, allowed]) => ({
  name: `arrows-of-${lib}`,
  comment: `libs/${lib} may use ${allowed.length > 0 ? allowed.map((name) => `libs/${name}`).join(', ') : 'no other lib'}.`,
  severity: 'error',
  // A spec may set up what it needs from other contexts, through their index.ts.
  from: { path: `^libs/${lib}/`, pathNot: SPECS },
  to: { path: '^libs/', pathNot: `^libs/(${[lib, ...allowed].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'no-circular',
      comment: 'What needs each other cannot be read, tested or moved alone; imports of types count.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody imports it and it imports nothing: it is dead.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^test/'] },
      to: {},
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that cannot be followed cannot be judged: the other rules would be silent about it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'libs-not-to-apps',
      comment: 'A lib knows no edge.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-not-to-other-apps',
      comment: 'Processes meet in Postgres and in the queues only. What two of them need is a lib.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-by-public-index',
      comment: "A lib is used through its index.ts, or its contracts/: the rest is the lib's own business.",
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/[^/]+/.', pathNot: ['^$1/$2/', '^libs/[^/]+/src/index\\.ts$', '^libs/[^/]+/src/contracts/'] },
    },
    {
      name: 'product-not-to-tests',
      comment: 'Only specs may use test/.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: SPECS },
      to: { path: '^test/' },
    },
    {
      name: 'product-needs-no-dev-dependency',
      comment: 'A production install has the dependencies of package.json only.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: SPECS },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'queues-only-in-messaging',
      comment:
        'Everybody else appends events to the outbox and consumes them; which queue carries them is not their concern.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^libs/messaging/' },
      to: { path: packages('bullmq', '@nestjs/bullmq') },
    },
    {
      name: 'redis-only-where-it-can-be-missing',
      comment: 'The product runs without Redis: only the parts that know what to do then talk to it.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^libs/(messaging|throttling)/' },
      to: { path: packages('ioredis', 'rate-limiter-flexible') },
    },
    {
      name: 'bullmq-only-in-its-transport',
      comment:
        'Another way to carry jobs is another folder of transports/, and no change to relay, consumers or liveness.',
      severity: 'error',
      from: { path: '^libs/messaging/', pathNot: '^libs/messaging/src/transports/bullmq/' },
      to: { path: packages('bullmq', 'ioredis', '@nestjs/bullmq') },
    },
    {
      name: 'transports-behind-their-interface',
      comment:
        'What needs a transport asks for the interface; the module, and who starts or migrates a process, choose one.',
      severity: 'error',
      from: {
        path: '^libs/messaging/',
        pathNot: [
          SPECS,
          '^libs/messaging/src/(index|messaging\\.module)\\.ts$',
          '^libs/messaging/src/transports/[^/]+/',
        ],
      },
      to: { path: '^libs/messaging/src/transports/[^/]+/' },
    },
    {
      name: 'transports-not-to-other-transports',
      comment: 'Each can be taken away alone.',
      severity: 'error',
      from: { path: '^libs/messaging/src/transports/([^/]+)/', pathNot: SPECS },
      to: { path: '^libs/messaging/src/transports/[^/]+/', pathNot: '^libs/messaging/src/transports/$1/' },
    },
    {
      name: 'http-only-in-api',
      comment: 'A use case that knows HTTP cannot be called by a worker.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^apps/api/' },
      to: {
        path: packages('fastify', '@fastify/[^/]+', '@nestjs/platform-fastify', '@nestjs/swagger', '@nestjs/terminus'),
      },
    },
    {
      name: 'clocks-only-in-scheduler',
      comment: 'What happens when is decided in one table, apps/scheduler/src/schedule.ts.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^apps/scheduler/' },
      to: { path: packages('@nestjs/schedule', 'cron', 'cron-parser') },
    },
    {
      name: 'commands-only-in-cli',
      comment: 'The command line is an edge like HTTP.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: '^apps/cli/' },
      to: { path: packages('commander') },
    },
    {
      name: 'client-needs-one-package',
      comment:
        'The client runs where fetch does, browsers included: with openapi-fetch, and nothing of Node or of a server.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: SPECS },
      to: { dependencyTypesNot: ['local', 'aliased-tsconfig-paths'], pathNot: packages('openapi-fetch') },
    },
    {
      name: 'no-database-in-apps',
      comment:
        'Apps hold no queries: those are in the repositories of the libs. Allowed are the probes of the three processes, which ' +
        'ask the database for a sign of life, and the migrate command, which opens it before any schema is there.',
      severity: 'error',
      from: {
        path: '^apps/',
        pathNot: [
          SPECS,
          '^apps/(worker|scheduler)/src/main\\.ts$',
          '^apps/api/src/health/health-report\\.ts$',
          '^apps/cli/src/commands/migrate\\.ts$',
        ],
      },
      to: { path: packages('typeorm', '@nestjs/typeorm', 'pg') },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/architecture/fixtures/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
