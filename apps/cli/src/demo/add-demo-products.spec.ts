import type { NewStockedProduct } from '@app/inventory';
import { Product } from '@app/products';
import { addDemoProducts } from './add-demo-products';
import { demoProduct } from './catalogue';

const NEVER = new AbortController().signal;

function shelves(takenAlready: string[] = []) {
  const skus = new Set(takenAlready);
  const batches: number[] = [];
  return {
    skus,
    batches,
    findTaken: async (wanted: readonly string[]) => new Set(wanted.filter((sku) => skus.has(sku))),
    add: async (products: readonly NewStockedProduct[]) => {
      batches.push(products.length);
      return products.map(({ sku }) => {
        if (skus.has(sku)) throw new Error(`${sku} is taken`);
        skus.add(sku);
        return Object.assign(new Product(), { id: skus.size });
      });
    },
  };
}

describe('addDemoProducts', () => {
  it.each([1, 50, 499, 500, 501, 1234])('adds exactly %i', async (count) => {
    const empty = shelves();
    const { ids } = await addDemoProducts(count, empty, () => undefined, NEVER);
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(empty.skus.size).toBe(count);
  });

  it('adds as many again, with other SKUs, to shelves that have the first ones', async () => {
    const shared = shelves();
    await addDemoProducts(700, shared, () => undefined, NEVER);
    const { ids } = await addDemoProducts(700, shared, () => undefined, NEVER);
    expect([ids.length, shared.skus.size]).toEqual([700, 1400]);
  });

  it('steps over SKUs that somebody else uses', async () => {
    const others = shelves([demoProduct(1).sku, demoProduct(3).sku]);
    await addDemoProducts(3, others, () => undefined, NEVER);
    expect([...others.skus].slice(2)).toEqual([demoProduct(0).sku, demoProduct(2).sku, demoProduct(4).sku]);
  });

  it('stops between two batches when it is interrupted, and says what is there', async () => {
    const controller = new AbortController();
    const empty = shelves();
    const { ids } = await addDemoProducts(2000, empty, () => controller.abort(), controller.signal);
    expect([ids.length, empty.skus.size]).toEqual([500, 500]);
  });
});
