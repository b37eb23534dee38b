import { z } from 'zod';
import { issueSentence } from './issue-sentence';

const sentencesOf = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value, { error: issueSentence }).error?.issues ?? []).map(({ message }) => message);

describe('what is wrong with a value', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a text that is missing', z.string(), undefined, 'Is required.'],
    ['a choice that is missing', z.enum(['a', 'b']), undefined, 'Is required.'],
    ['a number in the place of text', z.string(), 1, 'Must be text.'],
    ['text in the place of a number', z.number(), '1', 'Must be a number.'],
    ['null in the place of a list', z.array(z.string()), null, 'Must be a list.'],
    ['a list in the place of an object', z.object({}), [], 'Must be an object.'],
    ['text in the place of a flag', z.boolean(), 'yes', 'Must be true or false.'],
    ['a fraction', z.number().int(), 1.5, 'Must be a whole number.'],
    ['another choice', z.enum(['low', 'high']), 'some', 'Must be one of: low, high.'],
    ['a short text', z.string().min(3), 'a', 'Must have at least 3 characters.'],
    ['a long text', z.string().max(1), 'ab', 'Must have at most 1 character.'],
    ['a short list', z.array(z.string()).min(1), [], 'Must have at least 1 entry.'],
    ['a long list', z.array(z.string()).max(2), ['', '', ''], 'Must have at most 2 entries.'],
    ['a small number', z.number().min(2), 1, 'Must be at least 2.'],
    ['a number that is not positive', z.number().positive(), 0, 'Must be greater than 0.'],
    ['a great number', z.number().max(2), 3, 'Must be at most 2.'],
    ['no address', z.email(), 'x', 'Must be an e-mail address.'],
    ['no UUID', z.uuid(), 'x', 'Must be a UUID.'],
    ['no time', z.iso.datetime(), 'x', 'Must be a time with its zone, such as 2026-11-20T10:00:00Z.'],
    ['another form', z.string().regex(/^a$/), 'x', 'Does not have the right form.'],
    ['a field too many', z.strictObject({}), { x: 1 }, 'There is no such field: x.'],
    ['none of several', z.union([z.string(), z.number()]), null, 'Is not valid.'],
  ])('is said as a sentence: %s', (_, schema, value, sentence) => {
    expect(sentencesOf(schema, value)).toEqual([sentence]);
  });

  it('is said in the words of the schema where it has some', () => {
    expect(sentencesOf(z.number().min(1, 'Quantity must be at least 1.'), 0)).toEqual(['Quantity must be at least 1.']);
  });
});
