import { parseScript } from './script';

describe('parseScript', () => {
  it('draws numbers', () => {
    expect(parseScript('\\set a random(1, 50)')).toEqual([{ set: 'a', from: 1, to: 50 }]);
  });

  it('makes a parameter of each mention of a variable, and none of a cast', () => {
    expect(parseScript('\nselect :a, :b::text, :a;\n')).toEqual([
      { name: 'step_0', text: 'select $1, $2::text, $3', parameters: ['a', 'b', 'a'], keepsRow: false },
    ]);
  });

  it('sees which statement keeps its row', () => {
    expect(parseScript('select 1 as one \\gset')).toEqual([
      { name: 'step_0', text: 'select 1 as one', parameters: [], keepsRow: true },
    ]);
  });
});
