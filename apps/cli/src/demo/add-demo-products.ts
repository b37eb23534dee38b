import type { NewStockedProduct } from '@app/inventory';
import type { Product } from '@app/products';
import { demoProduct } from './catalogue';

const BATCH_SIZE = 500;

export interface DemoShelves {
  /** Which of these SKUs belong to a product already. */
  findTaken: (skus: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Adds the products in one transaction. */
  add: (products: readonly NewStockedProduct[]) => Promise<readonly Product[]>;
}

export interface AddedProducts {
  ids: number[];
  units: number;
  outOfStock: number;
  low: number;
}

/**
 * Adds exactly `count` products, the next ones of the demo catalogue whose SKUs are free, in batches that are each committed.
 * Stops between two batches when the signal aborts and returns what was added by then.
 */
export async function addDemoProducts(
  count: number,
  shelves: DemoShelves,
  onAdded: (soFar: number) => void,
  signal: AbortSignal,
): Promise<AddedProducts> {
  const result: AddedProducts = { ids: [], units: 0, outOfStock: 0, low: 0 };
  for (let next = 0; result.ids.length < count && !signal.aborted; next += BATCH_SIZE) {
    const candidates = Array.from({ length: BATCH_SIZE }, (_, offset) => demoProduct(next + offset));
    const taken = await shelves.findTaken(candidates.map(({ sku }) => sku));
    const batch = candidates.filter(({ sku }) => !taken.has(sku)).slice(0, count - result.ids.length);
    if (batch.length === 0) continue;
    for (const { id } of await shelves.add(batch)) result.ids.push(id);
    for (const { initialStock, minimumThreshold = 0 } of batch) {
      result.units += initialStock;
      if (initialStock === 0) result.outOfStock++;
      else if (initialStock <= minimumThreshold) result.low++;
    }
    onAdded(result.ids.length);
  }
  return result;
}
