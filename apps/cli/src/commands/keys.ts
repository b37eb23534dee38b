import { RotateSigningKeys } from '@app/identity';
import type { Config } from '@app/platform';
import { Command } from 'commander';
import { withContexts } from '../cli.module';
import { OPERATOR } from '../principal';

export function keysCommand(config: () => Config): Command {
  return new Command('keys').description('the keys that sign access tokens').addCommand(
    new Command('rotate')
      .description('sign with a new key from now on; tokens of the one before are accepted until they expire')
      .option('--json', 'print the id of the new key as JSON')
      .action(async ({ json }: { json?: boolean }) => {
        const kid = await withContexts(config(), (app) => app.get(RotateSigningKeys).execute({ principal: OPERATOR }));
        console.log(
          json
            ? JSON.stringify({ kid })
            : `Access tokens are signed with the new key ${kid}, by every process within 30 seconds.`,
        );
      }),
  );
}
