import { DomainError } from '@app/platform';

/** No product has this id. */
export class ProductNotFoundError extends DomainError {
  readonly code = 'PRODUCT_NOT_FOUND';
  readonly kind = 'not_found';

  constructor(id: number) {
    super(`Product ${id} does not exist.`);
  }
}

/** SKUs are unique in the catalogue, those of inactive products included. SKUs that look alike are one. */
export class SkuTakenError extends DomainError {
  readonly code = 'PRODUCT_SKU_TAKEN';
  readonly kind = 'conflict';

  constructor(sku: string) {
    super(`A product with SKU ${sku}, or one that looks like it, exists already.`, [
      { field: 'sku', code: 'taken', message: 'This SKU belongs to another product. Choose a different one.' },
    ]);
  }
}
