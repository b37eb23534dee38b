import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answer,
  Contract,
  type Endpoint,
  endpointsOf,
  type Media,
  type OpenApiDocument,
  pointerTo,
  type Schema,
} from './contract';

type Law = (document: OpenApiDocument) => string[];

const PROBLEM_TYPE = 'application/problem+json';
const UNSAFE_BOUNDS = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]);

/** What must hold of the document so that a person can use it. Each names every place where it does not hold. */
export const DOCUMENT_LAWS: Record<string, Law> = {
  'operations have a summary, a description and a name of their own': (document) => {
    const seen = new Set<string>();
    return endpointsOf(document).flatMap(({ name, operation: { summary, description, operationId } }) => {
      const isNew = operationId !== undefined && !seen.has(operationId);
      seen.add(operationId ?? '');
      return [
        ...(summary ? [] : [`${name} has no summary`]),
        ...(description ? [] : [`${name} has no description`]),
        ...(isNew ? [] : [`${name}: the operationId ${operationId} is missing or taken`]),
      ];
    });
  },

  'operations belong to a group that is described': (document) => {
    const described = new Set(document.tags?.filter(({ description }) => description).map(({ name }) => name));
    return endpointsOf(document)
      .filter(({ operation: { tags = [] } }) => tags.length !== 1 || !described.has(tags[0]!))
      .map(({ name, operation: { tags } }) => `${name} has the tags ${JSON.stringify(tags)}`);
  },

  'paths are written as people type them': (document) =>
    Object.keys(document.paths).filter(
      (path) =>
        !path.endsWith('/') && !['/health/live', '/health/ready', '/metrics', '/.well-known/jwks.json'].includes(path),
    ),

  'parameters have a description, a schema and an example': (document) =>
    endpointsOf(document).flatMap(({ name, operation }) =>
      (operation.parameters ?? [])
        .filter(
          ({ description, schema, example }) =>
            !description || !schema || isEmpty(schema) || (example === undefined && !schema.examples?.length),
        )
        .map((parameter) => `${name}: ${parameter.name}`),
    ),

  // Swagger UI would send the examples of all filters at once.
  'only what is in the path is filled in beforehand': (document) =>
    endpointsOf(document).flatMap(({ name, operation }) =>
      (operation.parameters ?? [])
        .filter((parameter) => parameter.in !== 'path' && parameter.example !== undefined)
        .map((parameter) => `${name}: ${parameter.name}`),
    ),

  'bodies and answers have an example': (document) =>
    mediaOf(document)
      // A file has nothing to read in a document.
      .filter(({ media }) => media.schema?.format !== 'binary')
      .filter(({ media }) => media.example === undefined && !Object.keys(media.examples ?? {}).length)
      .map(({ place }) => place),

  'examples match their schemas': (document) => {
    const contract = new Contract(document, { closed: true });
    const inMedia = mediaOf(document).flatMap(({ place, pointer, media }) =>
      media.schema
        ? examplesOf(media).flatMap((value) =>
            contract.errors(`${pointer}/schema`, value).map((error) => `${place}: ${error}`),
          )
        : [],
    );
    const inParameters = endpointsOf(document).flatMap(({ name, pointer, operation }) =>
      (operation.parameters ?? []).flatMap((parameter, index) =>
        [parameter.example, ...(parameter.schema?.examples ?? [])]
          .filter((value) => value !== undefined)
          .flatMap((value) => contract.errors(`${pointer}/parameters/${index}/schema`, value))
          .map((error) => `${name}: ${parameter.name}${error}`),
      ),
    );
    return [...inMedia, ...inParameters];
  },

  'every operation says what a success is': (document) =>
    endpointsOf(document)
      .filter(({ operation: { responses } }) => !Object.keys(responses).some((status) => /^[23]/.test(status)))
      .map(({ name }) => name),

  'every answer is described and carries X-Request-Id': (document) =>
    answersOf(document)
      .filter(({ answer: { description, headers } }) => !description || !headers?.['X-Request-Id'])
      .map(({ place }) => place),

  'created things have a Location, and who must wait is told for how long': (document) =>
    answersOf(document)
      .filter(({ status, answer: { headers = {} } }) => {
        if (status === '201' || status === '202') return !headers.Location;
        return (status === '429' || status === '503') && !headers['Retry-After'];
      })
      .map(({ place }) => place),

  'errors are problems, word for word as they are sent': (document) => {
    const codes = new Set(
      readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8').match(/(?<=^\| `)[A-Z_]+(?=`)/gm),
    );
    return answersOf(document)
      .filter(({ status }) => Number(status) >= 400)
      .flatMap(({ place, status, endpoint, answer: { content = {} } }) => {
        const [type] = Object.keys(content);
        if (endpoint.path === '/health/' && status === '503') return []; // says what is unhealthy
        if (type !== PROBLEM_TYPE) return [`${place} is ${type}`];
        return examplesOf(content[type]!).flatMap((value) => {
          const problem = value as { status: number; code: string; instance: string };
          const isOfStatus = problem.status === Number(status) && codes.has(problem.code);
          return isOfStatus && problem.instance.startsWith('/') ? [] : [`${place}: ${JSON.stringify(problem)}`];
        });
      });
  },

  'operations with a body say what becomes of a bad one': (document) =>
    endpointsOf(document)
      .filter(({ operation: { requestBody } }) => requestBody)
      .flatMap(({ name, operation: { responses } }) =>
        ['400', '413', '415'].filter((status) => !responses[status]).map((status) => `${name}: no ${status}`),
      ),

  'answers that are the same are described once': (document) => {
    const described = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { responses }]) =>
        ['413', '415', '503']
          .filter((status) => responses[status] && !responses[status].$ref && path !== '/health/')
          .map((status) => ({ place: `${method} ${path} → ${status}`, text: textOf(responses[status]!) })),
      ),
    );
    const shared = new Set(Object.values(document.components.responses ?? {}).map(textOf));
    return described.filter(({ text }) => shared.has(text)).map(({ place }) => place);
  },

  'every field has a description': (document) => [
    ...new Set(
      schemasOf(document).flatMap(({ place, schema }) =>
        Object.entries(schema.properties ?? {})
          .filter(([, { description }]) => !description)
          .map(([name]) => `${place.split('/').slice(-2).join('/')}: ${name}`),
      ),
    ),
  ],

  'whole numbers are bounded by what is meant, not by the language': (document) =>
    schemasOf(document)
      .filter(({ schema: { minimum, maximum } }) => UNSAFE_BOUNDS.has(minimum!) || UNSAFE_BOUNDS.has(maximum!))
      .map(({ place }) => place),

  'bodies are closed and answers are open': (document) => {
    const isAnswer = (place: string) => place.includes('/responses/');
    return schemasOf(document)
      .filter(({ schema: { properties } }) => properties)
      .filter(({ place, schema: { additionalProperties } }) =>
        isAnswer(place) ? additionalProperties === false : additionalProperties !== false,
      )
      .map(({ place }) => place);
  },

  'schemas with a name are used': (document) => {
    const used = new Set(JSON.stringify(document).match(/(?<="#\/components\/schemas\/)\w+(?=")/g));
    return Object.keys(document.components.schemas).filter((name) => !used.has(name));
  },
};

