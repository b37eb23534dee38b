import 'reflect-metadata';
import { exitOnBootFailure, loadConfig } from '@app/platform';
import { Command } from 'commander';
import { migrateCommand } from './commands/migrate';

const program = new Command('cli')
  .description("The operator's commands. Each has --help.")
  .showHelpAfterError()
  .addCommand(migrateCommand(() => loadConfig()));

program.parseAsync().catch(exitOnBootFailure);
