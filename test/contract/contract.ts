import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../../apps/api/src/access/access';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

export interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

export interface Media {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { summary?: string; value: unknown }>;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  description?: string;
  schema?: Schema;
  example?: unknown;
}

export interface Answer {
  $ref?: string;
  /** Where it is described; set by endpointsOf. */
  pointer?: string;
  description?: string;
  headers?: Record<string, { $ref?: string; required?: boolean }>;
  content?: Record<string, Media>;
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, Answer>;
  /** Credentials that it takes, one of them; an empty one stands for none. */
  security?: Record<string, string[]>[];
  /** Who may call it, as its route says. */
  'x-access'?: Access;
}

export interface OpenApiDocument {
  openapi: string;
  tags?: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    headers?: Record<string, unknown>;
    responses?: Record<string, Answer>;
  };
}

/** One operation and where it is in the document. */
export interface Endpoint {
  /** `POST /api/v1/orders/` */
  name: string;
  method: string;
  path: string;
  pointer: string;
  operation: Operation;
}

/** docs/openapi.json: a spec of its own says that it is what the API serves. */
export function readDocument(): OpenApiDocument {
  return JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as OpenApiDocument;
}

export function endpointsOf(document: OpenApiDocument): Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      pointer: pointerTo('paths', path, method),
      operation: { ...operation, responses: answersOf(operation, pointerTo('paths', path, method), document) },
    })),
  );
}

/** Whether an operation can be done without a credential: it takes none, or none is one of those that it takes. */
export function isOpen({ operation: { responses, security = [] } }: Endpoint): boolean {
  return responses[401] === undefined || security.some((scheme) => Object.keys(scheme).length === 0);
}

/** The answers of an operation as they are described, where many share a description as well. */
function answersOf({ responses }: Operation, pointer: string, { components }: OpenApiDocument): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, answer]) => {
      const name = answer.$ref?.split('/').at(-1);
      return name === undefined
        ? [status, { ...answer, pointer: pointer + pointerTo('responses', status) }]
        : [status, { ...components.responses?.[name], pointer: pointerTo('components', 'responses', name) }];
    }),
  );
}

/** A JSON pointer as a URI fragment. */
export function pointerTo(...segments: (string | number)[]): string {
  return segments
    .map((segment) => `/${encodeURIComponent(String(segment).replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');
}

export function resolve(schema: Schema, document: OpenApiDocument): Schema {
  return schema.$ref ? document.components.schemas[schema.$ref.split('/').at(-1)!]! : schema;
}

/**
 * Checks values against the schemas of a document, which are named by their place in it. `closed`: a field of an answer that is
 * not documented is an error too, although clients are told to expect more.
 */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true, strictTypes: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(
    readonly document: OpenApiDocument,
    { closed = false } = {},
  ) {
    addFormats(this.ajv);
    // Addresses with letters of any script; the product itself decides which these are.
    this.ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/u);
    // The document as a whole is no schema, but the place where all of them are.
    this.ajv.addVocabulary(['example', 'openapi', 'info', 'tags', 'servers', 'security', 'paths', 'components']);
    this.ajv.addSchema(closed ? (close(document) as object) : document, 'contract');
  }

  /** What is wrong with the value; empty when nothing is. */
  errors(pointer: string, value: unknown): string[] {
    let validate = this.compiled.get(pointer);
    if (!validate) {
      validate = this.ajv.compile({ $ref: `contract#${pointer}` });
      this.compiled.set(pointer, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
    );
  }
}

function close(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(close);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, close(value)]));
  const isObjectSchema = copy.type === 'object' && typeof copy.properties === 'object';
  if (isObjectSchema && !('additionalProperties' in copy)) copy.additionalProperties = false;
  return copy;
}
