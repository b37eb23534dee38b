import { Contract, type Endpoint, pointerTo } from './contract';
import type { Received, Sending } from './exchange';

const PROBLEM_TYPE = 'application/problem+json';
/** Headers that mean something: an answer must not have one that is not documented. */
const MEANINGFUL = ['location', 'etag', 'retry-after', 'idempotency-replayed', 'preference-applied', 'x-request-id'];
/** Documented, but there in some answers only. */
const SOMETIMES = new Set(['idempotency-replayed', 'preference-applied']);
const INTERNALS = /\\n\s+at |node_modules|SELECT |INSERT |violates|pg_|constraint "|syntax error/;

/** What is wrong with an answer by the document; empty when nothing is. */
export function faultsOf(contract: Contract, endpoint: Endpoint, sending: Sending, received: Received): string[] {
  const { status, headers, text } = received;
  if (status >= 500) return [`answered ${status}: ${text.slice(0, 300)}`];
  const documented = endpoint.operation.responses[status];
  if (!documented) return [`answered ${status}, which is not documented: ${text.slice(0, 300)}`];
  const type = headers['content-type']?.split(';')[0];
  const faults = [
    ...bodyFaults(contract, endpoint, received, type),
    ...headerFaults(new Set(Object.keys(documented.headers ?? {}).map((name) => name.toLowerCase())), headers),
  ];
  if (status >= 400) faults.push(...problemFaults(sending, received, type));
  return faults;
}

function bodyFaults(contract: Contract, endpoint: Endpoint, { status, text }: Received, type?: string): string[] {
  const { content, pointer: place } = endpoint.operation.responses[status]!;
  if (!content) return text === '' ? [] : [`has a body, and none is documented: ${text.slice(0, 300)}`];
  const media = type === undefined ? undefined : content[type];
  if (!media) return [`is ${type}, documented are ${Object.keys(content).join(', ')}`];
  if (!type!.endsWith('json')) return [];
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [`is not JSON: ${text.slice(0, 300)}`];
  }
  const pointer = place! + pointerTo('content', type!, 'schema');
  return contract.errors(pointer, body).map((error) => `${status} does not match its schema: ${error}`);
}

function headerFaults(documented: ReadonlySet<string>, headers: Record<string, string>): string[] {
  return MEANINGFUL.flatMap((name) => {
    if (name in headers && !documented.has(name)) return [`sends ${name}, which is not documented`];
    if (!(name in headers) && documented.has(name) && !SOMETIMES.has(name)) return [`does not send ${name}`];
    return [];
  });
}

/** Every error is a problem that says where it happened and under which request id, and nothing of what is inside. */
export function problemFaults(sending: Sending, { status, headers, text }: Received, type?: string): string[] {
  if (type !== PROBLEM_TYPE) return [`${status} is ${type}: ${text.slice(0, 300)}`];
  const problem = JSON.parse(text) as { status: number; request_id: string; instance: string };
  return [
    ...(problem.status === status ? [] : [`says ${problem.status} in a ${status}`]),
    ...(problem.request_id === headers['x-request-id'] ? [] : ['has another request_id than its header']),
    ...(problem.instance === sending.url.split('?')[0] ? [] : [`is of another place: ${problem.instance}`]),
    ...(INTERNALS.test(text) ? [`shows what is inside: ${text.slice(0, 300)}`] : []),
  ];
}
