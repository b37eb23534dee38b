import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, writeBackup } from '@app/platform';
import { Command } from 'commander';
import { CONTEXTS, OF_ONE_DATABASE } from '../contexts';
import { interruption } from '../interruption';
import { grouped } from '../options';
import { Progress } from '../progress';

export function backupCommand(config: () => Config): Command {
  return new Command('backup')
    .description('write everything in the database, as of one moment, to a file; nothing has to stop for it')
    .argument('<file>', 'a new one, such as orders.sql.gz')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      `
The queues are not in it: restoring sends every order that was on its way to them again. The file holds what customers wrote;
only its owner can read it. It is gzipped SQL, one COPY per table.`,
    )
    .action((file: string, { json }: { json?: boolean }) => backup(config(), file, json === true));
}

async function backup(config: Config, name: string, json: boolean): Promise<void> {
  // It is written under another name first, and looked at when it is whole: neither is there in a pipe.
  if (name === '-') throw new Error('A backup is written to a file, not to standard output: give it a name.');
  const file = resolve(name);
  if (existsSync(file)) throw new Error(`${file} is there already: choose another name.`);
  const progress = new Progress();
  try {
    const rows = await writeBackup(config, file, {
      contexts: CONTEXTS,
      leftOut: OF_ONE_DATABASE,
      signal: interruption(),
      onTable: (table) => progress.show(`Reading ${table}`),
    });
    progress.clear();
    const bytes = statSync(file).size;
    if (json) return console.log(JSON.stringify({ file, rows, bytes }, null, 2));
    const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
    console.log(
      `Wrote ${file}: ${grouped(rows['orders.orders'] ?? 0)} orders, ${grouped(all)} rows in all, ${grouped(bytes)} bytes.`,
    );
  } finally {
    progress.clear();
  }
}
