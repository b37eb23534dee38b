import type { Tx } from '@app/platform';

/** Which of these SKUs belong to a product already, or look like one that does. */
export async function findTakenSkus(tx: Tx<'products'>, skus: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ sku: string }[]>(
    `select wanted.sku from unnest($1::text[]) wanted (sku)
      where exists (select from products.skus taken where taken.folded = products.folded(wanted.sku))
         or exists (select from products.products product where product.sku = wanted.sku)`,
    [skus],
  );
  return new Set(rows.map(({ sku }) => sku));
}
