import type { OpenAPIObject } from '@nestjs/swagger';
import { problemDescription } from '../http/api-problems';
import type { Problem } from '../http/problem';
import type { Access } from '../access/access';
import { accessExamples, completeAccess, SECURITY_SCHEMES } from './complete-access';
import { completeFields } from './complete-fields';
import { completeParameter } from './complete-parameter';
import {
  type Method,
  METHODS,
  type Operation,
  type PathItem,
  type ResponseObject,
  type SchemaObject,
} from './document';
import { exampleOf } from './example-of';
import { completeHeaders, HEADER_COMPONENTS } from './headers';
import { atRequest, isOfApi, usualExamples } from './problem-examples';
import { SharedResponses } from './shared-responses';
import { TAGS } from './tags';

const JSON_TYPE = 'application/json';
const PDF_TYPE = 'application/pdf';
const PROBLEM_TYPE = 'application/problem+json';
const PROBLEM = { $ref: '#/components/schemas/Problem' };
/** As people type them; every other path is written with a slash at its end. */
const WITHOUT_SLASH = new Set(['/health/live', '/health/ready', '/metrics', '/.well-known/jwks.json']);
const DESCRIPTIONS: Record<string, string> = {
  200: 'Done.',
  201: 'Created.',
  202: 'Accepted; the work is done later.',
  204: 'Done. There is nothing to say.',
};

interface Document {
  paths: Record<string, PathItem>;
  components: {
    schemas: Record<string, SchemaObject>;
    headers?: unknown;
    responses?: Record<string, ResponseObject>;
    securitySchemes?: unknown;
  };
  tags?: { name: string }[];
  info: { contact?: object };
  security?: unknown[];
}

/**
 * Adds to Nest's document what follows from what an operation is, so that no controller has to say it: examples of every request
 * and answer, the errors of all operations of a kind, headers, media types, paths as they are printed.
 */
export function completeDocument(given: OpenAPIObject): OpenAPIObject {
  const document = given as unknown as Document;
  const { schemas } = document.components;
  document.components.headers = HEADER_COMPONENTS;
  document.components.securitySchemes = SECURITY_SCHEMES;
  document.security = []; // each operation says what it needs
  delete document.info.contact;
  document.paths = Object.fromEntries(
    Object.entries(document.paths)
      .map(([path, item]) => [WITHOUT_SLASH.has(path) ? path : `${path}/`, inOrderOfWork(item)] as const)
      .sort(([left, one], [right, other]) => rankOf(one) - rankOf(other) || (placeOf(left) < placeOf(right) ? -1 : 1)),
  );
  for (const [name, schema] of Object.entries(schemas)) completeFields(schema, name);
  const shared = new SharedResponses();
  const used = new Set<string>();
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation = item[method];
      if (!operation) continue;
      completeOperation(operation, method, path, schemas);
      shared.share(operation.responses);
      operation.tags?.forEach((tag) => used.add(tag));
    }
  document.components.responses = shared.components;
  document.tags = document.tags?.filter(({ name }) => used.has(name));
  return given;
}

/** Create, read, change, remove: as a person works, and so that what an example creates is there for the next one. */
const METHODS_IN_ORDER: readonly Method[] = ['post', 'get', 'put', 'patch', 'delete', 'head', 'options', 'trace'];

function inOrderOfWork(item: PathItem): PathItem {
  return Object.fromEntries(METHODS_IN_ORDER.filter((method) => item[method]).map((method) => [method, item[method]]));
}

/** The groups in their order: orders first, what is for the operator last. */
function rankOf(item: PathItem): number {
  const [tag = ''] = Object.values(item)[0]?.tags ?? [];
  return Object.keys(TAGS).indexOf(tag);
}

/** Sorts a collection before its items, and an item before what it has. */
function placeOf(path: string): string {
  return path.replaceAll('{', '\u0001');
}

function completeOperation(
  operation: Operation,
  method: Method,
  path: string,
  schemas: Record<string, SchemaObject>,
): void {
  for (const parameter of operation.parameters ?? []) completeParameter(parameter, method);
  completeBody(operation, schemas);
  const access = completeAccess(operation);
  addUsualProblems(operation, path, access);
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(operation.parameters?.find((parameter) => parameter.name === name)?.example),
  );
  for (const [status, response] of Object.entries(operation.responses)) {
    response.description ||= DESCRIPTIONS[status] ?? '';
    if (isProblem(response)) completeProblem(response, Number(status), path, url, operation, schemas, access);
    else
      // The framework gives each media type the schema of all: a PDF is bytes.
      if (response.content?.[PDF_TYPE]) response.content[PDF_TYPE] = { schema: { type: 'string', format: 'binary' } };
    for (const [type, media] of Object.entries(response.content ?? {}))
      if (type !== PDF_TYPE && media.schema && !media.examples) media.example ??= exampleOf(media.schema, schemas);
  }
  completeHeaders(operation);
}

function completeBody({ requestBody }: Operation, schemas: Record<string, SchemaObject>): void {
  for (const media of Object.values(requestBody?.content ?? {})) {
    const { schema } = media;
    if (!schema) continue;
    if (schema['x-optional']) requestBody!.required = false;
    delete schema['x-optional'];
    if (!media.examples) media.example ??= exampleOf(schema, schemas);
  }
}

/** What every operation of its kind can answer with. */
function addUsualProblems(operation: Operation, path: string, access: Access | undefined): void {
  const usual = [
    ...(operation.requestBody ? [400, 413, 415] : []),
    ...(operation.parameters?.length ? [400] : []),
    ...(isOfApi(path) ? [429, 503] : []),
    ...(access === undefined || access.for === 'everybody' ? [] : [401]),
    ...(access?.for === 'permitted' || access?.for === 'logged_in' ? [403] : []),
  ];
  for (const status of usual)
    operation.responses[status] ??= {
      description: problemDescription(status),
      content: { [JSON_TYPE]: { schema: { ...PROBLEM } } },
    };
}

function isProblem({ content }: ResponseObject): boolean {
  return content?.[JSON_TYPE]?.schema?.$ref === PROBLEM.$ref;
}

function completeProblem(
  response: ResponseObject,
  status: number,
  path: string,
  url: string,
  operation: Operation,
  schemas: Record<string, SchemaObject>,
  access: Access | undefined,
): void {
  const own = response.content![JSON_TYPE]!.examples;
  // Whatever else an operation refuses, it refuses what is not valid, what is too much, and whoever may not call it as well.
  const usual = own && status !== 400 && status !== 429 ? {} : usualExamples(status, path, operation, schemas);
  const examples = { ...usual, ...accessExamples(status, access), ...own };
  const located = Object.entries(examples).map(
    ([name, { summary, value }]) => [name, { summary, value: atRequest(value as Problem, url) }] as const,
  );
  response.content = {
    [PROBLEM_TYPE]: {
      schema: PROBLEM,
      ...(located.length > 0 ? { examples: Object.fromEntries(located) } : {}),
    },
  };
}
