/** Types of array elements whose text needs no quotes: digits, dashes, dots. */
type PlainType = 'uuid' | 'smallint' | 'integer' | 'bigint';

export type ElementType = PlainType | 'text' | 'jsonb';

const PLAIN: ReadonlySet<ElementType> = new Set<PlainType>(['uuid', 'smallint', 'integer', 'bigint']);

/**
 * A one-dimensional array in Postgres' text form (manual, section 8.15.2). The driver makes the same from an array, but asks each
 * element what it is and looks at each of its characters. `jsonb` takes text that is JSON already.
 */
export function arrayLiteral(values: readonly unknown[], type: ElementType): string {
  const write: (value: unknown) => string = PLAIN.has(type) ? String : type === 'jsonb' ? JSON.stringify : quoted;
  return `{${values.map((value) => (value === null || value === undefined ? 'NULL' : write(value))).join()}}`;
}

/** JSON's own quoting would do for JSON, which has no control characters, but not for any text. */
function quoted(value: unknown): string {
  const text = String(value);
  return /["\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}
