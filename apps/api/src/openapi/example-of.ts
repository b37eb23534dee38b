import type { SchemaObject } from './document';

/** An order of the demo data. */
export const EXAMPLE_ID = '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c11';
/** Two more, for the examples of what can be done to an order once. */
export const EXPENDABLE_IDS = ['0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c12', '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c13'] as const;
/** The bulk request that they came with. */
export const EXAMPLE_BATCH_ID = '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c22';
/** Two dead letters, for what can be decided about one once. The demo data has none: an open one rings. */
export const EXAMPLE_DEAD_LETTER_IDS = [
  '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c31',
  '0199c5a2-7d1e-7c33-9b51-3f1f5a0a9c32',
] as const;

const EXAMPLES_OF_FORMATS: Record<string, string> = {
  uuid: EXAMPLE_ID,
  'date-time': '2026-11-20T10:00:00.000Z',
  date: '2026-11-20',
  email: 'john@example.com',
  uri: 'http://localhost:8000/',
};

/** An example of a whole schema, put together from those of its parts. */
export function exampleOf(schema: SchemaObject, components: Record<string, SchemaObject>): unknown {
  const of = (part: SchemaObject) => exampleOf(part, components);
  if (schema.$ref) return of(components[schema.$ref.split('/').at(-1)!]!);
  const given = givenExample(schema);
  if (given !== undefined) return given;
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return of(variants[0]!);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map(of));
  if (Array.isArray(schema.type)) return schema.type.includes('null') ? null : of({ ...schema, type: schema.type[0] });
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, of(property)]));
  if (schema.type === 'object') return {};
  if (schema.type === 'array') return schema.items ? [of(schema.items)] : [];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.type === 'string') return EXAMPLES_OF_FORMATS[schema.format ?? ''] ?? 'text';
  return null;
}

function givenExample(schema: SchemaObject): unknown {
  return [schema.example, schema.examples?.[0], schema.const, schema.default, schema.enum?.[0]].find(
    (value) => value !== undefined,
  );
}
