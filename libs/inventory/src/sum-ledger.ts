import { Transactions } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { TurnoverRepository } from './turnover.repository';

const PRODUCTS_MAX = 100;
/** Movements of one product per statement: with 100 products at most a million rows, about a second. */
const MOVEMENTS_MAX = 10_000;
/** Statements of one execution: a ledger of ten million movements of one product takes 1,000. */
const ROUNDS_MAX = 5000;

/**
 * Adds the movements that are new to the kept sums of the ledger, so that whoever needs a sum reads only what came after.
 * Movements of a product get their ids under the lock of its level: none can appear below one that was summed. A sum up to a
 * movement is the same whoever computes it, so any number of processes may do this at once.
 */
@Injectable()
export class SumLedger {
  constructor(
    private readonly transactions: Transactions<'inventory'>,
    private readonly turnover: TurnoverRepository,
  ) {}

  /**
   * Of the given products, or of all; the sums of all together are remembered for the turnover. What is left after the greatest number of rounds is for the next
   * time.
   */
  async execute(productIds?: readonly number[]): Promise<void> {
    let after = 0;
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const { last, unfinished } = await this.sumNext(after, productIds);
      if (last === null) break;
      if (unfinished === 0) after = last;
    }
    if (!productIds) await this.transactions.run((tx) => this.turnover.addPoint(tx));
  }

  private async sumNext(after: number, productIds?: readonly number[]) {
    const [row] = await this.transactions.run((tx) =>
      tx.query<[{ last: number | null; unfinished: number }]>(
        `with level as materialized (
           select product_id from inventory.stock_levels
            where product_id > $1 and ($4::bigint[] is null or product_id = any($4)) order by product_id limit $2),
         next as materialized (
           select level.product_id, added.movement_id, added.movements,
                  coalesce(kept.on_hand, 0) + added.on_hand as on_hand, coalesce(kept.reserved, 0) + added.reserved as reserved,
                  coalesce(kept.fulfilled, 0) + added.fulfilled as fulfilled
             from level
             left join inventory.ledger_sums kept on kept.product_id = level.product_id
            cross join lateral (
              select max(id) as movement_id, count(*) as movements,
                     sum(new_on_hand - previous_on_hand)::bigint as on_hand, sum(new_reserved - previous_reserved)::bigint as reserved,
                     coalesce(sum(quantity) filter (where kind = 'fulfill'), 0)::bigint as fulfilled
                from (select * from inventory.stock_movements
                       where product_id = level.product_id and id > coalesce(kept.movement_id, 0)
                       order by id limit $3) movement) added
            where added.movements > 0),
         kept as (
           insert into inventory.ledger_sums (product_id, movement_id, on_hand, reserved, fulfilled)
           select product_id, movement_id, on_hand, reserved, fulfilled from next order by product_id
           on conflict (product_id) do update
             set movement_id = excluded.movement_id, on_hand = excluded.on_hand, reserved = excluded.reserved,
                 fulfilled = excluded.fulfilled
             where ledger_sums.movement_id < excluded.movement_id)
         select (select max(product_id) from level) as last,
                (select count(*) from next where movements = $3) as unfinished`,
        [after, PRODUCTS_MAX, MOVEMENTS_MAX, productIds ?? null],
      ),
    );
    return row;
  }
}
