import { readFileSync, statSync, writeFileSync } from 'node:fs';
import {
  consoleReport,
  type Engine,
  type RuleSet,
  ROWS_PER_TABLE_MAX,
  rowsFromCsv,
  type SimulationWish,
} from '@app/simulation';
import { Command, Option } from 'commander';
import { interruption } from '../interruption';
import { grouped, seconds, wholeNumber } from '../options';
import type { ConfigFor } from '../config-for';
import { exitCodeOf, runOnTerminal } from '../simulation/run-on-terminal';
import { withRunOptions } from '../simulation/simulation-options';

const FILE_BYTES_MAX = 50_000_000;

interface SimulateOptions {
  threads: number;
  engine: Engine;
  rules: RuleSet;
  shards: number;
  delayMs: number;
  rows?: string;
  count?: number;
  seed: number;
  duplicates: number;
  keepRows?: boolean;
  output?: string;
  json?: boolean;
}

export function simulateInsertionsCommand(config: ConfigFor): Command {
  return withRunOptions(new Command('simulate_insertions'), 'strict')
    .description('insert rows into three databases with many writers at once, and report every attempt')
    .option(
      '--rows <file>',
      'a CSV file with the columns entity, id, name, email, price, user_id, product_id, quantity',
    )
    .addOption(
      new Option('--count <number>', `make so many rows, 1 to ${grouped(3 * ROWS_PER_TABLE_MAX)}`)
        .argParser(wholeNumber(1, 3 * ROWS_PER_TABLE_MAX))
        .conflicts('rows'),
    )
    .option('--seed <number>', 'of --count: the same seed makes the same rows', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--duplicates <share>', 'of --count: share of users with the e-mail of an earlier one', seconds(0, 1), 0)
    .option('--keep-rows', 'keep the rows of earlier runs: otherwise the stores are emptied first')
    .option('--output <file>', 'also write the report as JSON to this file')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Without --rows and --count the thirty built-in rows. Exit code 0 also when rows were refused by a rule; 1 when a store or a thread
failed; 130 after Ctrl-C, with a report of what was done until then.`,
    )
    .action(async (options: SimulateOptions) => simulate(config, options));
}

async function simulate(config: ConfigFor, options: SimulateOptions): Promise<void> {
  const { threads, engine, rules, shards, delayMs, keepRows, output, json } = options;
  const signal = interruption();
  const wish: SimulationWish = { rows: rowsOf(options), threads, engine, rules, shards, delayMs, keepRows };
  const report = await runOnTerminal(config, wish, { signal, showsProgress: true });
  if (output) writeFileSync(output, `${JSON.stringify(report, null, 2)}\n`);
  console.log(json ? JSON.stringify(report, null, 2) : consoleReport(report));
  if (report.end === 'interrupted') signal.throwIfAborted();
  process.exitCode = exitCodeOf(report);
}

function rowsOf({ rows, count, seed, duplicates }: SimulateOptions): SimulationWish['rows'] {
  if (rows !== undefined) {
    if (statSync(rows).size > FILE_BYTES_MAX)
      throw new Error(`--rows: ${rows} is larger than ${grouped(FILE_BYTES_MAX)} bytes. Split it.`);
    return rowsFromCsv(readFileSync(rows, 'utf8'));
  }
  return count === undefined ? 'builtin' : { count, seed, duplicates };
}
