import type { FastifyInstance } from 'fastify';

/** For pages: scripts and styles of this server only. The documents' pages set styles on their elements. */
export const PAGE_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'worker-src blob:',
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** For data: should a browser ever show an answer as a page, that page can do nothing. */
const DATA_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** A year, of this name only: what other names of the domain do is not known here. */
const ONLY_TLS = 'max-age=31536000';

const PAGES = /^\/(swagger|redoc)(\/|$)/;

/**
 * Sets on every answer what keeps a browser from misusing it: types are not guessed, nothing is shown in a frame of another site,
 * no address of ours goes to another site. Written here and not with a library: they are constants, set on the path of every
 * order. A browser that came over TLS, as a trusted proxy says, is told to come back over nothing else.
 */
export function addSecurityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'content-security-policy': PAGES.test(request.url) ? PAGE_SECURITY_POLICY : DATA_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    if (request.protocol === 'https') void reply.header('strict-transport-security', ONLY_TLS);
    done();
  });
}
