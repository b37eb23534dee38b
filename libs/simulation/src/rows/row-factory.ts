import type { GeneratedRows, OrderRow, ProductRow, SimulationRows, UserRow } from '../contracts/simulation-rows';

const UINT32 = 2 ** 32;

/** Makes rows that every rule accepts; what a caller overrides may be anything. Tests and runs use the same. */
export class RowFactory {
  private state: number;

  constructor(seed = 1) {
    this.state = seed >>> 0;
  }

  user(id: number, overrides: Partial<UserRow> = {}): UserRow {
    return { id, name: `User ${id}`, email: `user-${id}@example.com`, ...overrides };
  }

  product(id: number, overrides: Partial<ProductRow> = {}): ProductRow {
    return { id, name: `Product ${id}`, price: (1 + this.below(99_999)) / 100, ...overrides };
  }

  order(id: number, overrides: Partial<OrderRow> = {}): OrderRow {
    return { id, user_id: 1, product_id: 1, quantity: 1 + this.below(1000), ...overrides };
  }

  /** A third each; the orders are of users and products among them. */
  rows({ count, duplicates }: Omit<GeneratedRows, 'seed'>): SimulationRows {
    const [users, products, orders] = [Math.ceil(count / 3), Math.ceil((count - 1) / 3), Math.floor(count / 3)];
    return {
      users: numbers(users).map((id) => this.user(id, id > 1 && this.chance(duplicates) ? this.emailBefore(id) : {})),
      products: numbers(products).map((id) => this.product(id)),
      orders: numbers(orders).map((id) =>
        this.order(id, { user_id: 1 + this.below(users), product_id: 1 + this.below(products) }),
      ),
    };
  }

  private emailBefore(id: number): Partial<UserRow> {
    return { email: `user-${1 + this.below(id - 1)}@example.com` };
  }

  private chance(share: number): boolean {
    return this.below(1_000_000) < share * 1_000_000;
  }

  /** Mulberry32: small, and the same on every machine. */
  private below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / UINT32) * bound);
  }
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
