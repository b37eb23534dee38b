import { OPEN_PERMISSIONS, type VerifiedCredential } from '@app/identity';
import { type Config, Principal } from '@app/platform';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { clientOf } from './client-address';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it. Undefined for what is refused before it is looked at: a URL that cannot be read, a host that is not served. */
    principal?: Principal;
    /** What it showed; undefined for a request without a credential. */
    credential?: VerifiedCredential;
  }
}

const made = new WeakMap<VerifiedCredential, Principal>();

/** Who sends requests without a credential, and what they may do. */
export function anonymousPrincipal({ authMode }: Pick<Config, 'authMode'>): Principal {
  return Principal.anonymous(authMode === 'open' ? OPEN_PERMISSIONS : undefined);
}

/** Whom a credential stands for; made once while it is remembered. */
export function principalOfCredential(credential: VerifiedCredential): Principal {
  let principal = made.get(credential);
  if (!principal) {
    principal = credential.kind === 'api_key' ? Principal.apiKey(credential) : Principal.user(credential);
    made.set(credential, principal);
  }
  return principal;
}

/** Who sends the request, for the use cases that its method calls. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/**
 * The same without a parameter of its own, for the methods that place single orders: Nest sends each such parameter through the pipes,
 * which costs up to 0.9 of the 50 µs of processor time that an order takes here.
 */
export function principalOf({ principal }: FastifyRequest): Principal {
  // Nothing is written for nobody.
  if (!principal) throw new Error('The request has no principal: its hook did not run.');
  return principal;
}

/** Who does it, and from where: behind proxies that are trusted, what they say of it. For security events, and to count attempts. */
export function causeOf(request: FastifyRequest) {
  return {
    principal: principalOf(request),
    address: request.ip,
    client: clientOf(request.ip),
    requestId: request.id,
  };
}

/** What the request showed, on a route that needs a credential. */
export function credentialOf({ credential }: FastifyRequest): VerifiedCredential {
  if (!credential) throw new Error('The request has no credential: its route does not need one.');
  return credential;
}
