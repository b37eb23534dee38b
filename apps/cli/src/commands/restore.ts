import { resolve } from 'node:path';
import { migrateQueues, restartMessaging } from '@app/messaging';
import { type Config, migrateUp, restoreBackup, type Restored } from '@app/platform';
import { Command } from 'commander';
import { CONTEXTS, OF_ONE_DATABASE } from '../contexts';
import { confirmed } from '../confirmation';
import { interruption } from '../interruption';
import { invariantTable } from '../invariant-table';
import { grouped } from '../options';
import { Progress } from '../progress';
import { allHold, runVerification } from '../run-verification';
import { whatIsLost } from '../what-is-lost';

interface RestoreCommandOptions {
  replace?: boolean;
  yes?: boolean;
  json?: boolean;
}

export function restoreCommand(config: () => Config): Command {
  return new Command('restore')
    .description('put a backup into an empty database and verify it; exit code 1 when an invariant is breached')
    .argument('<file>', 'written by backup')
    .option('--replace', 'first remove everything that is in the database')
    .option('--yes', 'do not ask before --replace')
    .option('--json', 'print the counts and the invariants as JSON')
    .addHelpText(
      'after',
      `
Stop api, worker and scheduler first. All or nothing: when it fails, the database is as it was. When a worker starts on the
restored database, it sends every order that was on its way to the queues again, whatever these hold.`,
    )
    .action((file: string, options: RestoreCommandOptions) => restore(config(), resolve(file), options));
}

async function restore(
  config: Config,
  file: string,
  { replace = false, yes, json }: RestoreCommandOptions,
): Promise<void> {
  if (replace && !yes && !(await confirmed(`Replace all ${await whatIsLost(config)}?`))) {
    console.log('Nothing was changed.');
    return;
  }
  const signal = interruption();
  const progress = new Progress();
  let restored: Restored;
  try {
    await migrateUp(config, CONTEXTS);
    await migrateQueues(config);
    restored = await restoreBackup(config, file, {
      contexts: CONTEXTS,
      leftOut: OF_ONE_DATABASE,
      replace,
      afterwards: restartMessaging,
      signal,
      onTable: (table) => progress.show(`Restoring ${table}`),
    });
    progress.clear();
  } finally {
    progress.clear();
  }
  const { header, rows } = restored;
  if (!json) console.log(`Restored ${grouped(rows['orders.orders'] ?? 0)} orders as of ${header.takenAt}.`);
  const results = await runVerification(config, { signal });
  const holds = allHold(results);
  if (!holds) process.exitCode = 1;
  if (json) return console.log(JSON.stringify({ takenAt: header.takenAt, rows, holds, invariants: results }, null, 2));
  console.log(invariantTable(results));
  if (holds) console.log('Start api, worker and scheduler: orders that were on their way go on.');
}
