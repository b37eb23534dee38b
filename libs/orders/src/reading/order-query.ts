import type { OrderStatus } from '../order-status';

export interface OrderFilter {
  statuses?: readonly OrderStatus[];
  /** 1 high, 2 normal, 3 low. */
  priority?: number;
  customerEmail?: string;
  /** Words; each must begin a word of the name or of the external reference, or begin the e-mail address or id. */
  search?: string;
  staleOnly?: boolean;
  /** Created at or after. */
  from?: Date;
  /** Created before. */
  to?: Date;
}

export interface OrderQuery extends OrderFilter {
  descending: boolean;
  /** Read on after this order. */
  after?: { createdAt: Date; id: string };
  limit: number;
  /** Rows to pass over first; for pages by number, which have no `after`. */
  offset?: number;
}
