import { type Config, createLogger, type Logger, nestLogger } from '@app/platform';
import { RateLimits } from '@app/throttling';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module';
import { addAccessCheck } from './access/access-check';
import { addBodyBudget } from './http/body-budget';
import { addBodyLimits } from './http/body-limit';
import { addConditionCheck } from './http/conditions';
import { addDrain } from './http/drain';
import { addGzip } from './http/gzip';
import { addHostCheck } from './http/host-check';
import { addJsonParser } from './http/json-body';
import { ProblemDetailsFilter } from './http/problem-details.filter';
import { addPipelining } from './http/pipelining';
import { addReadQueue } from './http/read-queue';
import { addRateLimits } from './http/rate-limits';
import { addRequestHooks, requestIdOf } from './http/request-hooks';
import { RouteTable } from './http/route-table';
import { addSecurityHeaders } from './http/security-headers';
import { refuseBytes, refuseUrl } from './http/transport-problems';
import { validationPipe } from './http/validation';
import { serveOpenApi } from './openapi/openapi';
import { serveRedoc } from './openapi/redoc';
import { serveStartPage } from './pages/start-page';

const BODY_BYTES_MAX = 1024 * 1024;
/** For receiving a whole request; a client that sends it byte by byte does not hold a connection for longer. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Builds the whole API, ready to listen; tests build the same one. */
export async function createApp(
  config: Config,
  logger: Logger = createLogger(config, 'api'),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    genReqId: requestIdOf,
    // The id of an order may have 100 characters of any script, each of which is up to 12 in a URL.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 1200 },
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Node would answer without a body; see addHostCheck.
    http: { requireHostHeader: false },
    forceCloseConnections: 'idle',
    // What arrives on an open connection while the process stops is still answered, with Connection: close.
    return503OnClosing: false,
    // Whose word about a client is taken: X-Forwarded-For, -Proto and -Host count only from these.
    trustProxy: config.trustedProxies ? [...config.trustedProxies] : false,
    frameworkErrors: refuseUrl,
    clientErrorHandler: refuseBytes,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.for(config, logger), adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
    // Fastify's own JSON parser is enough; Nest would add one for forms.
    bodyParser: false,
  });
  const fastify = adapter.getInstance();
  // JSON only: anything else is a 415 instead of a body that no schema expects.
  fastify.removeContentTypeParser('text/plain');
  addJsonParser(fastify);
  addBodyLimits(fastify);
  addPipelining(fastify);
  addSecurityHeaders(fastify);
  addRequestHooks(fastify, config, logger);
  addHostCheck(fastify);
  addRateLimits(fastify, app.get(RateLimits));
  addAccessCheck(fastify, app, config);
  addBodyBudget(fastify, config);
  addConditionCheck(fastify);
  addReadQueue(fastify, config);
  addDrain(fastify);
  addGzip(fastify);
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemDetailsFilter(logger, new RouteTable(fastify)));
  if (config.corsOrigins) allowOrigins(app, config.corsOrigins);
  serveStartPage(app, config);
  if (config.enableApiDocs) {
    serveOpenApi(app);
    serveRedoc(app);
  }
  return app;
}

/** Lets pages of these origins read the answers, with the headers that clients of the API use. */
function allowOrigins(app: NestFastifyApplication, origins: readonly string[]): void {
  app.enableCors({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'ETag',
      'Idempotency-Replayed',
      'Link',
      'Location',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'X-Request-Id',
    ],
    maxAge: 600,
  });
}
