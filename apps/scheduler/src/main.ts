import 'reflect-metadata';
import {
  closeOnSignal,
  collectProcessMetrics,
  createLogger,
  DatabaseProbe,
  exitOnBootFailure,
  loadConfig,
  nestLogger,
  startProbeServer,
} from '@app/platform';
import { NestFactory } from '@nestjs/core';
import { SchedulerModule } from './scheduler.module';

async function start(): Promise<void> {
  const config = loadConfig();
  collectProcessMetrics();
  const logger = createLogger(config, 'scheduler');
  const app = await NestFactory.createApplicationContext(SchedulerModule.for(config, logger), {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  const database = app.get(DatabaseProbe);
  const probes = await startProbeServer(config.SCHEDULER_PORT, async () => (await database.answerMs()) >= 0);
  const close = async () => {
    probes.close();
    await app.close();
  };
  closeOnSignal({ close }, logger, config.SHUTDOWN_DEADLINE_MS);
  logger.info({ port: config.SCHEDULER_PORT }, 'scheduler.started');
}

start().catch(exitOnBootFailure);
