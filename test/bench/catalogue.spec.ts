import { select } from './catalogue';
import type { Measurement } from './measurement';

const run = () => Promise.reject<Measurement>(new Error('not run here'));
const SCENARIOS = ['limit:sql', 'limit:http 64', 'place 64', 'place:keyed 64', 'place half', 'bulk'].map((name) => ({
  name,
  unit: 'orders',
  run,
  needs: name === 'place half' ? ['place 64'] : undefined,
}));
const chosen = (...names: string[]) => select(names, SCENARIOS).map(({ name }) => name);

describe('select', () => {
  it('takes everything when nothing is named', () => {
    expect(select([], SCENARIOS)).toEqual(SCENARIOS);
  });

  it('adds the limits that a scenario is compared with, in the order of a round', () => {
    expect(chosen('place 64')).toEqual(['limit:sql', 'limit:http 64', 'place 64']);
  });

  it('takes all that begin with a name', () => {
    expect(chosen('place')).toEqual(expect.arrayContaining(['place 64', 'place:keyed 64', 'place half']));
  });

  it('adds what must be measured before', () => {
    expect(chosen('place half')).toEqual(['place 64', 'place half']);
  });

  it('refuses a name that stands for nothing', () => {
    expect(() => chosen('plaice')).toThrow('There is no scenario plaice');
  });
});
