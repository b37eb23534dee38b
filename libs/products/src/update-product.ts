import { type ChangeContext, changedFields, recordChangesAs } from '@app/audit';
import { errorCode, type ExpectedVersions, expectVersion, SqlState, type Tx } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { SkuTakenError } from './errors';
import { Product } from './product.entity';
import { ProductsRepository } from './products.repository';

export interface ProductChanges {
  sku?: string;
  name?: string;
  description?: string;
  priceMinor?: number;
  isActive?: boolean;
}

/**
 * Changes a product and returns its new version; a change to what it is already leaves it as it is. A reason in `by`
 * names what changes about the product elsewhere in the same transaction: that makes a new version too, so that two clients who
 * read the same one can not both change it. Orders keep the name and price that they froze.
 * Throws ProductNotFoundError, VersionMismatchError, SkuTakenError.
 */
@Injectable()
export class UpdateProduct {
  constructor(private readonly products: ProductsRepository) {}

  async execute(
    tx: Tx<'products'>,
    id: number,
    changes: ProductChanges,
    by: ChangeContext,
    expected?: ExpectedVersions,
  ): Promise<Product> {
    const product = await this.products.lock(tx, id);
    expectVersion(product.version, expected);
    const different = changedFields<ProductChanges>(product, changes);
    const isSame = Object.keys(different).length === 0;
    if (isSame && by.reason === undefined) return product;
    await recordChangesAs(tx, by);
    try {
      // A version that is written as it is gets counted up by the table's trigger.
      await tx.update(Product, { id }, isSame ? { version: () => 'version' } : different);
    } catch (error) {
      if (errorCode(error) === SqlState.UNIQUE_VIOLATION) throw new SkuTakenError(different.sku!);
      throw error;
    }
    return tx.findOneByOrFail(Product, { id });
  }
}
