import { z } from 'zod';

/** Marks the schema of a body that may be left out, until the document is completed. */
export const OPTIONAL = 'x-optional';

// What a format says already need not be said again by a pattern of 300 characters.
const FORMATS_THAT_SAY_IT = new Set(['date-time', 'date', 'uuid']);

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A zod schema as JSON Schema 2020-12, the way a person would have written it. */
export function toJsonSchema(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $defs,
    $schema: _,
    ...root
  } = z.toJSONSchema(schema, {
    io: schemaType,
    target: 'draft-2020-12',
    // What a transformation makes of an input is not part of the contract.
    unrepresentable: 'any',
    reused: 'inline',
    override: ({ jsonSchema }) => tidy(jsonSchema, schemaType),
  });
  const isOptional = schemaType === 'input' && schema.safeParse(undefined).success;
  return {
    schema: isOptional ? { ...root, [OPTIONAL]: true } : root,
    components: $defs ?? {},
  };
}

function tidy(schema: JsonSchema, schemaType: 'input' | 'output'): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minLength === 0) delete schema.minLength;
  if (schema.type === 'integer') delete schema.pattern;
  if (schema.type === 'integer' && schema.exclusiveMinimum === 0) {
    delete schema.exclusiveMinimum;
    schema.minimum = 1;
  }
  if (schema.format && FORMATS_THAT_SAY_IT.has(schema.format)) delete schema.pattern;
  // In a query everything is text; what is meant is a truth value.
  if (Array.isArray(schema.enum) && schema.enum.join() === 'true,false') {
    delete schema.enum;
    schema.type = 'boolean';
  }
  // A response may get another field without a new version: clients must not be told that it never will.
  if (schemaType === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
  mergeNull(schema);
}

/** `anyOf: [{type: string, …}, {type: null}]` → `{type: [string, null], …}` */
function mergeNull(schema: JsonSchema): void {
  const members = schema.anyOf;
  if (members?.length !== 2 || members[1]!.type !== 'null' || typeof members[0]!.type !== 'string') return;
  const { type, ...rest } = members[0]!;
  if ('enum' in rest) return;
  delete schema.anyOf;
  Object.assign(schema, { ...rest, ...schema, type: [type, 'null'] });
}
