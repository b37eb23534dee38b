import type { Operation } from './document';

/** Headers of answers; each is described once, in `components.headers`. */
const HEADERS: Record<string, { description: string; schema: { type: string }; example: string | number }> = {
  Location: {
    description: 'Where it can be read.',
    schema: { type: 'string' },
    example: '/api/v1/orders/0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11/',
  },
  ETag: {
    description: 'The version, in quotes. Send it as If-Match to change only this version.',
    schema: { type: 'string' },
    example: '"1"',
  },
  'Retry-After': { description: 'Seconds to wait before trying again.', schema: { type: 'integer' }, example: 1 },
  RateLimit: {
    description: 'Of the limit by its name: how many requests are left (r) and in how many seconds it begins anew (t).',
    schema: { type: 'string' },
    example: '"anonymous";r=0;t=35',
  },
  'RateLimit-Policy': {
    description: 'The limit by its name: so many requests (q) in so many seconds (w).',
    schema: { type: 'string' },
    example: '"anonymous";q=100;w=3600',
  },
  'X-Request-Id': {
    description: 'Of this request, also in the logs and in the history of what it changed: your own if you sent one.',
    schema: { type: 'string' },
    example: '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11',
  },
  'Preference-Applied': {
    description: 'The preference that was followed.',
    schema: { type: 'string' },
    example: 'respond-async',
  },
  'Idempotency-Replayed': {
    description: '`true` when this is the stored reply to an earlier request with the same key; else not there.',
    schema: { type: 'string' },
    example: 'true',
  },
};

const nameOf = (header: string) => header.replaceAll('-', '');

export const HEADER_COMPONENTS = Object.fromEntries(
  Object.entries(HEADERS).map(([header, { description, schema, example }]) => [
    nameOf(header),
    { description, schema, example },
  ]),
);

/** For the `headers` of an ApiResponse: the answer says its version. */
export const ETAG = {
  ETag: { $ref: '#/components/headers/ETag' },
};

/** Documents the headers that follow from what an operation is. */
export function completeHeaders(operation: Operation): void {
  const takes = (header: string) => operation.parameters?.some(({ name }) => name === header) ?? false;
  for (const [status, response] of Object.entries(operation.responses)) {
    const isSuccess = status.startsWith('2');
    const sent = ['X-Request-Id'];
    if (status === '201' || status === '202') sent.push('Location');
    if (isSuccess && status !== '204' && takes('If-Match')) sent.push('ETag');
    if (isSuccess && takes('Idempotency-Key')) sent.push('Idempotency-Replayed');
    if (status === '202' && takes('Prefer')) sent.push('Preference-Applied');
    if (status === '429') sent.push('RateLimit', 'RateLimit-Policy');
    if (status === '429' || status === '503') sent.push('Retry-After');
    const known = sent.map((header) => [header, { $ref: `#/components/headers/${nameOf(header)}` }] as const);
    response.headers = { ...response.headers, ...Object.fromEntries(known) };
  }
}
