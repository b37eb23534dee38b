import * as fc from 'fast-check';
import type { Endpoint, OpenApiDocument, Parameter } from './contract';
import type { Sending } from './exchange';
import { validValue } from './valid-values';

/** What to ask of an operation, before it is known which orders there are. */
export interface Wish {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, unknown>;
  body: unknown;
  withSlash: boolean;
}

/** Ids that answers gave, by the name of their field: paths ask for these, or nothing would ever be found. */
export class KnownIds {
  private readonly ids = new Map<string, Set<string>>();

  /** Takes every id of an answer that a path can ask for. */
  learn(body: unknown, names: ReadonlySet<string>): void {
    if (Array.isArray(body)) body.forEach((part) => this.learn(part, names));
    if (typeof body !== 'object' || body === null) return;
    for (const [name, value] of Object.entries(body)) {
      if (typeof value === 'string' && names.has(name))
        this.ids.set(name, (this.ids.get(name) ?? new Set()).add(value));
      else this.learn(value, names);
    }
  }

  /** `onlyUuids`: of some names clients choose ids themselves, which may be any text. */
  pick(name: string, { index, onlyUuids }: Pick): string {
    const known = [...(this.ids.get(name) ?? [])].filter((id) => !onlyUuids || UUID.test(id));
    return known[index % known.length] ?? '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11';
  }
}

interface Pick {
  index: number;
  onlyUuids: boolean;
}

const PICK = 'pick';
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Wishes that the document says an operation fulfils. */
export function validWish({ operation }: Endpoint, document: OpenApiDocument): fc.Arbitrary<Wish> {
  const parameters = operation.parameters ?? [];
  const valuesIn = (place: Parameter['in']) => {
    const found = parameters.filter((parameter) => parameter.in === place);
    const values = Object.fromEntries(found.map((parameter) => [parameter.name, parameterValue(parameter, document)]));
    const requiredKeys = found.filter(({ required }) => required).map(({ name }) => name);
    return fc.record(values, { requiredKeys, noNullPrototype: true });
  };
  const { requestBody } = operation;
  const body = requestBody
    ? validValue(requestBody.content['application/json']!.schema!, document)
    : fc.constant(undefined);
  return fc.record({
    path: valuesIn('path'),
    query: valuesIn('query'),
    headers: valuesIn('header'),
    body: requestBody?.required === false ? fc.option(body, { nil: undefined }) : body,
    withSlash: fc.boolean(),
  });
}

function parameterValue(parameter: Parameter, document: OpenApiDocument): fc.Arbitrary<unknown> {
  const schema = parameter.schema!;
  const known = {
    weight: 9,
    arbitrary: fc.nat(10_000).map((index) => ({ [PICK]: { index, onlyUuids: schema.format === 'uuid' } })),
  };
  if (parameter.in === 'path' && schema.format === 'uuid') return fc.oneof(known, fc.uuid());
  // An id that clients may choose themselves.
  if (parameter.in === 'path' && schema.type === 'string') return fc.oneof(known, validValue(schema, document));
  if (parameter.in === 'path' && schema.type === 'integer')
    return fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 50 }) }, validValue(schema, document));
  // Cursors are made by the server; a test of their own tampers with them.
  if (parameter.name === 'cursor') return fc.constant('');
  if (parameter.in === 'header') return validValue(schema, document).filter((value) => /^[!-~]+$/.test(String(value)));
  return validValue(schema, document);
}

export function toSending({ method, path }: Endpoint, wish: Wish, known: KnownIds): Sending {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = wish.path[name];
    const isPick = typeof value === 'object' && value !== null && PICK in value;
    return encodeURIComponent(isPick ? known.pick(name, value[PICK] as Pick) : String(value));
  });
  const query = Object.entries(wish.query).flatMap(([name, value]) =>
    [value].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(String(each))}`),
  );
  const url = wish.withSlash || !filled.endsWith('/') ? filled : filled.slice(0, -1);
  const headers = Object.fromEntries(Object.entries(wish.headers).map(([name, value]) => [name, String(value)]));
  return {
    method,
    url: query.length > 0 ? `${url}?${query.join('&')}` : url,
    headers: wish.body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    body: wish.body === undefined ? undefined : JSON.stringify(wish.body),
  };
}
