import { changedFields } from './changed-fields';

interface Changes {
  name?: string;
  notes?: string | null;
  price?: number;
}

const ROW = { id: 1, name: 'Laptop', notes: null, price: 100 };

describe('the changed fields of a row', () => {
  it.each<[string, Changes, Changes]>([
    ['have another value', { name: 'Mouse', price: 100 }, { name: 'Mouse' }],
    ['may become null, or get a value after null', { notes: 'fragile', price: 0 }, { notes: 'fragile', price: 0 }],
    ['are not those that are undefined', { name: undefined, price: 5 }, { price: 5 }],
    ['are none when all is as it is', { name: 'Laptop', notes: null }, {}],
  ])('%s', (_, changes, changed) => {
    expect(changedFields<Changes>(ROW, changes)).toEqual(changed);
  });
});
