import type { Principal, RateLimit } from '@app/platform';
import type { Decision, LimitName, RateLimits } from '@app/throttling';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientOf } from './client-address';
import { buildProblem, sendProblem } from './problem';

/** What operators, probes and readers of the documents ask for. A route is looked at, not a URL, which can be spelled in many ways. */
const NEVER_COUNTED = /^\/(?:$|favicon\.ico$|health(?:\/|$)|metrics\/?$|swagger|redoc|\.well-known\/)/;
const UNIT: Readonly<Record<number, string>> = { 1: 'second', 60: 'minute', 3600: 'hour', 86_400: 'day' };

/**
 * Counts every request of a client before its body is read, and refuses what is beyond its limit with 429. Who has a credential is
 * counted by that, whoever has none by the address. Without limits there is nothing here that a request could meet.
 */
export function addRateLimits(fastify: FastifyInstance, limits: RateLimits): void {
  if (!limits.isOn) return;
  // After all that happens onRequest: the principal is known, and a page of another origin may read the refusal.
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    const { principal } = request;
    if (!principal || request.method === 'OPTIONS' || NEVER_COUNTED.test(request.routeOptions.url ?? 'unmatched')) {
      done(null, payload);
      return;
    }
    const name = limitFor(principal);
    const goOn = (decision: Decision | undefined) => {
      if (!decision) return done(null, payload);
      if (decision.outcome === 'not_counted') {
        limits.noteNotCounted();
        return done(null, payload);
      }
      setHeaders(reply, name, decision);
      if (decision.outcome === 'allowed') return done(null, payload);
      limits.noteRefused(name);
      refuse(request, reply, name, decision);
    };
    const decision = limits.take(name, name === 'anonymous' ? clientOf(request.ip) : principal.text);
    if (decision instanceof Promise) decision.then(goOn, done);
    else goOn(decision);
  });
}

function limitFor({ kind }: Principal): LimitName {
  return kind === 'anonymous' ? 'anonymous' : 'user';
}

type Counted = Exclude<Decision, { outcome: 'not_counted' }>;

/** As in draft-ietf-httpapi-ratelimit-headers-10: the policy, and what is left of it. */
function setHeaders(reply: FastifyReply, name: LimitName, { limit, remaining, resetSeconds }: Counted): void {
  void reply.headers({
    'ratelimit-policy': `"${name}";q=${limit.requests};w=${limit.windowSeconds}`,
    ratelimit: `"${name}";r=${remaining};t=${resetSeconds}`,
  });
}

function refuse(request: FastifyRequest, reply: FastifyReply, name: LimitName, { limit, resetSeconds }: Counted): void {
  void reply.header('retry-after', resetSeconds);
  // A body that nobody is going to read must not be waited for.
  if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined)
    void reply.header('connection', 'close');
  sendProblem(reply, buildProblem(429, 'RATE_LIMITED', sentence(name, limit, resetSeconds), request));
}

function sentence(name: LimitName, { requests, windowSeconds }: RateLimit, resetSeconds: number): string {
  const whose = name === 'anonymous' ? 'one address without a credential' : 'one account';
  return `At most ${requests} requests per ${UNIT[windowSeconds]} are answered for ${whose}. Try again in ${resetSeconds} s.`;
}
