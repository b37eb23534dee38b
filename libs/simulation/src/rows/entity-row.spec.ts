import { insertLine } from '../report/console-report';
import { type EntityRow, rowDetails, rowValues } from './entity-row';

const user = (name: string): EntityRow => ({ entity: 'user', row: { id: 1, name, email: 'alice@example.com' } });
const product = (price: number | null): EntityRow => ({ entity: 'product', row: { id: 1, name: 'Laptop', price } });
const ORDER: EntityRow = { entity: 'order', row: { id: 1, user_id: 2, product_id: 3, quantity: 4 } };

describe('a row as text', () => {
  it.each([
    [user('Alice'), "User(id=1, name='Alice', email='alice@example.com')", "(1, 'Alice', 'alice@example.com')"],
    [user("O'Neil"), `User(id=1, name="O'Neil", email='alice@example.com')`, `(1, "O'Neil", 'alice@example.com')`],
    [product(1000), "Product(id=1, name='Laptop', price=1000.00)", "(1, 'Laptop', 1000.0)"],
    [product(-50.5), "Product(id=1, name='Laptop', price=-50.50)", "(1, 'Laptop', -50.5)"],
    [product(null), "Product(id=1, name='Laptop', price=None)", "(1, 'Laptop', None)"],
    [ORDER, 'Order(id=1, user_id=2, product_id=3, quantity=4)', '(1, 2, 3, 4)'],
  ])('is what people compare with: %j', (row, details, values) => {
    expect([rowDetails(row), rowValues(row)]).toEqual([details, values]);
  });

  it.each(["O'Neil", 'Say "hi", email=', 'back\\slash'])('says the name %s as it is', (name) => {
    const attempt = { details: rowDetails(user(name)), values: rowValues(user(name)), entity: 'user' as const };
    const rest = { index: 0, thread: 'UserThread-1', worker: 1, store: 'users_db', rowId: 1, startMs: 0, endMs: 1 };
    expect(insertLine({ ...rest, ...attempt, outcome: 'inserted', reason: null })).toBe(`User inserted: ${name}`);
  });
});
