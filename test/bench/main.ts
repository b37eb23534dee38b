import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { select } from './catalogue';
import { sizesOfGrown } from './growth/sizes';
import { killChildren } from './lab/child-process';
import { ARTIFACTS } from './lab/product';
import { Servers } from './lab/servers';
import type { Measurement, Scenario } from './measurement';
import { growthReport } from './report/growth-report';
import { machineAndVersions } from './report/machine';
import { profileReport } from './report/print-profiles';
import { report } from './report/report';
import { figure } from './report/table';
import { writeReport } from './report/write-report';

const PROFILES = join(ARTIFACTS, 'profiles');
const DOCUMENT = join(ARTIFACTS, '../../docs/performance.md');

interface Options {
  scenario: string;
  seconds: number;
  warmUp: number;
  rounds: number;
  sizes: string;
  profile?: boolean;
  report?: boolean;
}

const options = new Command('npm run bench --')
  .option('--scenario <names>', 'these, comma-separated, with the limits that they are compared with; else all', '')
  .option('--seconds <number>', 'how long each measurement lasts', positive, 5)
  .option('--warm-up <seconds>', 'how long each runs before it is measured', notNegative, 3)
  .option('--rounds <number>', 'how often each is measured', positive, 3)
  .option('--sizes <names>', 'how large growth gets', '10k,1m,10m')
  .option('--profile', 'let the processes of the product write CPU profiles, and summarise them')
  .option('--report', 'write the tables into docs/performance.md')
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

async function run({ scenario, seconds, warmUp, rounds, sizes, profile, report: write }: Options): Promise<void> {
  if (profile) rmSync(PROFILES, { recursive: true, force: true });
  const scenarios = select(listed(scenario)).filter(({ size }) => !size || listed(sizes).includes(size));
  const servers = new Servers(
    required('BENCH_POSTGRES_URL'),
    required('BENCH_POSTGRES_LOG'),
    process.env.BENCH_REDIS_URL,
  );
  const machine = await machineAndVersions(servers.postgresUrl);
  console.log(machine.join('\n'));
  await servers.prepare();
  const measured = new Map<string, Measurement[]>();
  const earlier = (name: string) => measured.get(name) ?? [];
  const pace = { measureMs: seconds * 1000, warmUpMs: warmUp * 1000 };
  for (let round = 1; round <= rounds; round++) {
    for (const each of scenarios) {
      const profileDir = profile ? join(PROFILES, each.name.replaceAll(/\W/g, '-')) : undefined;
      const measurement = await each.run({ servers, pace, earlier, profileDir, isFirstRound: round === 1 });
      measured.set(each.name, [...earlier(each.name), measurement]);
      console.log(`round ${round}: ${each.name}: ${figure(measurement.perSecond)} ${each.unit}/s`);
    }
  }
  const growth = scenarios.some(({ size }) => size) ? growthReport(await sizesOfGrown(servers)) : undefined;
  const tables = [report(measured, unitsOf(scenarios)), ...(growth ? [growth] : [])].join('\n\n');
  console.log(`\n${tables}`);
  if (profile) console.log(`\n${profileReport(PROFILES)}`);
  if (write) {
    // Whose folder it was is nobody's business.
    const asked = process.argv
      .slice(2)
      .join(' ')
      .replace(/(--data[ =])\S+/, '$1<folder>');
    const how = `\`npm run bench -- ${asked}\`, ${seconds} s each, ${rounds} rounds`;
    writeReport(DOCUMENT, [...machine, how].map((line) => `- ${line}`).join('\n') + `\n\n${tables}`);
  }
  mkdirSync(ARTIFACTS, { recursive: true });
  writeFileSync(
    join(ARTIFACTS, 'results.json'),
    JSON.stringify({ machine, measured: Object.fromEntries(measured) }, null, 2),
  );
}

function notNegative(text: string): number {
  const number = Number(text);
  if (!(number >= 0)) throw new InvalidArgumentError('Must be a number.');
  return number;
}

function positive(text: string): number {
  if (notNegative(text) === 0) throw new InvalidArgumentError('Must be greater than 0.');
  return Number(text);
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
