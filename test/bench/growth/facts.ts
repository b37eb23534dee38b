import { PRODUCTS } from '../load/requests';

const HALF = PRODUCTS / 2;
const OPEN_MAX = 2000;
const OPEN_SHARE = 0.2;
/** Each customer has this many orders, whatever the size. */
const ORDERS_PER_CUSTOMER = 10;

/** How a shop of this many orders looks. */
export interface ShopSize {
  orders: number;
  /** All but the newest have come to an end. */
  closed: number;
}

/** `orders` must be a multiple of the products of an order's first half. Throws otherwise. */
export function shopSize(orders: number): ShopSize {
  if (orders % HALF !== 0) throw new RangeError(`${orders} orders do not come in rows of ${HALF}.`);
  const open = Math.min(OPEN_MAX, orders * OPEN_SHARE);
  return { orders, closed: orders - Math.floor(open / HALF) * HALF };
}

/**
 * One row for each order, from which the rows of all tables follow. Orders come in rows of 50, each of which takes every product
 * once; a row ends alike: 18 of 20 delivered, one cancelled, one failed. So how many orders for a product were delivered before an
 * order, and how many still wait, follows from its number: the ledger needs no sorting. The closed ones lie evenly over three years, the open ones in the last minutes.
 */
export const factsOf = ({ orders, closed }: ShopSize): string => `
  create schema load;
  create unlogged table load.facts as
  select n, uuidv7(at - now()) as id, at::timestamptz(3) as at, status, customer, a, b,
         ${deliveredBefore(`least(k, ${closed / HALF})`)} as delivered, greatest(0, k - ${closed / HALF}) as waiting
    from (select n, n / ${HALF} as k, 1 + n % ${HALF} as a, ${HALF + 1} + n * 7 % ${HALF} as b,
                 n * 7919 % ${Math.ceil(orders / ORDERS_PER_CUSTOMER)} as customer,
                 case when n >= ${closed} then 'pending'
                      when n / ${HALF} % 20 = 7 then 'cancelled' when n / ${HALF} % 20 = 13 then 'failed' else 'delivered' end as status,
                 case when n >= ${closed} then now() - interval '3 minutes' * (${orders} - n) / ${orders - closed}
                      else now() - interval '3 years' + (interval '3 years' - interval '10 minutes') * n / ${closed} end as at
            from generate_series(0::bigint, ${orders - 1}) n) numbered`;

/** Rows before row k that were delivered. */
function deliveredBefore(k: string): string {
  return `${k} - (${k} + 12) / 20 - (${k} + 6) / 20`;
}

/** The two lines of each order: product, quantity, and in which place of the ledger they are. */
export const LINES = `(${line('a', 1, 0)} union all ${line('b', 2, 2)}) line`;

/** One of the lines; the second is for two units. */
export function line(product: 'a' | 'b', quantity: number, place: number): string {
  return `select *, ${quantity} as line_no, ${product} as product_id, ${quantity} as quantity, ${place} as place from load.facts`;
}
