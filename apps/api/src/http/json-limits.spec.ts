import { InvalidInputError, SlicedWork } from '@app/platform';
import fc from 'fast-check';
import { readLongList, requireFewValues, VALUES_MAX } from './json-limits';

const LIST = { name: 'orders', itemsMax: 3 };
const parse = (part: string) => JSON.parse(part) as unknown;
const read = (text: string, itemsMax = LIST.itemsMax) =>
  readLongList(Buffer.from(text), { ...LIST, itemsMax }, { item: parse, around: parse }, new SlicedWork());
const problemOf = async (work: () => unknown) => {
  try {
    await work();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.fields.map(({ field, code }) => `${field}: ${code}`).join();
    return (error as Error).name;
  }
  return 'none';
};

describe('a body with a long list', () => {
  it.each([
    '{"orders":[]}',
    ' { "orders" : [ ] } ',
    '{"a":[1,{"orders":[1]}],"orders":[{"a":"]}\\"},"},[],"x"],"b":{"c":[1,2]}}',
    '{"orders":{"a":1}}',
    '[{"orders":[1,2,3,4,5]}]',
    '"orders"',
    '{"ord\\u0065rs":[1,2,3,4]}',
  ])('is read as JSON.parse reads it: %s', async (text) => {
    expect(await read(text)).toEqual(JSON.parse(text));
  });

  it('may have a megabyte of blanks before the list, in it and behind it', async () => {
    const blanks = ' \n'.repeat(500_000);
    expect(await read(`{${blanks}"orders":[1,${blanks}2]}${blanks}`)).toEqual({ orders: [1, 2] });
  });

  it.each([
    '{"orders":[,]}',
    '{"orders":[1,]}',
    '{"orders":[,1]}',
    '{"orders":[1 2]}',
    '{"orders":[1}',
    '{"orders":[1}]}',
    '{"orders":[{"a":1]]}',
    '{"orders":[1]',
    '{"orders":[1]]}',
    '{"orders":[1]}}',
    '{"orders":[1',
    '{"orders":["',
    '{"orders":["\\',
    '{"orders":[',
    '{"orders"[1]}',
    '{,"orders":[1]}',
    '{"a" "orders":[1]}',
    '{"a","orders":[1]}',
    '{"orders":[1]}x',
    '{',
    '',
  ])('is no JSON when one part is none: %s', async (text) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(await problemOf(() => read(text))).toBe('SyntaxError');
  });

  it('is taken or refused as JSON.parse does, whatever is cut out of it or put into it', async () => {
    const body = fc.record({
      a: fc.jsonValue({ maxDepth: 3 }),
      orders: fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 3 }),
    });
    const property = fc.asyncProperty(
      body,
      fc.constantFrom(undefined, 1),
      fc.nat(),
      fc.nat(2),
      fc.constantFrom('', '"', ',', ':', '[', ']', '{', '}', '\\', ' ', '1'),
      async (value, indent, place, cut, put) => {
        const text = JSON.stringify(value, null, indent);
        const at = place % (text.length + 1);
        const changed = text.slice(0, at) + put + text.slice(at + cut);
        const expected = outcomeOf(changed);
        expect(await read(changed, 1000).catch((error: Error) => error.name)).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: 1000 });
  });

  it.each<[string, string, string]>([
    ['more items than the list may have', `{"orders":[1,2,3,4${',{}'.repeat(9)}]}`, 'orders: too_big'],
    ['more values in one item', `{"orders":[1,[${'0,'.repeat(VALUES_MAX)}0]]}`, 'orders[1]: too_many_values'],
    ['more values around the list', `{"orders":[1],"a":[${'0,'.repeat(VALUES_MAX)}0]}`, ': too_many_values'],
    ['more members before the list', `{${'"a":0,'.repeat(VALUES_MAX + 1)}"orders":[1]}`, ': too_many_values'],
    ['more levels in one item', `{"orders":[1,2,${'['.repeat(40)}`, 'orders[2]: too_deep'],
    ['more bytes in one item', `{"orders":["${'x'.repeat(1024 * 1024)}"]}`, 'orders[0]: too_big'],
    ['more bytes around the list', `{"orders":[1],"a":"${'x'.repeat(1024 * 1024)}"}`, ': too_big'],
    ['more bytes before the list', `{"a":"${'x'.repeat(1024 * 1024)}","orders":[1]}`, ': too_big'],
    ['more blanks before the body', `${' '.repeat(1024 * 1024)}{"orders":[1]}`, ': too_big'],
    ['more blanks before the list', `{${' '.repeat(1024 * 1024)}"orders":[1]}`, ': too_big'],
    ['more blanks behind the name of the list', `{"orders"${' '.repeat(1024 * 1024)}:[1]}`, ': too_big'],
    ['more blanks before an item', `{"orders":[1,${'\n'.repeat(1024 * 1024)}2]}`, 'orders[1]: too_big'],
    ['more blanks behind the body', `{"orders":[1]}${' '.repeat(1024 * 1024)}`, ': too_big'],
    ['more bytes and no list', `"${'x'.repeat(1024 * 1024)}"`, ': too_big'],
  ])('is refused with %s', async (_, text, problem) => {
    expect(await problemOf(() => read(text))).toBe(problem);
  });

  it('looks at nothing behind the first item that is too many', async () => {
    let parts = 0;
    const text = Buffer.from(`{"orders":[${'{},'.repeat(1_000_000)}{}]}`);
    const read = { item: () => parts++, around: () => parts++ };
    await expect(readLongList(text, LIST, read, new SlicedWork())).rejects.toThrow(InvalidInputError);
    expect(parts).toBe(LIST.itemsMax);
  });
});

describe('a body without a long list', () => {
  it.each<[string, string, string]>([
    ['values', `[${'0,'.repeat(VALUES_MAX)}0]`, ': too_many_values'],
    ['empty lists', `[${'[],'.repeat(VALUES_MAX)}[]]`, ': too_many_values'],
    ['keys', `{${'"a":1,'.repeat(VALUES_MAX)}"b":1}`, ': too_many_values'],
    ['levels', '['.repeat(1000), ': too_deep'],
    ['commas in a text, which count for nothing', `"${',[{'.repeat(VALUES_MAX)}"`, 'none'],
    ['as many values as it may have', `[${'0,'.repeat(VALUES_MAX - 1)}0]`, 'none'],
  ])('with too many %s', async (_, text, problem) => {
    expect(await problemOf(() => requireFewValues(Buffer.from(text)))).toBe(problem);
  });
});

function outcomeOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return (error as Error).name;
  }
}
