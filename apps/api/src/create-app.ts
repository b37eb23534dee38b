import { type Config, createLogger, type Logger, nestLogger } from '@app/platform';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module';
import { serveOpenApi } from './http/openapi';
import { ProblemDetailsFilter } from './http/problem-details.filter';
import { addRequestHooks, requestIdOf } from './http/request-hooks';
import { validationPipe } from './http/validation';

const BODY_BYTES_MAX = 1024 * 1024;

/** Builds the whole API, ready to listen; tests build the same one. */
export async function createApp(
  config: Config,
  logger: Logger = createLogger(config, 'api'),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    genReqId: requestIdOf,
    routerOptions: { ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    // What arrives on an open connection while the process stops is still answered, with Connection: close.
    return503OnClosing: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(config, logger), adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
    // Fastify's own JSON parser is enough; Nest would add one for forms.
    bodyParser: false,
  });
  // JSON only: anything else is a 415 instead of a body that no schema expects.
  adapter.getInstance().removeContentTypeParser('text/plain');
  addRequestHooks(adapter.getInstance(), config, logger);
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemDetailsFilter(logger));
  serveOpenApi(app);
  return app;
}
