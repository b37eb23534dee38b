import { resolve } from 'node:path';
import { MESSAGING_OF_ONE_DATABASE, migrateQueues, restartMessaging } from '@app/messaging';
import { type Config, migrateUp, restoreBackup } from '@app/platform';
import { Command } from 'commander';
import { CONTEXTS } from '../contexts';
import { interruption } from '../interruption';
import { invariantTable } from '../invariant-table';
import { grouped } from '../options';
import { Progress } from '../progress';
import { allHold, runVerification } from '../run-verification';

export function restoreCommand(config: () => Config): Command {
  return new Command('restore')
    .description('put a backup into an empty database and verify it; exit code 1 when an invariant is breached')
    .argument('<file>', 'written by backup')
    .option('--replace', 'first remove everything that is in the database')
    .addHelpText(
      'after',
      `
Stop api, worker and scheduler first. All or nothing: when it fails, the database is as it was. When a worker starts on the
restored database, it sends every order that was on its way to the queues again, whatever these hold.`,
    )
    .action((file: string, { replace }: { replace?: boolean }) => restore(config(), resolve(file), replace === true));
}

async function restore(config: Config, file: string, replace: boolean): Promise<void> {
  const signal = interruption();
  const progress = new Progress();
  try {
    await migrateUp(config, CONTEXTS);
    await migrateQueues(config);
    const { header, rows } = await restoreBackup(config, file, {
      contexts: CONTEXTS,
      leftOut: MESSAGING_OF_ONE_DATABASE,
      replace,
      afterwards: restartMessaging,
      signal,
      onTable: (table) => progress.show(`Restoring ${table}`),
    });
    progress.clear();
    console.log(`Restored ${grouped(rows['orders.orders'] ?? 0)} orders as of ${header.takenAt}.`);
  } finally {
    progress.clear();
  }
  const results = await runVerification(config, { signal });
  console.log(invariantTable(results));
  if (!allHold(results)) process.exitCode = 1;
  else console.log('Start api, worker and scheduler: orders that were on their way go on.');
}
