import { Principal } from '@app/platform';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it. Undefined for what is refused before it is looked at: a URL that cannot be read, a host that is not served. */
    principal?: Principal;
  }
}

/** There are no accounts yet: whoever sends a request is this principal. */
const ANONYMOUS = Principal.anonymous();

/** From here on every request says who sends it. The only place of this process that decides it. */
export function addPrincipal(fastify: FastifyInstance): void {
  fastify.decorateRequest('principal', undefined);
  fastify.addHook('onRequest', (request, _reply, done) => {
    request.principal = ANONYMOUS;
    done();
  });
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
