import { type Config, type Logger, newId, registry } from '@app/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Histogram } from 'prom-client';
import { buildProblem, type Problem, sendProblem } from './problem';

/** A name, an IPv4 or a bracketed IPv6 address, and a port. Lists put it into the URLs of their pages. */
const HOST = /^(?:[\w.~-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
/** They show nothing, and whoever probes a process knows its address only. */
const ASKED_BY_ADDRESS = /^\/health\/(live|ready)$/;
const PROBES = /^\/(health|metrics)(\/|$)/;
const REQUEST_ID = /^[\w.:-]{1,128}$/;

const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'HTTP requests by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers: [registry],
});

const streams = new WeakSet<FastifyRequest>();

/** Counts a request whose answer is a stream when its answer begins: it may last for hours, which is no duration of a request. */
export function countStreamBegun(request: FastifyRequest, reply: FastifyReply): void {
  streams.add(request);
  observe(request, reply);
}

/** The client's X-Request-Id when it is a harmless one, else a new id. */
export function requestIdOf(request: { headers: FastifyRequest['raw']['headers'] }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId();
}

/** What happens around every request: its id goes out and into its log line, its Host and encoding are checked, its time is measured. */
export function addRequestHooks(fastify: FastifyInstance, config: Config, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    const refusal = refusalOf(request, config);
    if (!refusal) {
      done();
      return;
    }
    // A body that nobody is going to read must not be waited for.
    if (refusal.status === 415) void reply.header('accept-encoding', 'identity').header('connection', 'close');
    sendProblem(reply, refusal);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    if (streams.has(request)) {
      done();
      return;
    }
    observe(request, reply);
    const route = routeOf(request);
    // Probes and scrapes come every few seconds and would bury the rest.
    const level = PROBES.test(route) ? 'debug' : 'info';
    logger[level](
      {
        request_id: request.id,
        principal: request.principal?.text,
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'http.request',
    );
    done();
  });
}

/** What is wrong with a request whatever it asks for. A missing Host is the business of HTTP/1.0. */
function refusalOf(request: FastifyRequest, { allowedHosts }: Config): Problem | undefined {
  if (request.host && !HOST.test(request.host))
    return buildProblem(400, 'INVALID_HOST', 'The Host header is not a host name.', request);
  if (
    allowedHosts &&
    !allowedHosts.has(request.hostname.toLowerCase()) &&
    !ASKED_BY_ADDRESS.test(request.routeOptions.url ?? '')
  )
    return buildProblem(400, 'HOST_NOT_ALLOWED', 'This host name is not served here (ALLOWED_HOSTS).', request);
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    return buildProblem(
      415,
      'UNSUPPORTED_CONTENT_ENCODING',
      'Send the body as it is, without Content-Encoding.',
      request,
    );
  return undefined;
}

function observe(request: FastifyRequest, reply: FastifyReply): void {
  const labels = { method: request.method, route: routeOf(request), status: reply.statusCode };
  duration.observe(labels, reply.elapsedTime / 1000);
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unmatched';
}
