import type { Config } from '@app/platform';
import { Command } from 'commander';
import { interruption } from '../interruption';
import { invariantTable } from '../invariant-table';
import { allHold, runVerification } from '../run-verification';

interface VerifyCommandOptions {
  json?: boolean;
  quiescent?: boolean;
}

export function verifyCommand(config: () => Config): Command {
  return new Command('verify')
    .description('check every invariant on the database; exit code 1 when one is breached')
    .option('--json', 'print the results as JSON')
    .option(
      '--quiescent',
      'everything should have come to rest: unfinished orders, waiting events and locks are breaches',
    )
    .addHelpText('after', '\nReads one snapshot and changes nothing, so it is right on a live system of any size.')
    .action(async ({ json, quiescent }: VerifyCommandOptions) => {
      const results = await runVerification(config(), { quiescent, signal: interruption() });
      const holds = allHold(results);
      console.log(
        json
          ? JSON.stringify({ holds, quiescent: quiescent === true, invariants: results }, null, 2)
          : invariantTable(results),
      );
      if (!holds) process.exitCode = 1;
    });
}
