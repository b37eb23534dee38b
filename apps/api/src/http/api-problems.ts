import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { problemSchema } from './problem';

const DESCRIPTIONS: Record<number, string> = {
  400: 'Something in the request is not valid; `errors` names each field.',
  404: 'There is no such thing.',
  409: 'The request conflicts with the state of things; nothing was changed.',
  412: 'It was changed since the ETag in If-Match.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'The Idempotency-Key was used with another body.',
  503: 'Busy or restarting: try again after Retry-After seconds.',
};

/** Documents the errors that an operation can answer with. */
export function ApiProblems(...statuses: number[]) {
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({ status, standardSchema: problemSchema, description: DESCRIPTIONS[status] }),
    ),
  );
}
