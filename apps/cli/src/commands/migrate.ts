import { migrateQueues } from '@app/messaging';
import { type Config, dataSourceOptions, migrateUp, migrationStatus, revertLast } from '@app/platform';
import { Command } from 'commander';
import { DataSource } from 'typeorm';
import { CONTEXTS } from '../contexts';

interface JsonOption {
  json?: boolean;
}

export function migrateCommand(config: () => Config): Command {
  const migrate = new Command('migrate')
    .description('bring the database schema up to date')
    .option('--json', 'print what was applied as JSON')
    .action(async ({ json }: JsonOption) => {
      const applied = await migrateAll(config());
      console.log(json ? JSON.stringify({ applied }, null, 2) : describeApplied(applied));
    });

  migrate
    .command('status')
    .description('list every migration; exit code 1 when some are not applied')
    .action(async (_: object, command: Command) => {
      const source = await new DataSource(dataSourceOptions(config(), 'migrate')).initialize();
      try {
        const rows = await migrationStatus(source, CONTEXTS);
        if (command.optsWithGlobals<JsonOption>().json) console.log(JSON.stringify({ migrations: rows }, null, 2));
        else
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
    .action(async (name: string, _: object, command: Command) => {
      const context = CONTEXTS.find((each) => each.context === name);
      if (!context)
        throw new Error(
          `There is no context "${name}". Choose one of ${CONTEXTS.map((each) => each.context).join(', ')}.`,
        );
      const reverted = await revertLast(config(), context);
      if (command.optsWithGlobals<JsonOption>().json)
        return console.log(JSON.stringify({ context: name, reverted: reverted ?? null }, null, 2));
      console.log(reverted ? `reverted ${name}: ${reverted}` : `${name} has no migration to revert.`);
    });

  return migrate;
}

/** Brings all contexts and the queues up to date; gives the names of what was applied. */
export async function migrateAll(config: Config): Promise<string[]> {
  const applied = await migrateUp(config, CONTEXTS);
  await migrateQueues(config);
  return applied;
}

export function describeApplied(applied: readonly string[]): string {
  return applied.length > 0 ? applied.map((name) => `applied ${name}`).join('\n') : 'The schema is up to date.';
}
