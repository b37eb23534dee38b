import type { FastifyInstance } from 'fastify';

/**
 * Answers each of these addresses with the text that it was first answered with: it stays the same while the process runs, and to
 * write the whole document anew, as the module that serves it does for each request, holds all other requests up.
 */
export function keepDocuments(fastify: FastifyInstance, urls: readonly string[]): void {
  const kept = new Map<string, { type: string; text: string }>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const document = kept.get(request.routeOptions.url ?? '');
    if (document) void reply.type(document.type).send(document.text);
    else done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { url = '' } = request.routeOptions;
    if (urls.includes(url) && reply.statusCode === 200 && typeof payload === 'string' && !kept.has(url))
      kept.set(url, { type: String(reply.getHeader('content-type')), text: payload });
    done(null, payload);
  });
}
