import type { DomainError } from '@app/platform';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { buildProblem, problemSchema, STATUS_OF_KIND } from './problem';

const DESCRIPTIONS: Record<number, string> = {
  400: 'Something in the request is not valid; `errors` names each field.',
  401: 'The request needs a credential, or the one that it shows is not good; `WWW-Authenticate` names those that there are.',
  403: 'The credential does not allow this.',
  404: 'Resource not found.',
  405: 'The path does not know this method; `Allow` names those that it knows.',
  409: 'The request conflicts with the state of things; nothing was changed.',
  412: 'It was changed since the ETag in If-Match.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  422: 'The Idempotency-Key was used with another body.',
  428: 'If-Match is needed here.',
  429: 'Too many requests: try again after Retry-After seconds.',
  503: 'Busy or restarting: try again after Retry-After seconds.',
};

/**
 * Documents the errors that an operation can answer with: a status, or an error as it is thrown, which becomes an example of its
 * status word for word. A status alone gets the usual example when the document is completed.
 */
export function ApiProblems(...problems: (number | DomainError)[]) {
  const byStatus = new Map<number, DomainError[]>();
  for (const problem of problems) {
    const status = typeof problem === 'number' ? problem : STATUS_OF_KIND[problem.kind];
    const examples = byStatus.get(status) ?? [];
    byStatus.set(status, examples);
    if (typeof problem !== 'number') examples.push(problem);
  }
  return applyDecorators(
    ...[...byStatus].map(([status, errors]) =>
      ApiResponse({
        status,
        standardSchema: problemSchema,
        description: problemDescription(status),
        ...(errors.length > 0 ? { examples: Object.fromEntries(named(errors.map(problemExample))) } : {}),
      }),
    ),
  );
}

export function problemDescription(status: number): string {
  return DESCRIPTIONS[status] ?? 'An error.';
}

/** The second one of a code is told from the first. */
function named(examples: readonly (readonly [string, object])[]) {
  return examples.map(([name, example], index) => {
    const before = examples.slice(0, index).filter(([earlier]) => earlier === name).length;
    return [before > 0 ? `${name}_${before + 1}` : name, example] as const;
  });
}

/** Named by its code; where the request was made is filled in when the document is completed. */
export function problemExample({ kind, code, message, fields, members }: DomainError) {
  const value = buildProblem(STATUS_OF_KIND[kind], code, message, { url: '', id: '' }, fields, members);
  return [code.toLowerCase(), { summary: message, value }] as const;
}
