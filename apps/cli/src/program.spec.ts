import type { Config } from '@app/platform';
import type { Command } from 'commander';
import { cliProgram } from './program';

/** Every command that does something, by its whole name, with what is offered to it, by those above it as well. */
function commands(command: Command, above: readonly Command[] = []): [name: string, options: string[]][] {
  const chain = [...above, command];
  const name = chain
    .map((each) => each.name())
    .slice(1)
    .join(' ');
  const options = chain.flatMap((each) => each.options.map(({ long }) => long ?? ''));
  const runs = '_actionHandler' in command && command._actionHandler !== null;
  return [
    ...(runs ? [[name, options] as [string, string[]]] : []),
    ...command.commands.flatMap((each) => commands(each, chain)),
  ];
}

describe('the commands of the cli', () => {
  const all = commands(cliProgram(() => ({}) as Config));

  it('are all looked at', () => {
    expect(all.map(([name]) => name).sort()).toEqual([
      'backup',
      'check',
      'create-api-key',
      'create-user',
      'dead-letters discard',
      'dead-letters list',
      'dead-letters replay',
      'dead-letters show',
      'first-admin',
      'generate_pdf_report',
      'keys rotate',
      'list-users',
      'load-test',
      'migrate',
      'migrate revert',
      'migrate status',
      'prepare',
      'reconcile-stock',
      'reset-password',
      'restore',
      'run_inserts',
      'seed-demo',
      'simulate_insertions',
      'simulation compare',
      'simulation flush',
      'simulation migrate',
      'simulation status',
      'verify',
    ]);
  });

  it.each(all)('%s prints JSON when it is asked to', (_, options) => {
    expect(options).toContain('--json');
  });
});
