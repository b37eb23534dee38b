import { type Config, LOGGER, type Logger, nestLogger } from '@app/platform';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module';
import { serveOpenApi } from './http/openapi';
import { ProblemDetailsFilter } from './http/problem-details.filter';
import { addRequestHooks, requestIdOf } from './http/request-hooks';
import { validationPipe } from './http/validation';

const BODY_BYTES_MAX = 1024 * 1024;

/** Builds the whole API, ready to listen; tests build the same one. */
export async function createApp(config: Config): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    genReqId: requestIdOf,
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(config), adapter, {
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get<Logger>(LOGGER);
  app.useLogger(nestLogger(logger));
  // JSON only: anything else is a 415 instead of a body that no schema expects.
  adapter.getInstance().removeContentTypeParser(['text/plain', 'application/x-www-form-urlencoded']);
  addRequestHooks(adapter.getInstance(), config, logger);
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemDetailsFilter(logger));
  serveOpenApi(app);
  return app;
}
