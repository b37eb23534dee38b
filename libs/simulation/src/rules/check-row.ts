import isEmail from 'validator/lib/isEmail';
import type { RuleSet } from '../contracts/simulation-options';
import type { OrderRow, ProductRow, UserRow } from '../contracts/simulation-rows';
import { ENTITY_NAMES, type EntityRow } from '../rows/entity-row';

export const NAME_LENGTH_MIN = 2;
export const PRICE_TOO_HIGH_ABOVE = 999_999.99;
export const QUANTITY_MAX = 1000;

/** What is wrong with one value of a row. */
export interface RowProblem {
  /** The column's name in its data. */
  field: string;
  message: string;
}

/**
 * Why a row is not good by itself, or undefined. Needs no store: what is unique, and what others refer to, is looked up under a lock
 * when the row is inserted.
 */
export function checkRow(row: EntityRow, rules: RuleSet): string | undefined {
  return rules === 'basic' ? basicProblem(row) : validationErrors(row.entity, strictProblems(row));
}

/** `User validation errors: …`, comma-joined; undefined when there are none. */
export function validationErrors(entity: EntityRow['entity'], problems: readonly RowProblem[]): string | undefined {
  const messages = problems.map(({ message }) => message).join(', ');
  return problems.length > 0 ? `${ENTITY_NAMES[entity].label} validation errors: ${messages}` : undefined;
}

/** Everything that the strict rules find wrong with a row by itself. */
export function strictProblems({ entity, row }: EntityRow): RowProblem[] {
  switch (entity) {
    case 'user':
      return userProblems(row);
    case 'product':
      return productProblems(row);
    case 'order':
      return orderProblems(row);
  }
}

function basicProblem({ entity, row }: EntityRow): string | undefined {
  switch (entity) {
    case 'user':
      return row.name && row.email.includes('@') ? undefined : 'Invalid user data';
    case 'product':
      if (row.price === null) return 'Invalid product data';
      return row.price < 0 ? 'Negative price not allowed' : undefined;
    case 'order':
      return row.quantity <= 0 ? 'Invalid quantity' : undefined;
  }
}

function userProblems({ name, email }: UserRow): RowProblem[] {
  return [
    ...nameProblems(name, 'Name'),
    ...(email.trim() === ''
      ? [{ field: 'email', message: 'Email cannot be empty' }]
      : isEmail(email)
        ? []
        : [{ field: 'email', message: `Invalid email format: ${email}` }]),
  ];
}

function productProblems({ name, price }: ProductRow): RowProblem[] {
  const problem = priceProblem(price);
  return [...nameProblems(name, 'Product name'), ...(problem ? [{ field: 'price', message: problem }] : [])];
}

function priceProblem(price: number | null): string | undefined {
  if (price === null) return 'Price cannot be None';
  if (price < 0) return `Price cannot be negative: ${price.toFixed(2)}`;
  return price > PRICE_TOO_HIGH_ABOVE ? `Price too high: ${price.toFixed(2)}` : undefined;
}

function orderProblems({ user_id, product_id, quantity }: OrderRow): RowProblem[] {
  const problems: RowProblem[] = [];
  if (user_id <= 0) problems.push({ field: 'user_id', message: `User ID must be positive: ${user_id}` });
  if (product_id <= 0) problems.push({ field: 'product_id', message: `Product ID must be positive: ${product_id}` });
  if (quantity <= 0) problems.push({ field: 'quantity', message: `Quantity must be positive: ${quantity}` });
  else if (quantity > QUANTITY_MAX) problems.push({ field: 'quantity', message: `Quantity too high: ${quantity}` });
  return problems;
}

function nameProblems(name: string, what: string): RowProblem[] {
  const problem = (message: string) => [{ field: 'name', message: `${what} ${message}` }];
  if (name.trim() === '') return problem('cannot be empty');
  return name.trim().length < NAME_LENGTH_MIN ? problem(`must be at least ${NAME_LENGTH_MIN} characters long`) : [];
}
