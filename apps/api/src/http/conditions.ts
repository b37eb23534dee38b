import { InvalidInputError } from '@app/platform';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { AddRouteConfig } from '../access/route-config';

declare module 'fastify' {
  interface FastifyContextConfig {
    takesIfMatch?: boolean;
  }
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** This route changes only the version that If-Match names. */
export function TakesIfMatch() {
  return applyDecorators(
    AddRouteConfig({ takesIfMatch: true }),
    ApiHeader({ name: 'If-Match', required: false, description: 'The ETag that you have read, such as "3".' }),
  );
}

/**
 * Refuses a write with a condition that its route does not look at: a client that says "only if" must not be told that it is done.
 * If-Unmodified-Since counts for nothing beside an If-Match that is looked at (RFC 9110, section 13.1.4); If-Modified-Since and If-Range
 * are about reading.
 */
export function addConditionCheck(fastify: FastifyInstance): void {
  fastify.addHook('preHandler', (request, _reply, done) => {
    if (!WRITES.has(request.method)) {
      done();
      return;
    }
    const { takesIfMatch } = request.routeOptions.config;
    const { headers } = request;
    const ignored = [
      ...(headers['if-match'] !== undefined && !takesIfMatch ? ['If-Match'] : []),
      ...(headers['if-none-match'] === undefined ? [] : ['If-None-Match']),
      ...(headers['if-unmodified-since'] === undefined || (takesIfMatch && headers['if-match'] !== undefined)
        ? []
        : ['If-Unmodified-Since']),
    ];
    if (ignored.length === 0) done();
    else done(refusal(ignored, takesIfMatch === true));
  });
}

function refusal(headers: readonly string[], takesIfMatch: boolean): InvalidInputError {
  const hint = takesIfMatch ? ' Use If-Match with the ETag that you have read.' : ' Send the request without it.';
  return new InvalidInputError(
    'The request has a condition that is not looked at here. Nothing was done.',
    headers.map((field) => ({
      field,
      code: 'unsupported_condition',
      message: `${field} is not supported here.${hint}`,
    })),
  );
}
