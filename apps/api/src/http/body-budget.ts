import { type Config, registry } from '@app/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Gauge } from 'prom-client';
import { buildProblem, sendProblem } from './problem';

/** Single orders are smaller and are bounded by the intake: for them this costs the look at one header. */
const SMALL_BODY_BYTES = 16 * 1024;
const RETRY_AFTER_SECONDS = 1;

const bodies = new Gauge({
  name: 'http_large_bodies_bytes',
  help: 'Bytes of large request bodies that are being received or worked on',
  registers: [registry],
});

/**
 * Refuses a large body with 503 before it is read when those of other requests fill the budget: a crowd of bulk requests is
 * told to come back instead of filling the memory. A body alone always passes. One that does not say its length counts as the most
 * that its route takes.
 */
export function addBodyBudget(fastify: FastifyInstance, { LARGE_BODIES_BYTES_MAX: bytesMax }: Config): void {
  let taken = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    const bytes = announcedBytes(request);
    if (bytes < SMALL_BODY_BYTES) {
      done();
      return;
    }
    if (taken > 0 && taken + bytes > bytesMax) {
      refuse(request, reply);
      return;
    }
    bodies.set((taken += bytes));
    // Once the answer is out or its connection is gone, whichever way.
    reply.raw.once('close', () => bodies.set((taken -= bytes)));
    done();
  });
}

function announcedBytes({ headers, routeOptions }: FastifyRequest): number {
  if (headers['content-length'] !== undefined)
    return Math.min(Number(headers['content-length']), routeOptions.bodyLimit);
  return headers['transfer-encoding'] === undefined ? 0 : routeOptions.bodyLimit;
}

/** Nobody is going to read the body: the connection ends with the answer. */
function refuse(request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('retry-after', RETRY_AFTER_SECONDS).header('connection', 'close');
  sendProblem(
    reply,
    buildProblem(503, 'SERVICE_UNAVAILABLE', 'Too many large requests at once. Try again in a moment.', request),
  );
}
