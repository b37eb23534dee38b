import {
  emptyStores,
  type Engine,
  entityOfDatabase,
  migrateStores,
  type RuleSet,
  storeMigrationStatus,
  type StorePlace,
  storePlaces,
  THREADS_MAX,
} from '@app/simulation';
import { Command, InvalidArgumentError, Option } from 'commander';
import { confirmed } from '../confirmation';
import { interruption } from '../interruption';
import { grouped, wholeNumber } from '../options';
import type { ConfigFor } from '../config-for';
import { compareThreads, comparisonTable } from '../simulation/compare-threads';
import { simulationConfig } from '../simulation/run-on-terminal';
import { engineOption, rulesOption, shardsOption } from '../simulation/simulation-options';

interface StoresOptions {
  engine: Engine;
  shards: number;
  database?: string;
  json?: boolean;
}

interface CompareOptions {
  threads: number[];
  engine: Engine;
  rules: RuleSet;
  count: number;
  delayMs: number;
  json?: boolean;
}

export function simulationCommand(config: ConfigFor): Command {
  return new Command('simulation')
    .description('the stores of the insertion simulation, and what concurrency brings')
    .addCommand(migrateStoresCommand(config))
    .addCommand(statusCommand(config))
    .addCommand(flushCommand(config))
    .addCommand(compareCommand(config));
}

function migrateStoresCommand(config: ConfigFor): Command {
  return withStoreOptions(new Command('migrate'))
    .description('make the stores and bring their tables up to date')
    .action(async (options: StoresOptions) => {
      const applied = await migrateStores(placesOf(config, options));
      if (options.json) return console.log(JSON.stringify({ applied }, null, 2));
      console.log(
        applied.map(({ store, name }) => `applied ${store}: ${name}`).join('\n') || 'The stores are up to date.',
      );
    });
}

function statusCommand(config: ConfigFor): Command {
  return withStoreOptions(new Command('status'))
    .description('list the stores with their migrations; exit code 1 when some are not applied')
    .action(async (options: StoresOptions) => {
      const migrations = await storeMigrationStatus(placesOf(config, options));
      if (options.json) console.log(JSON.stringify({ migrations }, null, 2));
      else
        for (const { store, name, applied } of migrations)
          console.log(`${applied ? 'applied' : 'MISSING'}  ${store}: ${name}`);
      if (migrations.some(({ applied }) => !applied)) process.exitCode = 1;
    });
}

function flushCommand(config: ConfigFor): Command {
  return withStoreOptions(new Command('flush'))
    .description('remove all rows from the stores')
    .option('--yes', 'do not ask')
    .action(async ({ yes, ...options }: StoresOptions & { yes?: boolean }) => {
      const places = placesOf(config, options);
      const names = places.map(({ name }) => name);
      if (!yes && !(await confirmed(`Remove all rows from ${names.join(', ')}?`))) {
        console.log('Nothing was changed.');
        return;
      }
      await emptyStores(places);
      console.log(options.json ? JSON.stringify({ emptied: names }, null, 2) : `Emptied ${names.join(', ')}.`);
    });
}

function compareCommand(config: ConfigFor): Command {
  return new Command('compare')
    .description('run the same rows with several numbers of threads, and show what concurrency brings')
    .option('--threads <list>', `numbers of threads, such as 1,4,16, each 1 to ${THREADS_MAX}`, threadsList, [1, 4, 16])
    .addOption(engineOption())
    .addOption(rulesOption('strict'))
    .option('--count <number>', 'rows of each run, 1 to 150,000', wholeNumber(1, 150_000), 300)
    .option('--delay-ms <number>', 'how long each writer waits inside its transaction', wholeNumber(0, 10_000), 20)
    .option('--json', 'print the figures as JSON')
    .action(async ({ threads, json, ...options }: CompareOptions) => {
      const signal = interruption();
      const rows = await compareThreads(config, threads, options, signal);
      console.log(json ? JSON.stringify({ ...options, runs: rows }, null, 2) : comparisonTable(rows, options));
      signal.throwIfAborted();
      if (rows.some(({ errors }) => errors > 0)) process.exitCode = 1;
    });
}

function withStoreOptions(command: Command): Command {
  return command
    .addOption(new Option('--database <name>', 'only this one').choices(['users_db', 'products_db', 'orders_db']))
    .addOption(engineOption())
    .addOption(shardsOption())
    .option('--json', 'print the result as JSON');
}

function placesOf(config: ConfigFor, { engine, shards, database }: StoresOptions): StorePlace[] {
  const places = storePlaces(simulationConfig(config), engine, shards);
  const entity = database === undefined ? undefined : entityOfDatabase(database);
  return entity === undefined ? places : places.filter((place) => place.entity === entity);
}

function threadsList(text: string): number[] {
  const numbers = text.split(',').map((part) => wholeNumber(1, THREADS_MAX)(part.trim()));
  if (numbers.length > 10) throw new InvalidArgumentError(`Give at most ${grouped(10)} numbers.`);
  return numbers;
}
