import 'reflect-metadata';
import {
  closeOnSignal,
  collectProcessMetrics,
  exitOnBootFailure,
  loadConfig,
  LOGGER,
  type Logger,
} from '@app/platform';
import { createApp } from './create-app';

async function start(): Promise<void> {
  const config = loadConfig();
  collectProcessMetrics();
  const app = await createApp(config);
  const logger = app.get<Logger>(LOGGER);
  closeOnSignal(app, logger, config.SHUTDOWN_DEADLINE_MS);
  await app.listen(config.PORT, '0.0.0.0');
  logger.info({ port: config.PORT }, 'api.started');
}

start().catch(exitOnBootFailure);
