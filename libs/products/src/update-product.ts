import { recordChangesAs } from '@app/audit';
import { errorCode, type ExpectedVersions, expectVersion, SqlState, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { ProductNotFoundError, SkuTakenError } from './errors';
import { Product } from './product.entity';

export interface ProductChanges {
  sku?: string;
  name?: string;
  description?: string;
  priceMinor?: number;
  isActive?: boolean;
}

/**
 * Changes a product and returns its new version; a change to what it is already leaves it as it is. Orders keep the name and
 * price that they froze. Throws ProductNotFoundError, VersionMismatchError, SkuTakenError.
 */
@Injectable()
export class UpdateProduct {
  async execute(tx: Tx, id: number, changes: ProductChanges, expected?: ExpectedVersions): Promise<Product> {
    const product = await tx.findOne(Product, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!product) throw new ProductNotFoundError(id);
    expectVersion(product.version, expected);
    const different = Object.fromEntries(
      Object.entries(changes).filter(([key, value]) => value !== undefined && value !== product[key as keyof Product]),
    ) as ProductChanges;
    if (Object.keys(different).length === 0) return product;
    await recordChangesAs(tx);
    try {
      await tx.update(Product, { id }, different);
    } catch (error) {
      if (errorCode(error) === SqlState.UNIQUE_VIOLATION) throw new SkuTakenError(different.sku!);
      throw error;
    }
    return tx.findOneByOrFail(Product, { id });
  }
}
