import { type Engine, insertLine } from '@app/simulation';
import { Command } from 'commander';
import { interruption } from '../interruption';
import type { ConfigFor } from '../config-for';
import { exitCodeOf, runOnTerminal } from '../simulation/run-on-terminal';
import { engineOption, threadsOption } from '../simulation/simulation-options';

interface RunInsertsOptions {
  threads: number;
  engine: Engine;
  json?: boolean;
}

export function runInsertsCommand(config: ConfigFor): Command {
  return new Command('run_inserts')
    .description('insert the thirty built-in rows into three databases at once, a line for each')
    .addOption(threadsOption())
    .addOption(engineOption())
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
27 rows are inserted and 3 are refused, in another order each time. The stores are emptied first.
Exit code 0 also when rows were refused; 1 when a store or a thread failed; 130 after Ctrl-C.`,
    )
    .action(async ({ threads, engine, json }: RunInsertsOptions) => {
      const signal = interruption();
      const report = await runOnTerminal(
        config,
        { rules: 'basic', threads, engine },
        { signal, writesIds: false, onAttempt: (attempt) => !json && console.log(insertLine(attempt)) },
      );
      if (json) console.log(JSON.stringify(report, null, 2));
      if (report.end === 'interrupted') signal.throwIfAborted();
      if (!json) console.log('All insertions completed');
      process.exitCode = exitCodeOf(report);
    });
}
