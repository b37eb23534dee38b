import type { z } from 'zod';

type Issue = Parameters<NonNullable<NonNullable<Parameters<typeof z.config>[0]>['customError']>>[0];

/** What a value has to be, by the name that zod has for its type. */
const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  date: 'a date',
  null: 'null',
};

const FORMATS: Record<string, string> = {
  email: 'an e-mail address',
  url: 'a URL',
  uuid: 'a UUID',
  datetime: 'a time with its zone, such as 2026-11-20T10:00:00Z',
  date: 'a date such as 2026-11-20',
};

/**
 * What is wrong with a value, as a sentence for whoever sent it. For every schema that does not say it in its own words: zod's own
 * words are for who wrote the schema.
 */
export function issueSentence(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'Is required.' : `Must be ${TYPES[issue.expected] ?? 'of another type'}.`;
    case 'invalid_value':
      if (issue.input === undefined) return 'Is required.';
      return issue.values.length === 1
        ? `Must be ${String(issue.values[0])}.`
        : `Must be one of: ${issue.values.map(String).join(', ')}.`;
    case 'too_small':
      if (issue.origin === 'string') return `Must have at least ${counted(issue.minimum, 'character')}.`;
      if (issue.origin === 'array') return `Must have at least ${counted(issue.minimum, 'entry', 'entries')}.`;
      return `Must be ${issue.inclusive ? 'at least' : 'greater than'} ${issue.minimum}.`;
    case 'too_big':
      if (issue.origin === 'string') return `Must have at most ${counted(issue.maximum, 'character')}.`;
      if (issue.origin === 'array') return `Must have at most ${counted(issue.maximum, 'entry', 'entries')}.`;
      return `Must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}.`;
    case 'invalid_format':
      return FORMATS[issue.format] ? `Must be ${FORMATS[issue.format]}.` : 'Does not have the right form.';
    case 'not_multiple_of':
      return `Must be a multiple of ${issue.divisor}.`;
    case 'unrecognized_keys':
      return `There is no such field: ${issue.keys.join(', ')}.`;
    default:
      return 'Is not valid.';
  }
}

function counted(count: number | bigint, one: string, many = `${one}s`): string {
  return `${count} ${Number(count) === 1 ? one : many}`;
}
