import { Contract, endpointsOf, readDocument } from './contract';
import type { Received, Sending } from './exchange';
import { faultsOf } from './judge';

const document = readDocument();
const contract = new Contract(document, { closed: true });
const endpoint = endpointsOf(document).find(({ name }) => name === 'GET /api/v1/orders/{order_id}/status/')!;
const sending: Sending = { method: 'GET', url: '/api/v1/orders/x/status/?a=1', headers: {} };
const STATUS = endpoint.operation.responses['200']!.content!['application/json']!.example as Record<string, unknown>;
const PROBLEM = {
  type: 'urn:order-fulfillment:problem:validation-failed',
  title: 'Bad Request',
  status: 400,
  detail: 'The request is not valid.',
  instance: '/api/v1/orders/x/status/',
  code: 'VALIDATION_FAILED',
  request_id: 'r1',
};

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Received => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  headers: {
    'content-type': status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json',
    'x-request-id': 'r1',
    ...headers,
  },
});
const faults = (received: Received) => faultsOf(contract, endpoint, sending, received);

/** What the fuzzer can see: an answer that it takes, and one fault of every kind. */
describe('judging an answer by the document', () => {
  it('takes what is documented', () => {
    expect(faults(answer(200, STATUS))).toEqual([]);
    expect(faults(answer(400, PROBLEM))).toEqual([]);
  });

  it.each([
    ['a 500', answer(500, PROBLEM)],
    ['a status that is not documented', answer(418, { ...PROBLEM, status: 418 })],
    ['another media type', answer(200, STATUS, { 'content-type': 'text/html' })],
    ['a body that is not JSON', answer(200, 'OK')],
    ['a field of another type', answer(200, { ...STATUS, created_at: 5 })],
    ['a field that is missing', answer(200, { ...STATUS, order_id: undefined })],
    ['a field that is not documented', answer(200, { ...STATUS, password: 'x' })],
    ['a value outside of its enum', answer(200, { ...STATUS, status: 'lost' })],
    ['a header that is not documented', answer(200, STATUS, { etag: '"1"' })],
    ['an error that is no problem', answer(400, PROBLEM, { 'content-type': 'application/json' })],
    ['a problem of another status', answer(400, { ...PROBLEM, status: 404 })],
    ['a problem of another request', answer(400, { ...PROBLEM, request_id: 'r2' })],
    ['a problem of another place', answer(400, { ...PROBLEM, instance: '/api/v1/products/' })],
    ['a problem with a stack', answer(400, { ...PROBLEM, detail: 'Error\n    at Object.<anonymous> (/app/x.js:1:1)' })],
    [
      'a message of the database',
      answer(400, { ...PROBLEM, detail: 'duplicate key value violates unique constraint' }),
    ],
  ])('finds %s', (_, received) => {
    expect(faults(received)).not.toEqual([]);
  });

  it('misses no header that is promised', () => {
    const { 'x-request-id': _, ...headers } = answer(200, STATUS).headers;
    expect(faults({ ...answer(200, STATUS), headers })).toEqual(['does not send x-request-id']);
  });
});
