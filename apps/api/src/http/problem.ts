import type { ErrorKind, FieldError } from '@app/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';

/** An error as RFC 9457 says it, `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:order-fulfillment:problem:validation-failed' }),
    title: z.string().meta({ example: 'Bad Request' }),
    status: z.number().int().meta({ example: 400 }),
    detail: z.string().meta({ example: 'The request is not valid.' }),
    instance: z.string().meta({ example: '/api/v1/orders/' }),
    code: z.string().meta({ example: 'VALIDATION_FAILED', description: 'Stable; made for programs.' }),
    request_id: z.string().meta({ example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' }),
    errors: z
      .array(
        z.object({
          field: z.string().meta({ example: 'items[0].quantity' }),
          code: z.string().meta({ example: 'too_small' }),
          message: z.string().meta({ example: 'Quantity must be at least 1.' }),
        }),
      )
      .optional(),
    order_id: z
      .uuid()
      .optional()
      .meta({ description: 'The order that this is about.', example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11' }),
    product_ids: z
      .array(z.number().int())
      .optional()
      .meta({ description: 'The products that this is about.', example: [1] }),
    batch_id: z
      .uuid()
      .optional()
      .meta({ description: 'Of a rejected bulk request: the batch that keeps its results.' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

export const STATUS_OF_KIND: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  key_reused: 422,
  too_many: 429,
  unavailable: 503,
};

/** Errors of Fastify and of the readiness check; Nest hands them on with their status only. */
export const TRANSPORT_PROBLEMS: Record<number, [code: string, detail: string]> = {
  400: ['INVALID_BODY', 'The body cannot be read as JSON.'],
  408: ['REQUEST_TIMEOUT', 'The request did not arrive in time.'],
  413: ['BODY_TOO_LARGE', 'The body is too large.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.'],
  429: [
    'RATE_LIMITED',
    'At most 100 requests of one address without a credential per hour are answered. Try again in 35 s.',
  ],
  503: ['NOT_READY', 'The database does not answer. Try again in a moment.'],
};

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function buildProblem(
  status: number,
  code: string,
  detail: string,
  request: { url: string; id: string },
  fields: readonly FieldError[] = [],
  members: Readonly<Record<string, string | readonly number[]>> = {},
): Problem {
  return {
    type: `urn:order-fulfillment:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail,
    instance: request.url.split('?')[0]!,
    code,
    request_id: request.id,
    ...(fields.length > 0 ? { errors: [...fields] } : {}),
    ...members,
  };
}

export function sendProblem(reply: FastifyReply, problem: Problem): void {
  void reply.status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem));
}
