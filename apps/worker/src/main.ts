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
import { WorkerModule } from './worker.module';

async function start(): Promise<void> {
  const config = loadConfig();
  collectProcessMetrics();
  const logger = createLogger(config, 'worker');
  const app = await NestFactory.createApplicationContext(WorkerModule.for(config, logger), {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  const database = app.get(DatabaseProbe);
  const probes = await startProbeServer(config.WORKER_PORT, async () => (await database.answerMs()) >= 0);
  const close = async () => {
    probes.close();
    await app.close();
  };
  closeOnSignal({ close }, logger, config.SHUTDOWN_DEADLINE_MS);
  logger.info({ port: config.WORKER_PORT, queues: config.REDIS_URL ? 'redis' : 'postgres' }, 'worker.started');
}

start().catch(exitOnBootFailure);
