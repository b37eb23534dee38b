import { type CombinedWrite, violatedConstraint, WAITS_BRIEFLY } from '@app/platform';
import type { HeldReservation } from './stock-changes';
import { lockSeconds } from './stock-lock-metric';

const NEVER_OVERSOLD = ['stock_levels_never_oversold', 'stock_movements_never_oversold'];

/** Whether a write was refused because not all that was to be reserved is there: nothing of its transaction stays. */
export function stockFellShort(error: unknown): boolean {
  return NEVER_OVERSOLD.includes(violatedConstraint(error) ?? '');
}

/**
 * Reservations on stock that nobody has looked at: one statement locks it and takes it, and the constraints refuse
 * it when a product has less than all of them want, see {@link stockFellShort}. The ledger is written as if the orders had come
 * one after the other.
 */
export class OptimisticReservations {
  private readonly totals = new Map<number, number>();

  /** `briefly` gives up with 55P03 soon when somebody holds the stock. */
  constructor(
    private readonly wanted: readonly (HeldReservation & { processedBy: string })[],
    private readonly briefly = false,
  ) {
    for (const { productId, quantity } of wanted)
      this.totals.set(productId, (this.totals.get(productId) ?? 0) + quantity);
  }

  /** Adds ledger, levels and reservations to a write. */
  writeTo(write: CombinedWrite): void {
    if (this.wanted.length === 0) return;
    const orderIds = this.wanted.map(({ orderId }) => orderId);
    const productIds = this.wanted.map(({ productId }) => productId);
    const quantities = this.wanted.map(({ quantity }) => quantity);
    write
      .add(
        'stock_wanted',
        (bind) => `
          select *, sum(quantity) over (partition by product_id order by n)::bigint as up_to
            from unnest(${bind(orderIds, 'uuid')}, ${bind(productIds, 'bigint')}, ${bind(quantities, 'bigint')},
                        ${bind(
                          this.wanted.map(({ processedBy }) => processedBy),
                          'text',
                        )})
                 with ordinality wanted (order_id, product_id, quantity, processed_by, n)`,
      )
      .add(
        // Always in ascending product id, as every transaction that locks stock.
        'stock_locked',
        (bind) => `
          select level.product_id, level.on_hand, level.reserved, total.quantity
            from inventory.stock_levels level
            join unnest(${bind([...this.totals.keys()], 'bigint')}, ${bind([...this.totals.values()], 'bigint')})
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
