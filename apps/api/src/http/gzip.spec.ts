import { takesGzip } from './gzip';

describe('an Accept-Encoding', () => {
  it.each([
    ['gzip', true],
    ['deflate, gzip;q=0.5, br', true],
    ['GZIP ; q=1', true],
    ['x-gzip', true],
    ['*', true],
    ['br;q=1, *;q=0.1', true],
    ['gzip;q=0', false],
    ['gzip;q=0, *', false],
    ['*;q=0', false],
    ['identity', false],
    ['br', false],
    ['gzip;q=nonsense', false],
    ['', false],
    [undefined, false],
  ])('%s takes gzip: %s', (header, taken) => {
    expect(takesGzip(header)).toBe(taken);
  });
});
