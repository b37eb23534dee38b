import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { select } from './catalogue';
import { killChildren } from './lab/child-process';
import { ARTIFACTS } from './lab/product';
import { Servers } from './lab/servers';
import { sqlDriver } from './limits/run-script';
import type { Measurement, Scenario } from './measurement';
import { report } from './report/report';
import { figure } from './report/table';

interface Options {
  scenario: string;
  seconds: number;
  warmUp: number;
  rounds: number;
  sizes: string;
}

const options = new Command('npm run bench --')
  .option('--scenario <names>', 'these, comma-separated, with the limits that they are compared with; else all', '')
  .option('--seconds <number>', 'how long each measurement lasts', Number, 5)
  .option('--warm-up <seconds>', 'how long each runs before it is measured', Number, 3)
  .option('--rounds <number>', 'how often each is measured', Number, 3)
  .option('--sizes <names>', 'how large growth gets', '10k,1m,10m')
  .option('--data <folder>', 'keep the databases there for the next run')
  .parse()
  .opts<Options>();

for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const)
  process.once(signal, () => {
    killChildren();
    process.exit(130);
  });

run(options).then(
  () => process.exit(0),
  (error: unknown) => {
    killChildren();
    console.error(error instanceof Error ? error.stack : error);
    process.exit(1);
  },
);

async function run({ scenario, seconds, warmUp, rounds, sizes }: Options): Promise<void> {
  const scenarios = select(listed(scenario)).filter(({ size }) => !size || listed(sizes).includes(size));
  const servers = new Servers(required('BENCH_POSTGRES_URL'), required('BENCH_POSTGRES_LOG'), process.env.BENCH_REDIS_URL);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; the SQL limits are driven by ${sqlDriver()}.`);
  await servers.prepare();
  const measured = new Map<string, Measurement[]>();
  const earlier = (name: string) => measured.get(name) ?? [];
  const pace = { measureMs: seconds * 1000, warmUpMs: warmUp * 1000 };
  for (let round = 1; round <= rounds; round++) {
    for (const each of scenarios) {
      const measurement = await each.run({ servers, pace, earlier });
      measured.set(each.name, [...earlier(each.name), measurement]);
      console.log(`round ${round}: ${each.name}: ${figure(measurement.perSecond)} ${each.unit}/s`);
    }
  }
  console.log(`\n${report(measured, unitsOf(scenarios))}`);
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(join(ARTIFACTS, 'results.json'), JSON.stringify(Object.fromEntries(measured), null, 2));
}

function listed(names: string): string[] {
  return names.split(',').filter((name) => name !== '');
}

function unitsOf(scenarios: readonly Scenario[]): Map<string, string> {
  return new Map(scenarios.map(({ name, unit }) => [name, unit]));
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this with npm run bench.`);
  return value;
}
