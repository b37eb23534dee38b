import type { RateLimit } from '@app/platform';
import type { Decision, LimitName, RateLimits } from '@app/throttling';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AddRouteConfig } from '../access/route-config';
import { clientOf } from '../access/client-address';
import { buildProblem, sendProblem } from './problem';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which limit by address counts the requests of a route, besides that of all requests. */
    ownLimit?: 'login' | 'registration';
  }
}

/** This route is limited by a smaller limit of its own as well. */
export function LimitedAs(ownLimit: 'login' | 'registration'): MethodDecorator {
  return AddRouteConfig({ ownLimit });
}

/** What operators, probes and readers of the documents ask for. A route is looked at, not a URL, which can be spelled in many ways. */
const NEVER_COUNTED = /^\/(?:$|favicon\.ico$|health(?:\/|$)|metrics\/?$|swagger|redoc|\.well-known\/)/;
const COUNTED: Readonly<Record<LimitName, string>> = {
  anonymous: 'requests of one address without a credential',
  user: 'requests of one account and its API keys',
  login: 'logins from one address',
  registration: 'registrations from one address',
};
const UNIT: Readonly<Record<number, string>> = { 1: 'second', 60: 'minute', 3600: 'hour', 86_400: 'day' };

/**
 * Counts every request of a client before its body is read, and refuses what is beyond its limit with 429. Who has a credential is
 * counted by the account that it belongs to, so that more API keys are not more requests; whoever has none by the address. Without
 * limits there is nothing here that a request could meet.
 */
export function addRateLimits(fastify: FastifyInstance, limits: RateLimits): void {
  if (!limits.isOn) return;
  // After all that happens onRequest: the principal is known, and a page of another origin may read the refusal.
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    const { principal, credential } = request;
    if (!principal || request.method === 'OPTIONS' || NEVER_COUNTED.test(request.routeOptions.url ?? 'unmatched')) {
      done(null, payload);
      return;
    }
    /** Goes on with `pass` unless the limit is used up. */
    const count = (name: LimitName, client: string, pass: () => void) => {
      const judge = (decision: Decision | undefined) => {
        if (!decision) return pass();
        if (decision.outcome === 'not_counted') {
          limits.noteNotCounted();
          return pass();
        }
        setHeaders(reply, name, decision);
        if (decision.outcome === 'allowed') return pass();
        limits.noteRefused(name);
        refuse(request, reply, name, decision);
      };
      const decision = limits.take(name, client);
      if (decision instanceof Promise) decision.then(judge, done);
      else judge(decision);
    };
    const goOn = () => done(null, payload);
    const { ownLimit } = request.routeOptions.config;
    const countOwn = ownLimit === undefined ? goOn : () => count(ownLimit, clientOf(request.ip), goOn);
    if (credential) count('user', `user:${credential.userId}`, countOwn);
    else count('anonymous', clientOf(request.ip), countOwn);
  });
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
  return `At most ${requests} ${COUNTED[name]} per ${UNIT[windowSeconds]} are answered. Try again in ${resetSeconds} s.`;
}
