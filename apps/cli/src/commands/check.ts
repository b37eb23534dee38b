import { Command } from 'commander';
import { judgeSettings } from '../check/judge-settings';
import { judgementTable } from '../check/judgement-table';

interface CheckCommandOptions {
  deploy?: boolean;
  json?: boolean;
}

export function checkCommand(source: () => Readonly<Record<string, string | undefined>>): Command {
  return new Command('check')
    .description('judge the settings as a reviewer would; exit code 1 when one is refused')
    .option('--deploy', 'as those of a server that strangers reach: exit code 1 also when one is weak')
    .option('--json', 'print the judgements as JSON')
    .addHelpText('after', '\nReads the settings only: it needs no database and changes nothing. No secret is printed.')
    .action(({ deploy = false, json }: CheckCommandOptions) => {
      const judgements = judgeSettings(source(), { deploy });
      const fails = judgements.some(({ verdict }) => verdict === 'refused' || (deploy && verdict === 'weak'));
      console.log(
        json ? JSON.stringify({ ok: !fails, deploy, settings: judgements }, null, 2) : judgementTable(judgements),
      );
      if (fails) process.exitCode = 1;
    });
}
