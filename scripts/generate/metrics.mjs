import { Problem } from '../lib/problem.mjs';
import { code, heading, table } from './markdown.mjs';

/** The module of each process, and the file that brings in what it has beside its modules. */
const PROCESSES = {
  api: { module: ['apps/api/src/api.module.ts', 'ApiModule'], file: 'apps/api/src/create-app.ts' },
  worker: { module: ['apps/worker/src/worker.module.ts', 'WorkerModule'] },
  scheduler: { module: ['apps/scheduler/src/scheduler.module.ts', 'SchedulerModule'] },
};

/** Every metric of the product as its registry has it, and the processes that have the part that counts it. */
export async function metrics({ load, ...workshop }) {
  const product = workshop.product();
  const parts = new Map();
  for (const [process, { module, file = module[0] }] of Object.entries(PROCESSES)) {
    load(file);
    const instantiated = await classesIn(module, load);
    const isInUse = (path) => {
      const classes = product.classesOf(path);
      // The functions of platform run every process.
      if (classes.length === 0) return /^(apps|libs\/platform)\//.test(path);
      return path.startsWith('apps/') || classes.some((each) => instantiated.has(each));
    };
    parts.set(process, product.loadedFrom(file).filter(isInUse));
  }
  const { registry } = load('libs/platform/src/metrics/registry.ts');
  const rows = registry.getMetricsAsArray().map((metric) => {
    const { name, help, labelNames } = metric;
    const file = product.definedIn(metric);
    const names = Object.keys(load(file));
    // What Nest makes no instance of counts where something that is in use mentions it.
    const having = [...parts].filter(([, paths]) => paths.includes(file));
    const using = [...parts].filter(([, paths]) => paths.some((path) => product.mentions(path, names)));
    const processes = having.length > 0 ? having : using;
    if (processes.length === 0) throw new Problem(`No process uses ${file}, so nobody counts ${name}.`);
    return [
      code(name),
      metric.constructor.name.toLowerCase(),
      labelNames.map(code).join(' ') || '–',
      processes.map(([process]) => process).join(', '),
      help,
    ];
  });
  return [
    heading(
      'Metrics',
      'In Prometheus format at `/metrics` of the API, the worker and the scheduler. Names end in their unit; labels are bounded. A process also lists metrics that it never counts, because it shares the code; the column "process" names those that have the part that counts it.',
    ),
    table(
      ['metric', 'kind', 'labels', 'process', 'meaning'],
      rows.sort((left, right) => (left[0] < right[0] ? -1 : 1)),
    ),
    "\nEvery process also has the figures of Node itself, such as `process_resident_memory_bytes` and `nodejs_eventloop_lag_p99_seconds`: prom-client's default metrics.\n",
  ].join('\n');
}

/** Every class that Nest makes an instance of in a process. In a preview it makes none: no database is needed, and nothing starts. */
async function classesIn(module, load) {
  const [file = '', name = ''] = module;
  const { NestFactory } = await import('@nestjs/core');
  const { createLogger, loadConfig } = load('libs/platform/src/index.ts');
  const config = loadConfig({ DATABASE_URL: 'postgres://nowhere/none', LOG_LEVEL: 'silent', LOG_FORMAT: 'json' });
  const root = load(file)[name].for(config, createLogger(config, 'documents'));
  const app = await NestFactory.createApplicationContext(root, { preview: true, logger: false });
  const modules = /** @type {any} */ (app).container.getModules();
  return new Set(
    [...modules.values()].flatMap(({ providers, controllers }) =>
      [...providers.values(), ...controllers.values()].map(({ metatype }) => metatype),
    ),
  );
}
