import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { toJsonSchema } from '../openapi/json-schema';
import { emailAddress, text } from './validation';

describe('the length of a text', () => {
  it.each(['x', 'é', '茶', '𝒳', '😀', 'e\u0301'[1]!])('counts %j as one character', (character) => {
    expect(text(1, 200).safeParse(character.repeat(200)).success).toBe(true);
    expect(text(1, 200).safeParse(character.repeat(201)).error?.issues).toMatchObject([
      { code: 'too_big', maximum: 200, message: 'Must have at most 200 characters.' },
    ]);
    expect(text(2, 200).safeParse(character).error?.issues).toMatchObject([{ code: 'too_small', minimum: 2 }]);
    expect(text(2, 200).safeParse(character.repeat(2)).success).toBe(true);
  });

  it('is what a validator of the document says it is', () => {
    const { schema } = toJsonSchema(text(2, 5), { schemaType: 'input' })!;
    expect(schema).toMatchObject({ minLength: 2, maxLength: 5 });
    const isValid = new Ajv2020().compile(schema);
    const trimmed = fc.string({ unit: fc.constantFrom('a', 'é', '𝒳', '\u{10FFFF}'), maxLength: 12 });
    fc.assert(fc.property(trimmed, (value) => text(2, 5).safeParse(value).success === isValid(value)));
  });
});

describe('an e-mail address', () => {
  it.each([
    'john@example.com',
    'josé@example.com',
    'jose\u0301@example.com',
    'u@münchen.de',
    'a/b=c@example.com',
    "o'brien+shop@example.com",
    'x@example.photography',
    'x@example.xn--vermgensberatung-pwb',
    '用户@例子.公司',
    'हिन्दी@उदाहरण.भारत',
  ])('may be %s', (value) => {
    expect(emailAddress.safeParse(value)).toMatchObject({ success: true, data: value });
  });

  it.each([
    'a@b',
    'a..b@x.com',
    '.a@x.com',
    'a.@x.com',
    'a@x..com',
    'a@-x.com',
    'a@localhost',
    '"a b"@x.com',
    'a\u200b@x.com',
    'a\u00adb@x.com',
    'a\u00a0b@x.com',
    '\ud800a@x.com',
    'Bob <a@x.com>',
    'a@x.com, b@x.com',
    `${'l'.repeat(65)}@x.com`,
    `a@${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}.${'x'.repeat(63)}.com`,
  ])('is not %j', (value) => {
    expect(emailAddress.safeParse(value).success).toBe(false);
  });
});
