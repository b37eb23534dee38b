import { simulationRowsSchema } from '../contracts/simulation-rows';
import { checkRow } from '../rules/check-row';
import { entityRows } from './entity-row';
import { RowFactory } from './row-factory';

describe('made rows', () => {
  it.each([1, 2, 3, 100, 1000])('are exactly %d, and all that a rule wants of one by itself', (count) => {
    const rows = simulationRowsSchema.parse(new RowFactory(7).rows({ count, duplicates: 0 }));
    const all = entityRows(rows);
    expect(all).toHaveLength(count);
    expect(all.map((row) => checkRow(row, 'strict')).filter((problem) => problem !== undefined)).toEqual([]);
  });

  it('are the same for the same seed, and others for another', () => {
    const make = (seed: number) => new RowFactory(seed).rows({ count: 90, duplicates: 0.2 });
    expect(make(3)).toEqual(make(3));
    expect(make(3)).not.toEqual(make(4));
  });

  it('repeat about as many e-mail addresses as was asked for', () => {
    const { users } = new RowFactory().rows({ count: 9000, duplicates: 0.1 });
    const repeated = users.length - new Set(users.map(({ email }) => email)).size;
    expect(repeated).toBeGreaterThan(240);
    expect(repeated).toBeLessThan(360);
  });
});
