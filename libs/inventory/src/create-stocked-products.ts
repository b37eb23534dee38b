import type { ChangeContext } from '@app/audit';
import { type Once, Transactions } from '@app/platform';
import { AddProducts, type NewProduct, type Product } from '@app/products';
import { Injectable } from '@nestjs/common';
import { OpenStockLevels } from './open-stock-levels';

export interface NewStockedProduct extends NewProduct {
  initialStock: number;
  minimumThreshold?: number;
  maximumCapacity?: number;
}

/**
 * Adds products to the catalogue together with their stock level and its first movement: all in one transaction, so that no
 * product is ever without stock figures. Returns them in the same order. Throws SkuTakenError.
 */
@Injectable()
export class CreateStockedProducts {
  constructor(
    private readonly transactions: Transactions<'inventory' | 'products'>,
    private readonly addProducts: AddProducts,
    private readonly openStockLevels: OpenStockLevels,
  ) {}

  async execute(
    products: readonly NewStockedProduct[],
    by: ChangeContext,
    once?: Once<Product[], 'inventory' | 'products'>,
  ): Promise<Product[]> {
    return this.transactions.run(
      async (tx) => {
        const added = await this.addProducts.execute(
          tx,
          products.map(({ sku, name, description, priceMinor, isActive }) => ({
            sku,
            name,
            description,
            priceMinor,
            isActive,
          })),
          by,
        );
        await this.openStockLevels.execute(
          tx,
          added.map(({ id, name, sku }, index) => {
            const { initialStock, minimumThreshold, maximumCapacity } = products[index]!;
            return {
              productId: id,
              productName: name,
              productSku: sku,
              initialStock,
              minimumThreshold,
              maximumCapacity,
            };
          }),
          by,
        );
        return added;
      },
      { once },
    );
  }
}
