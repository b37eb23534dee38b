import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Config, loadConfig } from '../config/load-config';
import { DatabaseProbe } from '../database/database-probe';
import { createLogger, type Logger, nestLogger } from '../logging/logger';
import { collectProcessMetrics } from '../metrics/registry';
import { closeOnSignal, exitOnBootFailure, isStopping } from './lifecycle';
import { startProbeServer } from './probe-server';

export interface BackgroundProcess {
  /** Shows in log lines and in the database's list of sessions. */
  name: string;
  module: (config: Config, logger: Logger) => DynamicModule;
  /** Where its health and metrics are. */
  port: (config: Config) => number;
  /** What it needs to be ready besides the database. */
  isReady?: (app: INestApplicationContext) => boolean | Promise<boolean>;
}

/** Runs a process that serves nothing but its own health and metrics, until it is told to stop. */
export function runBackgroundProcess(background: BackgroundProcess): void {
  start(background).catch(exitOnBootFailure);
}

async function start({ name, module, port, isReady = () => true }: BackgroundProcess): Promise<void> {
  const config = loadConfig();
  collectProcessMetrics();
  const logger = createLogger(config, name);
  const app = await NestFactory.createApplicationContext(module(config, logger), {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  const database = app.get(DatabaseProbe);
  const probes = await startProbeServer(
    port(config),
    async () => !isStopping() && (await isReady(app)) && (await database.answerMs()) >= 0,
  );
  const close = async () => {
    probes.close();
    await app.close();
  };
  closeOnSignal({ close }, logger, { deadlineMs: config.SHUTDOWN_DEADLINE_MS });
  logger.info({ port: port(config), queues: config.REDIS_URL ? 'redis' : 'postgres' }, `${name}.started`);
}
