import { type ExpectedVersions, Transactions, type Tx, violatedConstraint } from '@app/platform';
import { type Product, type ProductChanges, UpdateProduct } from '@app/products';
import { Injectable } from '@nestjs/common';
import { CapacityBelowStockError } from './errors';
import { StockLevel } from './stock-level.entity';

export interface ProductRevision extends ProductChanges {
  minimumThreshold?: number;
  maximumCapacity?: number;
}

/**
 * Changes a product and, in the same transaction, what its stock level says of it: name, SKU, threshold and capacity.
 * Throws what UpdateProduct throws, and CapacityBelowStockError.
 */
@Injectable()
export class ReviseProduct {
  constructor(
    private readonly transactions: Transactions,
    private readonly updateProduct: UpdateProduct,
  ) {}

  async execute(id: number, revision: ProductRevision, expected?: ExpectedVersions): Promise<Product> {
    const { minimumThreshold, maximumCapacity, ...changes } = revision;
    return this.transactions.run(async (tx) => {
      const product = await this.updateProduct.execute(tx, id, changes, expected);
      const level = {
        ...(changes.name === undefined ? {} : { productName: product.name }),
        ...(changes.sku === undefined ? {} : { productSku: product.sku }),
        ...(minimumThreshold === undefined ? {} : { minimumThreshold }),
        ...(maximumCapacity === undefined ? {} : { maximumCapacity }),
      };
      if (Object.keys(level).length > 0) await this.changeLevel(tx, id, level);
      return product;
    });
  }

  private async changeLevel(tx: Tx, productId: number, changes: Partial<StockLevel>): Promise<void> {
    try {
      await tx.update(
        StockLevel,
        { productId },
        { ...changes, version: () => 'version + 1', updatedAt: () => 'now()' },
      );
    } catch (error) {
      if (violatedConstraint(error) === 'stock_levels_within_capacity') throw new CapacityBelowStockError();
      throw error;
    }
  }
}
