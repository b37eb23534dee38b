import type { InvariantResult } from '@app/platform';
import { invariantTable } from './invariant-table';

const holding: InvariantResult = {
  id: 'I1',
  name: 'movements add up',
  holds: true,
  breaches: 0,
  examples: [],
  figures: { on_hand: 1234567, reserved: 2 },
};
const broken: InvariantResult = {
  id: 'I12',
  name: 'no locks',
  holds: false,
  breaches: 7,
  examples: ['one', 'two'],
  figures: { sessions: 3 },
};

describe('invariantTable', () => {
  it('puts the figures below the name, and says in the last line that all is well', () => {
    expect(invariantTable([holding, { ...broken, holds: true, breaches: 0, examples: [] }])).toBe(
      [
        'ok      I1   movements add up',
        '             on hand 1,234,567, reserved 2',
        'ok      I12  no locks',
        '             sessions 3',
        'All 2 invariants hold.',
      ].join('\n'),
    );
  });

  it('shows examples of a breach, and how many there are besides', () => {
    expect(invariantTable([holding, broken]).split('\n').slice(2)).toEqual([
      'BREACH  I12  no locks',
      '             sessions 3',
      '             one',
      '             two',
      '             … 5 more',
      '1 of 2 invariants is BREACHED.',
    ]);
  });

  it('prints no line that wraps in a terminal of 100 columns', () => {
    const figures = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`figure_number_${index}`, 1_000_000]));
    const lines = invariantTable([{ ...holding, figures }]).split('\n');
    expect(lines.join(' ').match(/figure number \d+ 1,000,000/g)).toHaveLength(12);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });
});
