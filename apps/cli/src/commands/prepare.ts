import type { Config } from '@app/platform';
import { Command } from 'commander';
import { withContexts } from '../cli.module';
import { interruption } from '../interruption';
import { wholeNumber } from '../options';
import { describeApplied, migrateAll } from './migrate';
import { addDemo } from './seed-demo';
import { describeFirstAdmin, makeFirstAdmin } from './users';

/** In one process: to start one takes a second, and whoever types `npm start` waits for it. */
export function prepareCommand(config: () => Config): Command {
  return new Command('prepare')
    .description('migrate, add demo data unless there is data, make the first administrator: what `npm start` does')
    .option('--products <number>', 'how many, 1 to 10,000', wholeNumber(1, 10_000), 50)
    .option('--json', 'print what was done as JSON')
    .action(async ({ products, json }: { products: number; json?: boolean }) => {
      const signal = interruption();
      const say = (text: string) => (json ? process.stderr.write(`${text}\n`) : console.log(text));
      const applied = await migrateAll(config());
      say(describeApplied(applied));
      signal.throwIfAborted();
      const { demo, admin } = await withContexts(config(), async (app) => ({
        demo: await addDemo(app, { products, ifEmpty: true }, signal, say),
        admin: await makeFirstAdmin(app, say),
      }));
      if (json) console.log(JSON.stringify({ applied, demo, admin: admin ?? null }, null, 2));
      else if (admin) console.log(describeFirstAdmin(admin));
      signal.throwIfAborted();
    });
}
