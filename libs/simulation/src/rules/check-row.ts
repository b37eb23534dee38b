import isEmail from 'validator/lib/isEmail';
import type { RuleSet } from '../contracts/simulation-options';
import type { OrderRow, ProductRow, UserRow } from '../contracts/simulation-rows';
import { ENTITY_NAMES, type EntityRow } from '../rows/entity-row';

const NAME_LENGTH_MIN = 2;
const PRICE_TOO_HIGH_ABOVE = 999_999.99;
const QUANTITY_MAX = 1000;

/**
 * Why a row is not good by itself, or undefined. Needs no store: what is unique, and what others refer to, is looked up under a lock
 * when the row is inserted.
 */
export function checkRow(row: EntityRow, rules: RuleSet): string | undefined {
  return rules === 'basic' ? basicProblem(row) : validationErrors(row.entity, strictProblems(row));
}

/** `User validation errors: …`, comma-joined; undefined when there are none. */
export function validationErrors(entity: EntityRow['entity'], problems: readonly string[]): string | undefined {
  return problems.length > 0 ? `${ENTITY_NAMES[entity].label} validation errors: ${problems.join(', ')}` : undefined;
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

function strictProblems({ entity, row }: EntityRow): string[] {
  switch (entity) {
    case 'user':
      return userProblems(row);
    case 'product':
      return productProblems(row);
    case 'order':
      return orderProblems(row);
  }
}

function userProblems({ name, email }: UserRow): string[] {
  const problems = nameProblems(name, 'Name');
  if (email.trim() === '') problems.push('Email cannot be empty');
  else if (!isEmail(email)) problems.push(`Invalid email format: ${email}`);
  return problems;
}

function productProblems({ name, price }: ProductRow): string[] {
  const problems = nameProblems(name, 'Product name');
  if (price === null) problems.push('Price cannot be None');
  else if (price < 0) problems.push(`Price cannot be negative: ${price.toFixed(2)}`);
  else if (price > PRICE_TOO_HIGH_ABOVE) problems.push(`Price too high: ${price.toFixed(2)}`);
  return problems;
}

function orderProblems({ user_id, product_id, quantity }: OrderRow): string[] {
  const problems: string[] = [];
  if (user_id <= 0) problems.push(`User ID must be positive: ${user_id}`);
  if (product_id <= 0) problems.push(`Product ID must be positive: ${product_id}`);
  if (quantity <= 0) problems.push(`Quantity must be positive: ${quantity}`);
  else if (quantity > QUANTITY_MAX) problems.push(`Quantity too high: ${quantity}`);
  return problems;
}

function nameProblems(name: string, what: string): string[] {
  if (name.trim() === '') return [`${what} cannot be empty`];
  return name.trim().length < NAME_LENGTH_MIN ? [`${what} must be at least ${NAME_LENGTH_MIN} characters long`] : [];
}
