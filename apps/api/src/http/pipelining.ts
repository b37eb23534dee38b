import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Clients that send the next requests before they have the answer to the first send a handful. */
const PIPELINED_MAX = 16;

/**
 * Of the requests that a client sends on one connection without waiting for the answers, each begins when the one before it is
 * answered: Node's server begins all of them at once, and keeps the answers that are not yet due. Beyond a bound the connection is
 * closed when all up to there are answered, as it is allowed to be at any time (RFC 9112, 9.3.2).
 */
export function addPipelining(fastify: FastifyInstance): void {
  const waiting = new WeakMap<Socket, number>();
  fastify.addHook('onRequest', (request, reply, done) => {
    // An answer has the socket while it is its turn.
    if (reply.raw.socket) {
      done();
      return;
    }
    const { socket } = request.raw;
    const count = (waiting.get(socket) ?? 0) + 1;
    if (count > PIPELINED_MAX) {
      socket.pause();
      reply.hijack();
      return;
    }
    if (count === PIPELINED_MAX) void reply.header('connection', 'close');
    waiting.set(socket, count);
    reply.raw.once('socket', () => {
      const left = waiting.get(socket)!;
      // Once the bound was reached it stays so: the connection ends soon.
      if (left < PIPELINED_MAX) waiting.set(socket, left - 1);
      done();
    });
  });
}
