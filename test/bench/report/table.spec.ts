import { figure, table } from './table';

describe('table', () => {
  it('is Markdown with aligned columns', () => {
    expect(table(['what', 'per second'], [['place', '12,345']])).toBe(
      ['| what  | per second |', '| ----- | ---------: |', '| place |     12,345 |'].join('\n'),
    );
  });
});

describe('figure', () => {
  it.each([
    [12345.6, '12,346'],
    [12.345, '12.3'],
    [1.234, '1.23'],
    [Number.NaN, '–'],
  ])('writes %d as %s', (value, text) => {
    expect(figure(value)).toBe(text);
  });
});
