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
 * once; a row ends alike: 18 of 20 delivered, one cancelled, one failed. So what was on hand when an order came can be computed
 * from its number, and nothing has to be sorted. The closed ones lie evenly over three years, the open ones in the last minutes.
 */
export const factsOf = ({ orders, closed }: ShopSize): string => `
  create schema load;
  create unlogged table load.facts as
  select n, uuidv7(at - now()) as id, at::timestamptz(3) as at, status, customer, a, b, k
    from (select n, n / ${HALF} as k, 1 + n % ${HALF} as a, ${HALF + 1} + n * 7 % ${HALF} as b,
                 n * 7919 % ${Math.ceil(orders / ORDERS_PER_CUSTOMER)} as customer,
                 case when n >= ${closed} then 'pending'
                      when n / ${HALF} % 20 = 7 then 'cancelled' when n / ${HALF} % 20 = 13 then 'failed' else 'delivered' end as status,
                 case when n >= ${closed} then now() - interval '3 minutes' * (${orders} - n) / ${orders - closed}
                      else now() - interval '3 years' + (interval '3 years' - interval '10 minutes') * n / ${closed} end as at
            from generate_series(0::bigint, ${orders - 1}) n) numbered`;

/** The two lines of each order: product, quantity, and in which place of the ledger they are. */
export const LINES = `
  (select *, 1 as line_no, a as product_id, 1 as quantity, 0 as place from load.facts
   union all select *, 2, b, 2, 2 from load.facts) line`;

/** Rows of orders before row k that were delivered: each took its quantity from the shelf. */
const delivered = (k: string) => `(${k} - (${k} + 12) / 20 - (${k} + 6) / 20)`;

/** What was on hand before the order of a line, and what was reserved, for a stock that began with `stock`. */
export function stockBefore({ closed }: ShopSize, stock: number): { onHand: string; reserved: string } {
  const firstOpen = closed / HALF;
  return {
    onHand: `(${stock} - quantity * ${delivered(`least(k, ${firstOpen})`)})`,
    reserved: `(quantity * greatest(0, k - ${firstOpen}))`,
  };
}
