import { InvalidArgumentError } from 'commander';
import { httpUrl, seconds, wholeNumber } from './options';

describe('options', () => {
  it('accept what is within their bounds', () => {
    expect(['1', '50', '10000'].map(wholeNumber(1, 10_000))).toEqual([1, 50, 10_000]);
    expect(['0', '0.05', '.5', '60'].map(seconds(0, 60))).toEqual([0, 0.05, 0.5, 60]);
    expect(['http://localhost:8000', 'https://shop.example/base/'].map(httpUrl)).toEqual([
      'http://localhost:8000',
      'https://shop.example/base',
    ]);
  });

  it.each(['0', '-1', '10001', '1.5', '1e3', '0x10', 'ten', '', ' 5', 'NaN', 'Infinity'])(
    'refuse "%s" as a whole number from 1 to 10,000',
    (text) => {
      expect(() => wholeNumber(1, 10_000)(text)).toThrow(InvalidArgumentError);
      expect(() => wholeNumber(1, 10_000)(text)).toThrow('Give a whole number from 1 to 10,000.');
    },
  );

  it.each(['-0.1', '61', 'soon', '', '1e1', '1.', 'Infinity'])('refuse "%s" as 0 to 60 seconds', (text) => {
    expect(() => seconds(0, 60)(text)).toThrow('Give seconds from 0 to 60, such as 0.05.');
  });

  it.each(['localhost:8000', 'ftp://localhost', 'shop', ''])('refuse "%s" as an address', (text) => {
    expect(() => httpUrl(text)).toThrow('Give an address such as http://localhost:8000.');
  });
});
