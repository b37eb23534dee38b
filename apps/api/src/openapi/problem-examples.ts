import { IdempotencyKeyReusedError } from '@app/orders';
import {
  type DomainError,
  type FieldError,
  InvalidInputError,
  UnavailableError,
  VersionMismatchError,
} from '@app/platform';
import { problemExample } from '../http/api-problems';
import { buildProblem, type Problem, TRANSPORT_PROBLEMS } from '../http/problem';
import type { Example, Operation, SchemaObject } from './document';
import { EXAMPLE_ID } from './example-of';

/** Whether an operation asks the database: all but those about the process and its document. */
export function isOfApi(path: string): boolean {
  return /^\/(api|users)\//.test(path);
}

/** Fills in where the request was made, which no error knows. */
export function atRequest(problem: Problem, url: string): Problem {
  return { ...problem, instance: url, request_id: EXAMPLE_ID };
}

/** The examples of an error that has none of its own; undefined when the status alone does not say what it can be. */
export function usualExamples(
  status: number,
  path: string,
  operation: Operation,
  components: Record<string, SchemaObject>,
): Record<string, Example> | undefined {
  const errors = usualErrors(status, path, operation, components);
  const transport = operation.requestBody || status !== 400 ? transportExample(status) : {};
  const examples = {
    ...Object.fromEntries(errors.map(problemExample)),
    ...(errors.length === 0 || status === 400 ? transport : {}),
  };
  return Object.keys(examples).length > 0 ? examples : undefined;
}

function usualErrors(
  status: number,
  path: string,
  operation: Operation,
  components: Record<string, SchemaObject>,
): DomainError[] {
  if (status === 400)
    return [new InvalidInputError('The request is not valid.', [invalidField(operation, components)])];
  if (status === 412) return [new VersionMismatchError(3)];
  if (status === 422) return [new IdempotencyKeyReusedError()];
  if (status === 503 && isOfApi(path))
    return [new UnavailableError('The database cannot be reached. Try again in a moment.')];
  return [];
}

/** Something that this operation refuses, as it says it. */
function invalidField(operation: Operation, components: Record<string, SchemaObject>): FieldError {
  const body = operation.requestBody?.content['application/json']?.schema;
  if (body) return invalidBodyField(body.$ref ? components[body.$ref.split('/').at(-1)!]! : body);
  const parameters = operation.parameters ?? [];
  if (parameters.some(({ name }) => name === 'page_size'))
    return { field: 'page_size', code: 'too_big', message: 'Must be at most 100.' };
  const [inPath] = parameters.filter((parameter) => parameter.in === 'path');
  if (inPath?.schema.format === 'uuid')
    return { field: inPath.name, code: 'invalid_format', message: 'Must be a UUID.' };
  if (inPath) return { field: inPath.name, code: 'invalid_format', message: 'Must be a positive whole number.' };
  return unknownField('colour');
}

function invalidBodyField(body: SchemaObject): FieldError {
  const [required] = body.required ?? [];
  if (!required) return unknownField('colour');
  const { enum: options } = body.properties?.[required] ?? {};
  return { field: required, code: options ? 'invalid_value' : 'invalid_type', message: 'Is required.' };
}

function unknownField(field: string): FieldError {
  return {
    field,
    code: 'unknown_field',
    message: 'There is no such field. Remove it, or check its spelling.',
  };
}

function transportExample(status: number): Record<string, Example> {
  const [code, detail] = TRANSPORT_PROBLEMS[status] ?? [];
  if (!code || !detail) return {};
  return { [code.toLowerCase()]: { summary: detail, value: buildProblem(status, code, detail, { url: '', id: '' }) } };
}
