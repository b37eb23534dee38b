import { packageVersion } from '@app/platform';
import { Command } from 'commander';
import { backupCommand } from './commands/backup';
import { checkCommand } from './commands/check';
import { deadLettersCommand } from './commands/dead-letters';
import { generatePdfReportCommand } from './commands/generate-pdf-report';
import { keysCommand } from './commands/keys';
import { loadTestCommand } from './commands/load-test';
import { migrateCommand } from './commands/migrate';
import { prepareCommand } from './commands/prepare';
import { reconcileStockCommand } from './commands/reconcile-stock';
import { restoreCommand } from './commands/restore';
import { runInsertsCommand } from './commands/run-inserts';
import { seedDemoCommand } from './commands/seed-demo';
import { simulateInsertionsCommand } from './commands/simulate-insertions';
import { simulationCommand } from './commands/simulation';
import { userCommands } from './commands/users';
import { verifyCommand } from './commands/verify';
import type { ConfigFor } from './config-for';

/** All commands; each reads the configuration when it runs. */
export function cliProgram(config: ConfigFor, environment = () => process.env): Command {
  const program = new Command('cli')
    .description("The operator's commands. Each has --help.")
    .version(packageVersion())
    .showHelpAfterError()
    .addCommand(migrateCommand(config))
    .addCommand(seedDemoCommand(config))
    .addCommand(prepareCommand(config))
    .addCommand(checkCommand(environment))
    .addCommand(verifyCommand(config))
    .addCommand(reconcileStockCommand(config))
    .addCommand(deadLettersCommand(config))
    .addCommand(backupCommand(config))
    .addCommand(restoreCommand(config))
    .addCommand(loadTestCommand(config))
    .addCommand(runInsertsCommand(config))
    .addCommand(simulateInsertionsCommand(config))
    .addCommand(generatePdfReportCommand(config))
    .addCommand(simulationCommand(config))
    .addCommand(keysCommand(config));
  for (const command of userCommands(config)) program.addCommand(command);
  return program;
}
