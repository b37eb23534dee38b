import { InvalidInputError } from '@app/platform';
import { expectedVersions } from './if-match';

describe('If-Match', () => {
  it.each<[string | undefined, number[] | undefined]>([
    [undefined, undefined],
    ['*', undefined],
    ['"3"', [3]],
    ['"3", "5"', [3, 5]],
    ['W/"3"', []],
    ['W/"3", "4"', [4]],
    ['"other"', []],
    ['"03"', []],
  ])('%s allows the versions %j', (header, versions) => {
    const expected = expectedVersions(header);
    expect(expected && [...expected]).toEqual(versions);
  });

  it.each(['3', '"3', '"3" "4"', '', 'W/3'])('%j is refused', (header) => {
    expect(() => expectedVersions(header)).toThrow(InvalidInputError);
  });
});
