import { type FieldError, InvalidInputError, issueSentence } from '@app/platform';
import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import isEmail from 'validator/lib/isEmail.js';
import { z } from 'zod';

/** A problem as a schema reports it. */
export interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
  code?: string;
  keys?: string[];
}

/** Problems that one answer names at most. */
const FIELDS_MAX = 100;

// The pipe gives zod no words of its own, so every schema of this process gets them.
z.config({ customError: issueSentence });

/** What zod calls a rule that it does not know is of no use to a client. */
const CODES: Record<string, string> = { custom: 'invalid_value', invalid_union: 'invalid_value' };

/** The value of a path parameter has no fields: what is wrong with it is said of the parameter. */
class ValidationPipe extends StandardSchemaValidationPipe {
  override transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const checked = super.transform(value, metadata);
    return metadata.type === 'param' ? checked.catch((error: unknown) => nameParameter(error, metadata.data)) : checked;
  }

  /** Every schema refuses the names of prototypes. Looking for them here walked the body before it was known to be short. */
  override stripProtoKeys(): void {}
}

/** Checks bodies, queries and parameters against their schema; says all that is wrong at once, each with its field. */
export const validationPipe = new ValidationPipe({
  exceptionFactory: (issues) => {
    const fields = issues.flatMap(toFieldErrors);
    const bounded = fields.length > FIELDS_MAX ? ` Its first ${FIELDS_MAX} problems are listed.` : '';
    return new InvalidInputError(`The request is not valid.${bounded}`, fields.slice(0, FIELDS_MAX));
  },
});

/** The problem for whoever sent it, by field. */
export function toFieldErrors(issue: Issue): FieldError[] {
  const path = fieldPath(issue.path ?? []);
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({
      field: path ? `${path}.${key}` : key,
      code: 'unknown_field',
      message: 'There is no such field. Remove it, or check its spelling.',
    }));
  return [{ field: path, code: codeOf(issue), message: issue.message }];
}

function codeOf({ code = 'invalid_value' }: Issue): string {
  return CODES[code] ?? code;
}

function nameParameter(error: unknown, parameter: string | undefined): never {
  if (!(error instanceof InvalidInputError) || !parameter) throw error;
  throw new InvalidInputError(
    error.message,
    error.fields.map((field) => ({ ...field, field: parameter })),
  );
}

function fieldPath(path: NonNullable<Issue['path']>): string {
  return path
    .map((segment) => (typeof segment === 'object' ? segment.key : segment))
    .reduce<string>(
      (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
      '',
    );
}

/**
 * Text that Postgres can hold: no NUL, no half of a surrogate pair. Lengths count characters (code points), as JSON Schema and
 * Postgres do; those that count UTF-16 units would refuse 150 emoji in a name of 200 characters. Surrounding space does not count.
 */
export function text(min: number, max: number) {
  return z
    .string()
    .trim()
    .superRefine((value, context) => {
      // A character is one or two units: most texts need not be counted.
      const length =
        value.length <= max && value.length >= 2 * min
          ? value.length
          : value.length > 2 * max
            ? max + 1
            : characters(value);
      if (length < min)
        context.addIssue({
          code: 'too_small',
          origin: 'string',
          minimum: min,
          message: min === 1 ? 'Must not be empty.' : `Must have at least ${min} characters.`,
        });
      if (length > max)
        context.addIssue({
          code: 'too_big',
          origin: 'string',
          maximum: max,
          message: `Must have at most ${max} characters.`,
        });
    })
    .refine((value) => !value.includes('\u0000') && value.isWellFormed(), 'Contains characters that cannot be stored.')
    .meta({ minLength: min, maxLength: max });
}

function characters(value: string): number {
  let count = 0;
  for (const _ of value) count++;
  return count;
}

const UNSEEN = /[\s\p{C}]/u;

/** An e-mail address, of any script (RFC 6531). Blanks and characters that nobody sees are refused, quoted as well. */
export const emailAddress = text(3, 254)
  // Half of a surrogate pair is unseen as well: the library throws on it.
  .refine((value) => !UNSEEN.test(value) && isEmail(value), 'Must be an e-mail address.')
  .meta({ format: 'idn-email' });

/** A moment in a query: a time with its zone, or a date (UTC). */
export const moment = z.union(
  [z.iso.datetime({ offset: true }), z.iso.date()],
  'Must be a time such as 2026-11-20T10:00:00Z, or a date.',
);

/** The end of what a moment names, which is no longer part of it: a date is its whole day. */
export function endOf(moment: string): Date {
  const date = new Date(moment);
  if (moment.length === 'yyyy-mm-dd'.length) date.setUTCDate(date.getUTCDate() + 1);
  return date;
}

/** What a list can be sorted by: the names, and each with a minus for the greatest first. */
export function bothWays<Name extends string>(names: readonly Name[]): (Name | `-${Name}`)[] {
  return names.flatMap((name) => [name, `-${name}` as const]);
}

/** What a list is sorted by, and whether the greatest comes first. */
export function sortOf<Name extends string>(ordering: `-${Name}` | Name): { sort: Name; isDescending: boolean } {
  return { sort: ordering.replace('-', '') as Name, isDescending: ordering.startsWith('-') };
}

/** The id of a product in a path. */
export const productIdParam = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'Must be a positive whole number.')
  .transform(Number)
  .meta({ type: 'integer', minimum: 1, maximum: 999_999_999_999_999, example: 1 });
