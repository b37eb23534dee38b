import { Transactions, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';

/** Products in one transaction at most, so that repairing a large catalogue holds few locks for a short time. */
const BATCH_SIZE = 1000;

/** A level that is not what the ledger says. */
export interface ReconciledLevel {
  productId: number;
  onHand: number;
  reserved: number;
  ledgerOnHand: number;
  ledgerReserved: number;
}

/**
 * Compares every level with the sum of its movements and, unless it is a dry run, sets it to that sum: the ledger is the
 * truth. Locks in ascending product id, like every writer. Returns the levels that differed.
 */
@Injectable()
export class ReconcileStock {
  constructor(private readonly transactions: Transactions) {}

  async execute({ dryRun }: { dryRun: boolean }): Promise<ReconciledLevel[]> {
    const found: ReconciledLevel[] = [];
    for (let after = 0; ;) {
      const { drifted, last } = await this.transactions.run((tx) => this.batch(tx, after, dryRun));
      found.push(...drifted);
      if (last === undefined) return found;
      after = last;
    }
  }

  private async batch(tx: Tx, after: number, dryRun: boolean): Promise<{ drifted: ReconciledLevel[]; last?: number }> {
    const locked = await tx.query<{ id: number }[]>(
      `select product_id as id from inventory.stock_levels where product_id > $1 order by product_id limit $2 for update`,
      [after, BATCH_SIZE],
    );
    const ids = locked.map(({ id }) => id);
    const drifted = await tx.query<ReconciledLevel[]>(
      `select level.product_id as "productId", level.on_hand as "onHand", level.reserved,
              ledger.on_hand as "ledgerOnHand", ledger.reserved as "ledgerReserved"
         from inventory.stock_levels level
         cross join lateral (
           select coalesce(sum(new_on_hand - previous_on_hand), 0)::bigint as on_hand,
                  coalesce(sum(new_reserved - previous_reserved), 0)::bigint as reserved
             from inventory.stock_movements where product_id = level.product_id) ledger
        where level.product_id = any($1::bigint[]) and (level.on_hand, level.reserved) <> (ledger.on_hand, ledger.reserved)
        order by level.product_id`,
      [ids],
    );
    if (!dryRun && drifted.length > 0) await this.repair(tx, drifted);
    return { drifted, last: ids.length === BATCH_SIZE ? ids.at(-1) : undefined };
  }

  private async repair(tx: Tx, drifted: readonly ReconciledLevel[]): Promise<void> {
    await tx.query(
      `update inventory.stock_levels level
          set on_hand = ledger.on_hand, reserved = ledger.reserved, version = level.version + 1, updated_at = now()
         from unnest($1::bigint[], $2::bigint[], $3::bigint[]) ledger (product_id, on_hand, reserved)
        where level.product_id = ledger.product_id`,
      [
        drifted.map(({ productId }) => productId),
        drifted.map(({ ledgerOnHand }) => ledgerOnHand),
        drifted.map(({ ledgerReserved }) => ledgerReserved),
      ],
    );
  }
}
