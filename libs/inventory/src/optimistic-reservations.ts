import { type CombinedWrite, WAITS_BRIEFLY } from '@app/platform';
import type { StockRequest, StockWrite } from './stock-gate';
import { lockSeconds } from './stock-lock-metric';

/**
 * Reservations on stock that nobody has looked at: one statement locks and reserves it, and the constraints refuse
 * it when a product has less than all of them want. The ledger is written as if the orders had come one after the other.
 */
export class OptimisticReservations implements StockWrite {
  /** `briefly` gives up with 55P03 soon when somebody holds the stock. */
  constructor(
    private readonly orders: readonly StockRequest[],
    private readonly briefly: boolean,
  ) {}

  /** Adds ledger, levels and reservations to a write. */
  writeTo(write: CombinedWrite): void {
    const orderIds: string[] = [];
    const productIds: number[] = [];
    const quantities: number[] = [];
    const processedBys: string[] = [];
    const totals = new Map<number, number>();
    for (const { orderId, lines, processedBy } of this.orders)
      for (const { productId, quantity } of lines) {
        orderIds.push(orderId);
        productIds.push(productId);
        quantities.push(quantity);
        processedBys.push(processedBy);
        totals.set(productId, (totals.get(productId) ?? 0) + quantity);
      }
    if (orderIds.length === 0) return;
    write
      .add(
        'stock_wanted',
        (bind) => `
          select *, sum(quantity) over (partition by product_id order by n)::bigint as up_to
            from unnest(${bind(orderIds, 'uuid')}, ${bind(productIds, 'bigint')}, ${bind(quantities, 'bigint')},
                        ${bind(processedBys, 'text')})
                 with ordinality wanted (order_id, product_id, quantity, processed_by, n)`,
      )
      .add(
        // Always in ascending product id, as every transaction that locks stock.
        'stock_locked',
        (bind) => `
          select level.product_id, level.on_hand, level.reserved, total.quantity
            from inventory.stock_levels level
            join unnest(${bind([...totals.keys()], 'bigint')}, ${bind([...totals.values()], 'bigint')})
                 total (product_id, quantity) using (product_id)
           ${this.briefly ? `where ${WAITS_BRIEFLY}` : ''}
           order by level.product_id
             for update of level`,
      )
      .add(
        'stock_taken',
        () => `
          update inventory.stock_levels level
             set reserved = locked.reserved + locked.quantity, version = level.version + 1, updated_at = now()
            from stock_locked locked
           where level.product_id = locked.product_id
          returning level.product_id, level.on_hand, locked.reserved`,
        { took: (seconds) => lockSeconds.observe(seconds) },
      )
      .add(
        // From what was taken: where no row was there to take from, or none was written, the ledger has no unit and refuses.
        'stock_movements',
        () => `
          insert into inventory.stock_movements (product_id, order_id, kind, quantity, previous_on_hand, new_on_hand,
                                                 previous_reserved, new_reserved, processed_by)
          select product_id, wanted.order_id, 'reserve', wanted.quantity, coalesce(on_hand, 0), coalesce(on_hand, 0),
                 coalesce(reserved, 0) + wanted.up_to - wanted.quantity, coalesce(reserved, 0) + wanted.up_to, wanted.processed_by
            from stock_wanted wanted left join stock_taken using (product_id)
           order by wanted.n`,
      )
      .add(
        'reservations',
        () => `
          insert into inventory.reservations (order_id, product_id, quantity)
          select order_id, product_id, quantity from stock_wanted`,
      );
  }
}
