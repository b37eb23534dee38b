import type { ChangeContext } from '@app/audit';
import { CombinedWrite, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { LocalStockGate } from './local-stock-gate';
import { StockLevel } from './stock-level.entity';

export interface NewStockLevel {
  productId: number;
  productName: string;
  productSku: string;
  initialStock: number;
  minimumThreshold?: number;
  maximumCapacity?: number;
}

/** What fits where nobody said how much. */
const DEFAULT_CAPACITY = 1000;

/** Gives new products their stock level, and the ledger its first `receive` movement where there is stock to begin with. */
@Injectable()
export class OpenStockLevels {
  constructor(private readonly stockGate: LocalStockGate) {}

  async execute(
    tx: Tx<'inventory'>,
    levels: readonly NewStockLevel[],
    { principal, requestId }: ChangeContext,
  ): Promise<void> {
    await tx.insert(
      StockLevel,
      levels.map(({ productId, productName, productSku, initialStock, minimumThreshold, maximumCapacity }) => ({
        productId,
        productName,
        productSku,
        minimumThreshold,
        maximumCapacity: maximumCapacity ?? Math.max(DEFAULT_CAPACITY, initialStock),
      })),
    );
    const received = levels.filter(({ initialStock }) => initialStock > 0);
    const stock = await this.stockGate.lock(
      tx,
      received.map(({ productId }) => productId),
    );
    for (const { productId, initialStock } of received)
      stock.changeOnHand('receive', productId, initialStock, {
        processedBy: principal.text,
        notes: 'Initial stock',
        requestId,
      });
    const write = new CombinedWrite();
    stock.writeTo(write);
    await write.execute(tx);
  }
}
