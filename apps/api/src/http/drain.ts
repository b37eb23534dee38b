import type { Socket } from 'node:net';
import { isStopping } from '@app/platform';
import type { FastifyInstance } from 'fastify';

/**
 * From the signal to stop on, each answer tells its client to open a new connection: elsewhere, when a balancer is in front. The
 * connections that are then closed are idle: no request that was begun is cut off, and one that nobody has read yet, such as the
 * first on a connection that was opened ahead, meets a closed connection.
 */
export function addDrain(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (isStopping()) void reply.header('connection', 'close');
    done(null, payload);
  });

  // Node's server closes what is idle after a request, and would wait for connections that have not sent one yet: those that a
  // balancer opens ahead, or fetch after a request that was aborted.
  const connections = new Set<Socket>();
  fastify.server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  fastify.addHook('preClose', (done) => {
    for (const connection of connections) if (connection.bytesRead === 0) connection.destroy();
    done();
  });
}
