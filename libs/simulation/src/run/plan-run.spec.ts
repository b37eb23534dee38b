import { RowFactory } from '../rows/row-factory';
import { entityRows } from '../rows/entity-row';
import { EntityRouter } from '../stores/entity-router';
import { planRun, ReadyRows } from './plan-run';

const make = new RowFactory();
const plan = (rows: Parameters<typeof entityRows>[0], rules: 'basic' | 'strict' = 'strict') =>
  planRun(entityRows(rows), new EntityRouter(2), { rules, writesIds: true });

describe('the plan of a run', () => {
  const rows = {
    users: [make.user(1), make.user(2, { email: 'user-1@example.com' }), make.user(2)],
    products: [make.product(1)],
    orders: [make.order(1, { user_id: 2, product_id: 1 }), make.order(2, { user_id: 99, product_id: 98 })],
  };

  it('lets a row wait for those that decide about it, and for no others', () => {
    expect(plan(rows).map(({ after }) => after)).toEqual([[], [0], [1], [], [2, 3], []]);
  });

  it('names the thread of each row by its place in its table', () => {
    expect(plan(rows).map(({ thread }) => thread)).toEqual([
      'UserThread-1',
      'UserThread-2',
      'UserThread-3',
      'ProductThread-1',
      'OrderThread-1',
      'OrderThread-2',
    ]);
  });

  it('lets equal e-mails and missing references pass with the basic rules', () => {
    expect(plan({ ...rows, users: rows.users.slice(0, 2) }, 'basic').map(({ after }) => after)).toEqual([
      [],
      [],
      [],
      [],
      [],
    ]);
  });

  it('hands out all rows once, the tables in turn, each after what it waits for', () => {
    const ready = new ReadyRows(plan(rows));
    expect(ready.size).toBe(3);
    const handedOut: number[] = [];
    for (let row = ready.next(); row; row = ready.next()) {
      handedOut.push(row.index);
      ready.done(row.index);
    }
    expect(handedOut).toEqual([0, 3, 5, 1, 2, 4]);
  });
});
