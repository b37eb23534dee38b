import 'reflect-metadata';
import {
  closeOnSignal,
  collectProcessMetrics,
  exitOnBootFailure,
  loadConfig,
  LOGGER,
  type Logger,
  nestLogger,
  startProbeServer,
} from '@app/platform';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { WorkerModule } from './worker.module';

async function start(): Promise<void> {
  const config = loadConfig();
  collectProcessMetrics();
  const app = await NestFactory.createApplicationContext(WorkerModule.for(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get<Logger>(LOGGER);
  app.useLogger(nestLogger(logger));
  const database = app.get(DataSource);
  const probes = await startProbeServer(
    config.WORKER_PORT,
    async () => (await database.query('select 1')).length === 1,
  );
  const close = async () => {
    probes.close();
    await app.close();
  };
  closeOnSignal({ close }, logger, config.SHUTDOWN_DEADLINE_MS);
  logger.info({ port: config.WORKER_PORT, queues: config.REDIS_URL ? 'redis' : 'postgres' }, 'worker.started');
}

start().catch(exitOnBootFailure);
