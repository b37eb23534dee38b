import * as fc from 'fast-check';
import { type OpenApiDocument, resolve, type Schema } from './contract';

const PRODUCTS = 50;
const TEXT_MAX = 40;

/** Values that a schema takes. Names give a hint where a schema cannot: most products that are asked for should exist. */
export function validValue(schema: Schema, document: OpenApiDocument, name = ''): fc.Arbitrary<unknown> {
  const of = (part: Schema, partName = name) => validValue(part, document, partName);
  if (schema.$ref) return of(resolve(schema, document));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return fc.oneof(...variants.map((variant) => of(variant)));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => of({ ...schema, type })));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return validInteger(schema, name);
    case 'number':
      return validNumber(schema);
    case 'string':
      return validText(schema);
    case 'array':
      return validArray(schema, of, name);
    case 'object':
      return validObject(schema, of);
    default:
      throw new Error(`No value for ${JSON.stringify(schema)}: say its type.`);
  }
}

function validInteger({ minimum = -1_000_000, maximum = 1_000_000_000 }: Schema, name: string): fc.Arbitrary<number> {
  const any = fc.integer({ min: minimum, max: Math.min(maximum, Number.MAX_SAFE_INTEGER) });
  const inDemoData = fc.integer({ min: 1, max: PRODUCTS });
  if (name === 'product_id' || name === 'item_ids' || name === 'user_id')
    return fc.oneof({ weight: 20, arbitrary: inDemoData }, any);
  const small = fc.integer({ min: minimum, max: Math.min(maximum, Math.max(minimum, 0) + 5) });
  return fc.oneof({ weight: 6, arbitrary: small }, any, fc.constantFrom(minimum, Math.min(maximum, 1e9)));
}

/** With two decimal places at most: all numbers of this API are money. */
function validNumber({ minimum = 0, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> {
  return fc
    .integer({ min: Math.ceil(minimum * 100), max: Math.floor(maximum * 100) })
    .map((hundredths) => hundredths / 100);
}

function validText({ format, pattern, minLength = 0, maxLength = TEXT_MAX }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'idn-email')
    return fc.stringMatching(/^[a-zé茶][a-z0-9]{0,10}([./=+][a-zß]{1,8})?@[a-zü]{2,10}\.(com|photography|рф)$/);
  const time = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
  if (format === 'date-time') return time.map((date) => date.toISOString());
  if (format === 'date') return time.map((date) => date.toISOString().slice(0, 10));
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'));
  const usual = fc
    .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, TEXT_MAX) })
    .filter(
      (text) =>
        Array.from(text.trim()).length >= minLength && Array.from(text).length <= maxLength && !text.includes('\u0000'),
    );
  const longest = fc.constantFrom('x', '𝒳').map((each) => each.repeat(Math.min(maxLength, 5000)));
  return fc.oneof({ weight: 9, arbitrary: usual }, longest);
}

function validArray(
  { items = {}, minItems = 0, maxItems = 4 }: Schema,
  of: (schema: Schema, name?: string) => fc.Arbitrary<unknown>,
  name: string,
): fc.Arbitrary<unknown[]> {
  const maxLength = Math.max(minItems, Math.min(maxItems, 4));
  // An order has one line per product.
  const selector = (item: unknown) => (item as { product_id?: unknown } | null)?.product_id ?? Symbol('any');
  return fc.uniqueArray(of(items, name), { minLength: minItems, maxLength, selector });
}

function validObject(
  { properties = {}, required = [], minProperties = 0 }: Schema,
  of: (schema: Schema, name?: string) => fc.Arbitrary<unknown>,
): fc.Arbitrary<object> {
  const parts = Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, of(property, name)]));
  return fc
    .record(parts, { requiredKeys: required, noNullPrototype: true })
    .filter((value) => Object.keys(value).length >= minProperties);
}
