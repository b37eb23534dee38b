import type { Tx } from '@app/platform';

/** Which of these SKUs belong to a product already. */
export async function findTakenSkus(tx: Tx, skus: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ sku: string }[]>('select sku from products.products where sku = any($1::text[])', [
    skus,
  ]);
  return new Set(rows.map(({ sku }) => sku));
}
