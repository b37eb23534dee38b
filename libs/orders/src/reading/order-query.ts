import type { OrderStatus } from '../order-status';

export interface OrderFilter {
  statuses?: readonly OrderStatus[];
  /** 1 high, 2 normal, 3 low. */
  priority?: number;
  customerEmail?: string;
  /** Words; each must begin a word of the name or of the external reference, or begin the e-mail address or id. */
  search?: string;
  /** Placed by this user. */
  userId?: string;
  staleOnly?: boolean;
  /** Created at or after. */
  from?: Date;
  /** Created before. */
  to?: Date;
}

/** By `status`, orders of one state are sorted by their time. */
export type OrderSort = 'created_at' | 'status' | 'total_amount' | 'updated_at';

export interface OrderQuery extends OrderFilter {
  /** Throws TooManyToSortError for an order without an index when too many match: by amount and by update, and by state with some filters. */
  sort?: OrderSort;
  descending: boolean;
  /** Read on after this order. `value` is what is sorted by, unless that is the time. */
  after?: { value?: string | number | Date; createdAt: Date; id: string };
  limit: number;
  /** Rows to pass over first; for pages by number, which have no `after`. */
  offset?: number;
}
