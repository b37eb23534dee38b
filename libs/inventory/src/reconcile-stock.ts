import { LOGGER, type Logger, Transactions, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Products that are compared in one transaction at most. */
const BATCH_SIZE = 1000;

/** A level that is not what the ledger says. */
export interface DriftedLevel {
  productId: number;
  onHand: number;
  reserved: number;
  ledgerOnHand: number;
  ledgerReserved: number;
}

export interface Reconciliation {
  /** Products that were compared. */
  checked: number;
  drifted: DriftedLevel[];
  repaired: number;
}

/**
 * Compares every level with the sum of its movements and, unless it is a dry run, sets those that differ to it: the ledger is
 * the truth. Levels and movements are written together, so one statement sees both in agreement and comparing needs no lock;
 * what differs is locked in ascending product id and compared again before it is repaired. A sum that a level can not have
 * (more reserved than on hand, more than its capacity) is reported and left alone: a person has to correct that ledger.
 */
@Injectable()
export class ReconcileStock {
  constructor(
    private readonly transactions: Transactions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute({ dryRun }: { dryRun: boolean }): Promise<Reconciliation> {
    const result: Reconciliation = { checked: 0, drifted: [], repaired: 0 };
    for (let after: number | undefined = 0; after !== undefined;) {
      const { ids, drifted, repaired } = await this.transactions.run((tx) => this.batch(tx, after!, dryRun));
      result.checked += ids.length;
      result.drifted.push(...drifted);
      result.repaired += repaired;
      after = ids.length === BATCH_SIZE ? ids.at(-1) : undefined;
    }
    const { checked, drifted, repaired } = result;
    this.logger[drifted.length > 0 ? 'warn' : 'info'](
      { checked, drifted: drifted.length, repaired, dryRun },
      'stock.reconciled',
    );
    return result;
  }

  private async batch(tx: Tx, after: number, dryRun: boolean) {
    const rows = await tx.query<{ id: number }[]>(
      `select product_id as id from inventory.stock_levels where product_id > $1 order by product_id limit $2`,
      [after, BATCH_SIZE],
    );
    const ids = rows.map(({ id }) => id);
    const suspects = await this.compare(tx, ids);
    if (dryRun || suspects.length === 0) return { ids, drifted: suspects, repaired: 0 };
    const suspectIds = suspects.map(({ productId }) => productId);
    await tx.query(
      `select from inventory.stock_levels where product_id = any($1::bigint[]) order by product_id for update`,
      [suspectIds],
    );
    const drifted = await this.compare(tx, suspectIds);
    return { ids, drifted, repaired: await this.repair(tx, drifted) };
  }

  private compare(tx: Tx, ids: readonly number[]): Promise<DriftedLevel[]> {
    return tx.query<DriftedLevel[]>(
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
  }

  private async repair(tx: Tx, drifted: readonly DriftedLevel[]): Promise<number> {
    const [, repaired] = await tx.query<[unknown, number]>(
      `update inventory.stock_levels level
          set on_hand = ledger.on_hand, reserved = ledger.reserved, version = level.version + 1, updated_at = now()
         from unnest($1::bigint[], $2::bigint[], $3::bigint[]) ledger (product_id, on_hand, reserved)
        where level.product_id = ledger.product_id
          and ledger.reserved between 0 and ledger.on_hand and ledger.on_hand <= level.maximum_capacity`,
      [
        drifted.map(({ productId }) => productId),
        drifted.map(({ ledgerOnHand }) => ledgerOnHand),
        drifted.map(({ ledgerReserved }) => ledgerReserved),
      ],
    );
    return repaired;
  }
}
