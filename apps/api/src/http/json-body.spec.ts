import fc from 'fast-check';
import { countKeys } from './json-body';

describe('counting the keys of JSON', () => {
  it.each([
    ['{}', 0],
    ['"a:b"', 0],
    ['{"a":1,"a":2}', 2],
    ['{"a" \n: {"b":[{"c":":"}]}}', 3],
    ['["\\"","x:","\\\\",{"k\\\\":"\\":"}]', 1],
    ['{"\\"":1,"":2}', 2],
  ])('finds in %s %i', (json, keys) => {
    expect(countKeys(json)).toBe(keys);
  });

  it('finds as many as the value has, for every value and every way to write it', () => {
    const keysOf = (value: unknown): number =>
      typeof value !== 'object' || value === null
        ? 0
        : Object.values(value).reduce<number>(
            (sum, item) => sum + keysOf(item),
            Array.isArray(value) ? 0 : Object.keys(value).length,
          );
    const check = fc.check(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
        const json = JSON.stringify(value, null, indent);
        return countKeys(json) === keysOf(JSON.parse(json));
      }),
      { numRuns: 500 },
    );
    expect(check).toMatchObject({ failed: false, counterexample: null });
  });
});
