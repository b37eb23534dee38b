import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describeRun, matrixOf } from './report/matrix';
import { writeReport } from './report/write-report';
import { readOptions } from './options';
import { runScenario, type RunResult } from './run-scenario';
import type { Backend } from './scenario';
import { SCENARIOS } from './scenarios';
import { RedisServer } from './servers/redis-server';
import type { ServerPrograms } from './servers/server-programs';
import { SharedPostgres } from './servers/shared-postgres';

const ROOT = join(__dirname, '../..');

/** What is given to the suite by scripts/, whose modules are of another kind. */
export interface ChaosPrograms extends ServerPrograms {
  formatMarkdown: (text: string) => Promise<string>;
}

/** Runs the scenarios that the arguments name and prints what held. Resolves to the exit code: 0 when everything did. */
export async function chaos(args: readonly string[], programs: ChaosPrograms, signal: AbortSignal): Promise<number> {
  const options = readOptions(args);
  const folder = options.folder ?? join(ROOT, 'artifacts/chaos', new Date().toISOString().replaceAll(/[:.]/g, '-'));
  mkdirSync(folder, { recursive: true });
  const backends = await installed(options.backends, programs);
  const runs = Array.from({ length: options.seeds }, (_, index) => options.seed + index).flatMap((seed) =>
    SCENARIOS.filter(({ name }) => options.scenarios.includes(name)).flatMap((scenario) =>
      backends.filter((backend) => scenario.backends.includes(backend)).map((backend) => ({ scenario, backend, seed })),
    ),
  );
  const until = options.minutes === undefined ? Infinity : Date.now() + options.minutes * 60_000;
  print(`seed ${options.seed}, ${options.seeds} of them; ${runs.length} runs; logs in ${relative(ROOT, folder)}`);
  const postgres = new SharedPostgres(programs);
  const results: RunResult[] = [];
  try {
    for (const [index, run] of runs.entries()) {
      if (Date.now() > until) {
        print(`The time is up: ${runs.length - index} runs were not begun.`);
        break;
      }
      const name = `${run.scenario.name} on ${run.backend}, seed ${run.seed}`;
      const ownFolder = join(folder, `${run.scenario.name}-${run.backend}-${run.seed}`);
      const result =
        heldAlready(ownFolder) ??
        (await runScenario({
          ...run,
          programs,
          signal,
          timed: options.timed,
          postgres: (durable) => postgres.get(durable),
          folder: ownFolder,
          say: (text) => print(`  [${index + 1}/${runs.length}] ${name}: ${text}`),
        }));
      results.push(result);
      print(describeRun(result));
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    print('Interrupted.');
  } finally {
    await postgres.stop();
    print('Everything that was started has been stopped.');
  }
  const matrix = matrixOf(results);
  print(`\n${matrix}\n`);
  if (options.report && results.length > 0)
    await writeReport(join(ROOT, 'docs/reliability.md'), matrix, programs.formatMarkdown);
  if (signal.aborted) return 130;
  return results.length > 0 && results.every(held) ? 0 : 1;
}

const held = ({ checks, error }: RunResult) => !error && checks.every(({ holds }) => holds);

/** The result of an earlier run in this folder: a matrix that took an hour is not begun anew for one of its runs. */
function heldAlready(folder: string): RunResult | undefined {
  const file = join(folder, 'result.json');
  if (!existsSync(file)) return undefined;
  const result = JSON.parse(readFileSync(file, 'utf8')) as RunResult;
  return held(result) ? result : undefined;
}

/** Leaves Redis out when there is none, unless that is not accepted. */
async function installed(backends: readonly Backend[], programs: ServerPrograms): Promise<Backend[]> {
  if (!backends.includes('redis')) return [...backends];
  const redis = await RedisServer.start(programs);
  await redis?.stop();
  if (redis) return [...backends];
  if (process.env.REQUIRE_REDIS === '1')
    throw new Error('REQUIRE_REDIS is 1, but there is no redis-server on PATH: install it.');
  print('There is no redis-server: everything that needs it is left out.');
  return backends.filter((backend) => backend !== 'redis');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
