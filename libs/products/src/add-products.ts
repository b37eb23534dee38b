import type { ChangeContext } from '@app/audit';
import { SqlState, type Tx, errorCode } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { SkuTakenError } from './errors';
import { Product } from './product.entity';

export interface NewProduct {
  sku: string;
  name: string;
  description?: string;
  priceMinor: number;
  isActive?: boolean;
}

/** Adds products to the catalogue, all or none, and returns them in the same order. Throws SkuTakenError. */
@Injectable()
export class AddProducts {
  async execute(
    tx: Tx<'products'>,
    products: readonly NewProduct[],
    { principal, requestId }: ChangeContext,
  ): Promise<Product[]> {
    try {
      const rows = products.map((product) =>
        tx.create(Product, { ...product, changedBy: principal.text, requestId: requestId ?? null }),
      );
      await tx.insert(Product, rows);
      return rows;
    } catch (error) {
      if (errorCode(error) === SqlState.UNIQUE_VIOLATION)
        throw new SkuTakenError(products.length === 1 ? products[0]!.sku : 'given here');
      throw error;
    }
  }
}
