import 'reflect-metadata';
import { closeOnSignal, collectProcessMetrics, createLogger, exitOnBootFailure, loadConfig } from '@app/platform';
import { createApp } from './create-app';

async function start(): Promise<void> {
  const config = loadConfig();
  collectProcessMetrics();
  const logger = createLogger(config, 'api');
  const app = await createApp(config, logger);
  const close = async () => {
    // A client that does not read its answer must not hold the process back.
    const remainingMs = config.SHUTDOWN_DEADLINE_MS - config.SHUTDOWN_DRAIN_MS;
    setTimeout(() => app.getHttpAdapter().getInstance().server.closeAllConnections(), remainingMs / 2).unref();
    await app.close();
  };
  closeOnSignal({ close }, logger, {
    drainMs: config.SHUTDOWN_DRAIN_MS,
    deadlineMs: config.SHUTDOWN_DEADLINE_MS,
  });
  await app.listen(config.PORT, config.LISTEN_ADDRESS);
  if (!config.SECRET_KEY && config.NODE_ENV !== 'test')
    logger.warn(
      { node_env: config.NODE_ENV, address: config.LISTEN_ADDRESS },
      'config.development_secret: SECRET_KEY is not set, so cursors and sessions are signed, and the keys of access tokens encrypted, with a secret that everybody can read in the source. ' +
        'Set SECRET_KEY and NODE_ENV=production before anybody else can reach this port.',
    );
  logger.info({ port: config.PORT }, 'api.started');
}

start().catch(exitOnBootFailure);
