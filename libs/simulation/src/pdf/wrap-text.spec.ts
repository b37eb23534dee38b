import { wrapText } from './wrap-text';

const wrap = (text: string, width: number) => wrapText(text, width, (part) => part.length);

describe('wrapped text', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two', 7, ['one two']],
    ['', 7, ['']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['a abcdef b', 4, ['a', 'abcd', 'ef b']],
    ['ab', 0, ['a', 'b']],
  ])('"%s" in lines of %i is %j', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});
