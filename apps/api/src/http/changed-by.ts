import type { ChangeContext } from '@app/audit';
import type { FastifyRequest } from 'fastify';

/** Who changes a row through this request; kept with every version. */
export function changedBy(request: FastifyRequest): ChangeContext {
  return { actor: 'api', requestId: request.id };
}
