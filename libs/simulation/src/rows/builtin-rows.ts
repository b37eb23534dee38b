import type { SimulationRows } from '../contracts/simulation-rows';
import type { RuleSet } from '../contracts/simulation-options';

const USERS = ['Alice', 'Bob', 'Charlie', 'David', 'Eve', 'Frank', 'Grace', 'Alice', 'Henry'];
const PRODUCTS: readonly [name: string, price: number][] = [
  ['Laptop', 1000],
  ['Smartphone', 700],
  ['Headphones', 150],
  ['Monitor', 300],
  ['Keyboard', 50],
  ['Mouse', 30],
  ['Laptop', 1000],
  ['Smartwatch', 250],
  ['Gaming Chair', 500],
  ['Earbuds', -50],
];
/** User, product, quantity: two quantities that no rule allows, and a product that does not exist. */
const ORDERS: readonly [user: number, product: number, quantity: number][] = [
  [1, 1, 2],
  [2, 2, 1],
  [3, 3, 5],
  [4, 4, 1],
  [5, 5, 3],
  [6, 6, 4],
  [7, 7, 2],
  [8, 8, 0],
  [9, 1, -1],
  [10, 11, 2],
];

/** The thirty rows that come with the product. With the strict rules the tenth user has no name. */
export function builtinRows(rules: RuleSet): SimulationRows {
  const tenth = { id: 10, name: rules === 'basic' ? 'Jane' : '', email: 'jane@example.com' };
  return {
    users: [
      ...USERS.map((name, index) => ({ id: index + 1, name, email: `${name.toLowerCase()}@example.com` })),
      tenth,
    ],
    products: PRODUCTS.map(([name, price], index) => ({ id: index + 1, name, price })),
    orders: ORDERS.map(([user_id, product_id, quantity], index) => ({ id: index + 1, user_id, product_id, quantity })),
  };
}