/** An answer without the place that its examples are of. */
function textOf(answer: Answer): string {
  return JSON.stringify(answer, (key, value: unknown) => (key === 'instance' ? undefined : value));
}

interface PlacedMedia {
  place: string;
  pointer: string;
  media: Media;
}

interface PlacedAnswer {
  place: string;
  status: string;
  endpoint: Endpoint;
  answer: Answer;
}

function answersOf(document: OpenApiDocument): PlacedAnswer[] {
  return endpointsOf(document).flatMap((endpoint) =>
    Object.entries(endpoint.operation.responses).map(([status, answer]) => ({
      place: `${endpoint.name} → ${status}`,
      status,
      endpoint,
      answer,
    })),
  );
}

/** The content of every body and every answer. */
function mediaOf(document: OpenApiDocument): PlacedMedia[] {
  const placed = (place: string, pointer: string, content: Record<string, Media> = {}) =>
    Object.entries(content).map(([type, media]) => ({
      place: `${place} (${type})`,
      pointer: pointer + pointerTo('content', type),
      media,
    }));
  return [
    ...endpointsOf(document).flatMap(({ name, pointer, operation }) =>
      placed(name, `${pointer}/requestBody`, operation.requestBody?.content),
    ),
    ...answersOf(document).flatMap(({ place, answer }) => placed(place, answer.pointer!, answer.content)),
  ];
}

function examplesOf({ example, examples = {} }: Media): unknown[] {
  return [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
}

/** Every schema that a body or an answer reaches, by its place; the same one may have many places. */
function schemasOf(document: OpenApiDocument): { place: string; schema: Schema }[] {
  const found: { place: string; schema: Schema }[] = [];
  const visit = (place: string, schema: Schema | undefined, within: readonly string[]): void => {
    if (!schema) return;
    if (schema.$ref) {
      const name = schema.$ref.split('/').at(-1)!;
      if (!within.includes(name)) visit(`${place}/${name}`, document.components.schemas[name], [...within, name]);
      return;
    }
    found.push({ place, schema });
    for (const [name, property] of Object.entries(schema.properties ?? {})) visit(`${place}/${name}`, property, within);
    for (const part of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
      visit(place, part, within);
  };
  for (const { pointer, media } of mediaOf(document)) visit(decodeURIComponent(pointer), media.schema, []);
  return found;
}

function isEmpty(schema: Schema): boolean {
  return !schema.$ref && !schema.type && !schema.enum && !schema.anyOf && !schema.oneOf && !schema.allOf;
}
