import { type ChangeContext, changedFields } from '@app/audit';
import { type ExpectedVersions, keysOf, type Once, Transactions, type Tx, violatedConstraint } from '@app/platform';
import { type Product, type ProductChanges, ProductsRepository, UpdateProduct } from '@app/products';
import { Injectable } from '@nestjs/common';
import { CapacityBelowStockError } from './errors';
import { type LimitChange, LimitChangesRepository } from './limit-changes.repository';
import { StockLevel } from './stock-level.entity';

export interface ProductRevision extends ProductChanges {
  minimumThreshold?: number;
  maximumCapacity?: number;
}

type Limits = Pick<ProductRevision, 'minimumThreshold' | 'maximumCapacity'>;

const LIMIT_NAMES = { minimumThreshold: 'minimum_threshold', maximumCapacity: 'maximum_capacity' } as const;

/**
 * Changes a product and, in the same transaction, what its stock level says of it: name, SKU, threshold and capacity. A new
 * threshold or capacity makes a new version of the product, and what it was before is kept with that: levels keep no versions of
 * their own.
 * Throws what UpdateProduct throws, and CapacityBelowStockError.
 */
@Injectable()
export class UpdateStockedProduct {
  constructor(
    private readonly transactions: Transactions<'inventory' | 'products'>,
    private readonly products: ProductsRepository,
    private readonly updateProduct: UpdateProduct,
    private readonly limitChanges: LimitChangesRepository,
  ) {}

  async execute(
    id: number,
    revision: ProductRevision,
    by: ChangeContext,
    expected?: ExpectedVersions,
    once?: Once<Product, 'inventory' | 'products'>,
  ): Promise<Product> {
    const { minimumThreshold, maximumCapacity, ...changes } = revision;
    return this.transactions.run(
      async (tx) => {
        // The product first: two revisions that locked product and level in different order would deadlock.
        await this.products.lock(tx, id);
        const level = await tx.findOneByOrFail(StockLevel, { productId: id });
        const limits = { minimumThreshold, maximumCapacity };
        const limitChanges = limitChangesOf(level, limits);
        const product = await this.updateProduct.execute(
          tx,
          id,
          changes,
          { ...by, reason: describe(limitChanges) },
          expected,
        );
        await this.limitChanges.record(tx, id, product.version, limitChanges);
        const copies = {
          ...(product.name === level.productName ? {} : { productName: product.name }),
          ...(product.sku === level.productSku ? {} : { productSku: product.sku }),
        };
        if (limitChanges.length > 0 || Object.keys(copies).length > 0)
          await this.changeLevel(tx, id, { ...limits, ...copies });
        return product;
      },
      { once },
    );
  }

  private async changeLevel(
    tx: Tx<'inventory' | 'products'>,
    productId: number,
    changes: Partial<StockLevel>,
  ): Promise<void> {
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

function limitChangesOf(level: StockLevel, limits: Limits): LimitChange[] {
  const changed = changedFields<Limits>(level, limits);
  return keysOf(LIMIT_NAMES).flatMap((key) => {
    const to = changed[key];
    return to === undefined ? [] : [{ limit: LIMIT_NAMES[key], from: level[key], to }];
  });
}

/** `minimum threshold 10 → 5`; undefined when nothing changes. */
function describe(changes: readonly LimitChange[]): string | undefined {
  const texts = changes.map(({ limit, from, to }) => `${limit.replace('_', ' ')} ${from} → ${to}`);
  return texts.length > 0 ? texts.join(', ') : undefined;
}
