import { migrateQueues } from '@app/messaging';
import { type Config, dataSourceOptions, migrateUp, migrationStatus, revertLast } from '@app/platform';
import { Command } from 'commander';
import { DataSource } from 'typeorm';
import { CONTEXTS } from '../contexts';

export function migrateCommand(config: () => Config): Command {
  const migrate = new Command('migrate').description('bring the database schema up to date').action(async () => {
    const applied = await migrateUp(config(), CONTEXTS);
    await migrateQueues(config());
    console.log(applied.length > 0 ? applied.map((name) => `applied ${name}`).join('\n') : 'The schema is up to date.');
  });

  migrate
    .command('status')
    .description('list every migration; exit code 1 when some are not applied')
    .action(async () => {
      const source = await new DataSource(dataSourceOptions(config(), 'migrate')).initialize();
      try {
        const rows = await migrationStatus(source, CONTEXTS);
        for (const { context, name, applied } of rows)
          console.log(`${applied ? 'applied' : 'MISSING'}  ${context}: ${name}`);
        if (rows.some(({ applied }) => !applied)) process.exitCode = 1;
      } finally {
        await source.destroy();
      }
    });

  migrate
    .command('revert')
    .description('take back the newest migration of one context')
    .argument('<context>', `one of ${CONTEXTS.map(({ context }) => context).join(', ')}`)
    .action(async (name: string) => {
      const context = CONTEXTS.find((each) => each.context === name);
      if (!context)
        throw new Error(
          `There is no context "${name}". Choose one of ${CONTEXTS.map((each) => each.context).join(', ')}.`,
        );
      const reverted = await revertLast(config(), context);
      console.log(reverted ? `reverted ${name}: ${reverted}` : `${name} has no migration to revert.`);
    });

  return migrate;
}
