import type { Method, Parameter } from './document';
import { EXAMPLE_BATCH_ID, EXAMPLE_ID, EXPENDABLE_IDS, exampleOf } from './example-of';

interface Note {
  description: string;
  example: unknown;
  pattern?: string;
}

/** What is to be said of a parameter wherever it occurs, unless the operation says something else. */
const NOTES: Record<string, Note> = {
  'path order_id': {
    description:
      'The order, by the `order_id` of the answers of placing and listing orders. The demo data has this one.',
    example: EXAMPLE_ID,
  },
  'path batch_id': {
    description: 'The batch, by the `batch_id` of the answer of placing orders in bulk. The demo data has this one.',
    example: EXAMPLE_BATCH_ID,
  },
  'path id': { description: 'The product. The demo data has 1 to 50.', example: 1 },
  'query page_size': { description: 'Rows per page, at most 100.', example: 20 },
  'query cursor': { description: 'From `next` or `previous` of another page. Empty for the first page.', example: '' },
  'header Idempotency-Key': {
    description: '1 to 255 visible ASCII characters.',
    example: 'order-2026-0001',
    pattern: '^[!-~]{1,255}$',
  },
  'header If-Match': {
    description: 'The ETag that you have read.',
    example: '"1"',
    pattern: String.raw`^(\*|(W\/)?"[!#-~]*"(\s*,\s*(W\/)?"[!#-~]*")*)$`,
  },
  'header Prefer': { description: '`respond-async` to be answered before the work is done.', example: 'respond-async' },
  'header Last-Event-ID': {
    description: 'The last event that you have seen: those after it are sent first.',
    example: '1',
  },
};
/** Trying to take something away must not spoil the other examples. */
const EXPENDABLE: Record<string, unknown> = { id: 50, order_id: EXPENDABLE_IDS[0] };
const SHARED = new Set<unknown>([1, EXAMPLE_ID]);

const shown = (example: unknown) => (Array.isArray(example) ? example.join('`, `') : String(example));

/** Gives a parameter its description and example. */
export function completeParameter(parameter: Parameter, method: Method): void {
  const { schema } = parameter;
  const note = NOTES[`${parameter.in} ${parameter.name}`];
  parameter.description ||= schema.description || note?.description;
  delete schema.description;
  if (note?.pattern) schema.pattern ??= note.pattern;
  const example = parameter.example ?? schema.example ?? note?.example ?? exampleOf(schema, {});
  delete parameter.example;
  delete schema.example;
  if (parameter.in === 'path')
    parameter.example = method === 'delete' && SHARED.has(example) ? EXPENDABLE[parameter.name] : example;
  else {
    // Swagger UI would send an `example` of every filter at once. One in `schema.examples` it neither sends nor shows.
    schema.examples = [example];
    if (schema.default === undefined && example !== '') parameter.description += ` For example \`${shown(example)}\`.`;
  }
}
