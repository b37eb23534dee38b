import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenCredentials } from '../access/open-credentials';
import { EventStream } from './event-stream';

/** Answers with a stream that ends when the credential that opened it does. */
export function watchedStream(
  credentials: OpenCredentials,
  request: FastifyRequest,
  reply: FastifyReply,
  onClose: () => void,
): EventStream {
  // A client that has left already closes it while it is made.
  let stopWatching: () => void = () => undefined;
  let isClosed = false;
  const stream = new EventStream(request, reply, () => {
    isClosed = true;
    stopWatching();
    onClose();
  });
  if (!isClosed) stopWatching = credentials.watch(request, () => stream.end());
  return stream;
}
