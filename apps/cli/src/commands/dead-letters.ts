import {
  DeadLettersRepository,
  DeadLetterState,
  deadLetterState,
  type KeptDeadLetter,
  type Resolution,
  ResolveDeadLetter,
} from '@app/messaging';
import type { Config } from '@app/platform';
import { Command } from 'commander';
import { withContexts } from '../cli.module';
import { eventId, wholeNumber } from '../options';
import { OPERATOR } from '../principal';

const LIST_MAX = 1000;
const REASON_MAX = 160;

export function deadLettersCommand(config: () => Config): Command {
  const deadLetters = new Command('dead-letters').description(
    'jobs that could not be handled, kept with their reasons',
  );

  deadLetters
    .command('list')
    .description('the open ones, the oldest first')
    .option('--all', 'resolved ones as well')
    .option('--limit <count>', `at most this many, up to ${LIST_MAX}`, wholeNumber(1, LIST_MAX), 50)
    .option('--json', 'print them as JSON')
    .action(async ({ all, limit, json }: { all?: boolean; limit: number; json?: boolean }) => {
      await withContexts(config(), async (app) => {
        const letters = await app
          .get(DeadLettersRepository, { strict: false })
          .find({ openOnly: !all, descending: false, limit });
        if (json) return console.log(JSON.stringify(letters, null, 2));
        console.log(letters.length === 0 ? 'There are no dead letters.' : letters.map(line).join('\n'));
      });
    });

  deadLetters
    .command('show')
    .description('one of them, whole, as JSON')
    .option('--json', 'as it is anyway')
    .argument('<id>', 'from the list', eventId)
    .action(async (id: string) => {
      await withContexts(config(), async (app) => {
        console.log(JSON.stringify(await app.get(DeadLettersRepository, { strict: false }).get(id), null, 2));
      });
    });

  const resolve = (name: string, resolution: Resolution, description: string) =>
    deadLetters
      .command(name)
      .description(description)
      .argument('<id...>', 'from the list', (text: string, ids: string[] | undefined) => [
        ...(ids ?? []),
        eventId(text),
      ])
      .option('--json', 'print what was resolved as JSON')
      .action(async (ids: string[], { json }: { json?: boolean }) => {
        await withContexts(config(), async (app) => {
          for (const id of ids) {
            await app.get(ResolveDeadLetter, { strict: false }).execute(id, resolution, OPERATOR);
            if (!json) console.log(`${resolution} ${id}`);
          }
          if (json) console.log(JSON.stringify({ resolution, ids }, null, 2));
        });
      });
  resolve('replay', DeadLetterState.replayed, 'send them again; mend the cause first');
  resolve('discard', DeadLetterState.discarded, 'mark them as done without sending them again');

  return deadLetters;
}

function line({
  id,
  createdAt,
  queue,
  subscription,
  type,
  code,
  reason,
  attempts,
  resolution,
}: KeptDeadLetter): string {
  return `${id}  ${createdAt.toISOString()}  ${deadLetterState(resolution)}  ${subscription ? `${queue}/${subscription}` : queue}  ${type}  ${code} after ${attempts}: ${short(reason)}`;
}

/** `show` has it whole. */
function short(reason: string): string {
  const line = reason.replace(/\s+/g, ' ');
  return line.length > REASON_MAX ? `${line.slice(0, REASON_MAX)} …` : line;
}
