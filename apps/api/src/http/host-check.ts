import type { FastifyInstance } from 'fastify';
import { buildProblem, sendProblem } from './problem';

/** HTTP/1.1 requires a Host header (RFC 9112, 3.2). Node checks that too, but answers without saying what is wrong. */
export function addHostCheck(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.headers.host !== undefined || request.raw.httpVersion !== '1.1') done();
    else sendProblem(reply, buildProblem(400, 'INVALID_HOST', 'HTTP/1.1 requires a Host header.', request));
  });
}
