import { RowFactory } from '../rows/row-factory';
import { checkRow } from './check-row';

const make = new RowFactory();
const user = (overrides: object) => ({ entity: 'user' as const, row: make.user(1, overrides) });
const product = (overrides: object) => ({ entity: 'product' as const, row: make.product(1, overrides) });
const order = (overrides: object) => ({ entity: 'order' as const, row: make.order(1, overrides) });

describe('the basic rules', () => {
  it.each([
    [user({}), undefined],
    [user({ name: '' }), 'Invalid user data'],
    [user({ email: 'alice' }), 'Invalid user data'],
    [user({ name: 'A', email: '@' }), undefined],
    [product({ price: -0.01 }), 'Negative price not allowed'],
    [product({ price: 0 }), undefined],
    [product({ name: '' }), undefined],
    [product({ price: null }), 'Invalid product data'],
    [order({ quantity: 0 }), 'Invalid quantity'],
    [order({ quantity: -1 }), 'Invalid quantity'],
    [order({ quantity: 1, user_id: 0, product_id: -3 }), undefined],
    [order({ quantity: 5000 }), undefined],
  ])('say of %j: %s', (row, problem) => {
    expect(checkRow(row, 'basic')).toBe(problem);
  });
});

describe('the strict rules', () => {
  it.each([
    [user({}), undefined],
    [user({ name: 'Al' }), undefined],
    [user({ name: '' }), 'User validation errors: Name cannot be empty'],
    [user({ name: '  ' }), 'User validation errors: Name cannot be empty'],
    [user({ name: 'A' }), 'User validation errors: Name must be at least 2 characters long'],
    [user({ email: '' }), 'User validation errors: Email cannot be empty'],
    [user({ email: 'a@b' }), 'User validation errors: Invalid email format: a@b'],
    [user({ name: '', email: 'x' }), 'User validation errors: Name cannot be empty, Invalid email format: x'],
    [product({ name: '' }), 'Product validation errors: Product name cannot be empty'],
    [product({ name: 'A' }), 'Product validation errors: Product name must be at least 2 characters long'],
    [product({ price: null }), 'Product validation errors: Price cannot be None'],
    [product({ price: -50 }), 'Product validation errors: Price cannot be negative: -50.00'],
    [product({ price: 0 }), undefined],
    [product({ price: 999_999.99 }), undefined],
    [product({ price: 1_000_000 }), 'Product validation errors: Price too high: 1000000.00'],
    [order({ user_id: 0 }), 'Order validation errors: User ID must be positive: 0'],
    [order({ product_id: -1 }), 'Order validation errors: Product ID must be positive: -1'],
    [order({ quantity: 0 }), 'Order validation errors: Quantity must be positive: 0'],
    [order({ quantity: 1000 }), undefined],
    [order({ quantity: 1001 }), 'Order validation errors: Quantity too high: 1001'],
  ])('say of %j: %s', (row, problem) => {
    expect(checkRow(row, 'strict')).toBe(problem);
  });
});
