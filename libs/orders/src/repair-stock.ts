import type { ChangeContext } from '@app/audit';
import { CorrectStock, missingMovements, StockGate, type StockOfOrder } from '@app/inventory';
import { LOGGER, type Logger, Transactions, type Tx, violatedConstraint } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { TransitionContexts } from './order-transactions';
import { OrderTransitionsRepository } from './transitions/order-transitions.repository';
import { STOCK_OF_ORDERS } from './stock-invariants';

export interface StockRepair {
  /** What was found, or is left, by product and order. */
  found: StockOfOrder[];
  /** Products that were brought to agree. */
  repaired: number[];
}

/**
 * Compares reservations and ledger with the orders, which are believed, and corrects them when it shall, one product in a
 * transaction. Reads every order, reservation and movement once: for an operator's command, not for a request. What was found is
 * looked at again under the locks of its orders and its level, so that work that goes on meanwhile is no disagreement.
 */
@Injectable()
export class RepairStock {
  constructor(
    private readonly transactions: Transactions<TransitionContexts>,
    private readonly orders: OrderTransitionsRepository,
    private readonly stockGate: StockGate,
    private readonly correctStock: CorrectStock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Of the given products, or of all. Without `repairAs` it only looks. */
  async execute(productIds?: readonly number[], repairAs?: ChangeContext): Promise<StockRepair> {
    const found = await this.transactions.run((tx) => find(tx, productIds ?? null, null));
    const repaired: number[] = [];
    if (repairAs)
      for (const productId of new Set(found.map((stock) => stock.productId))) {
        const orderIds = found.filter((stock) => stock.productId === productId).map(({ orderId }) => orderId);
        if (await this.repair(productId, orderIds, repairAs)) repaired.push(productId);
      }
    return { found, repaired };
  }

  private async repair(productId: number, orderIds: string[], repairAs: ChangeContext): Promise<boolean> {
    try {
      return await this.transactions.run(async (tx) => {
        // Orders before stock, as every transaction that takes both.
        await this.orders.lockOrders(tx, orderIds);
        await this.stockGate.lock(tx, [productId]);
        const stock = (await find(tx, [productId], orderIds)).filter(missingMovements);
        if (stock.length > 0) await this.correctStock.execute(tx, productId, stock, repairAs);
        return stock.length > 0;
      });
    } catch (error) {
      // Orders hold more than there is, or more is there than fits: a person has to count. The other products go on.
      const constraint = violatedConstraint(error);
      if (constraint === undefined) throw error;
      this.logger.warn({ product_id: productId, constraint }, 'stock.not_repairable');
      return false;
    }
  }
}

async function find(
  tx: Tx<TransitionContexts>,
  productIds: readonly number[] | null,
  orderIds: readonly string[] | null,
): Promise<StockOfOrder[]> {
  await tx.query('set local statement_timeout = 0');
  return tx.query<StockOfOrder[]>(STOCK_OF_ORDERS, [productIds, orderIds]);
}
