import type { ChangeContext } from '@app/audit';
import { LOGGER, type Logger, type Once, Transactions, type Tx } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { DriftRepository, type DriftedLevel } from './drift.repository';
import { LocalStockGate } from './local-stock-gate';
import { SumLedger } from './sum-ledger';

/** Products that are compared, and repaired, in one transaction at most. */
const BATCH_SIZE = 1000;

export interface ReconciliationOptions {
  /** Who repairs, for which request, and why. Without it levels are only compared. */
  repairAs?: ChangeContext;
  /** Only these products. */
  productIds?: readonly number[];
}

export interface Reconciliation {
  /** Products that were compared. */
  checked: number;
  drifted: DriftedLevel[];
  repaired: number;
}

/**
 * Compares every level with the sum of its movements and, when it shall, sets those that differ to it: the ledger is the truth. Levels and movements are written together, so one statement sees both in agreement and comparing needs no lock;
 * what differs is locked in ascending product id and compared again before it is repaired. Each repair leaves a movement of
 * quantity 0 that says who did it and why, and a row with what the level said. A sum that a level can not have (more reserved
 * than on hand, more than its capacity) is reported and left alone: a person has to correct that ledger. A look at all products
 * is remembered, for the health page and the metrics. Its `once` belongs to the last of several transactions: of two equal requests at the
 * same time both compare and repair, which comes to the same, and both get the reply of the first to end.
 */
@Injectable()
export class ReconcileStock {
  constructor(
    private readonly transactions: Transactions<'inventory'>,
    private readonly sumLedger: SumLedger,
    private readonly stockGate: LocalStockGate,
    private readonly drift: DriftRepository,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(options: ReconciliationOptions, once?: Once<Reconciliation, 'inventory'>): Promise<Reconciliation> {
    const { productIds } = options;
    const result: Reconciliation = { checked: 0, drifted: [], repaired: 0 };
    const left: number[] = [];
    if (once) await this.transactions.run((tx) => once.begin(tx));
    await this.sumLedger.execute(productIds);
    for (let after: number | undefined = 0; after !== undefined;) {
      const batch = await this.transactions.run((tx) => this.reconcileBatch(tx, after!, options));
      result.checked += batch.ids.length;
      result.drifted.push(...batch.drifted);
      result.repaired += batch.repaired.length;
      const repaired = new Set(batch.repaired);
      left.push(...batch.drifted.map(({ productId }) => productId).filter((id) => !repaired.has(id)));
      after = batch.ids.length === BATCH_SIZE ? batch.ids.at(-1) : undefined;
    }
    if (!productIds)
      await this.transactions.run(
        async (tx) => {
          await this.drift.recordCheck(tx, result.checked, left);
          return result;
        },
        { once },
      );
    this.logger[result.drifted.length > 0 ? 'warn' : 'info'](
      {
        checked: result.checked,
        drifted: result.drifted.length,
        repaired: result.repaired,
        principal: options.repairAs?.principal.text,
      },
      'stock.reconciled',
    );
    return result;
  }

  private async reconcileBatch(tx: Tx<'inventory'>, after: number, { repairAs, productIds }: ReconciliationOptions) {
    const ids = await this.drift.nextProducts(tx, after, BATCH_SIZE, productIds);
    const suspects = await this.drift.compare(tx, ids);
    if (!repairAs || suspects.length === 0) return { ids, drifted: suspects, repaired: [] };
    const suspectIds = suspects.map(({ productId }) => productId);
    await this.stockGate.lock(tx, suspectIds);
    const drifted = await this.drift.compare(tx, suspectIds);
    return { ids, drifted, repaired: await this.drift.repair(tx, drifted, repairAs) };
  }
}
