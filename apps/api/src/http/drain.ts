import { isStopping } from '@app/platform';
import type { FastifyInstance } from 'fastify';

/**
 * From the signal to stop on, each answer tells its client to open a new connection: elsewhere, when a balancer is in front. The
 * connections that are then closed are idle, and nobody's request is cut off.
 */
export function addDrain(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (isStopping()) void reply.header('connection', 'close');
    done(null, payload);
  });
}
