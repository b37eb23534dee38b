import { demoProduct } from './catalogue';
import { CATEGORIES } from './catalogue-words';

const products = (count: number) => Array.from({ length: count }, (_, index) => demoProduct(index));
const distinct = (values: readonly unknown[]) => new Set(values).size;

describe('the demo catalogue', () => {
  it('has no name and no SKU twice in 30,000 products, which is into the third generation', () => {
    const many = products(30_000);
    expect(distinct(many.map(({ sku }) => sku))).toBe(30_000);
    expect(distinct(many.map(({ name }) => name))).toBe(30_000);
    expect(many.at(-1)!.name).toContain(' Gen 3');
  });

  it('needs no second generation for 10,000 products', () => {
    expect(products(10_000).filter(({ name }) => name.includes(' Gen '))).toEqual([]);
  });

  it('is the same every time', () => {
    expect(products(50)).toEqual(products(50));
    expect(demoProduct(0)).toEqual({
      sku: 'COM-LAP-AUR-BLK',
      name: 'Aurelo 14-inch Laptop, Black',
      description: 'Sixteen gigabytes of memory and a battery for a long working day. By Aurelo.',
      priceMinor: expect.any(Number),
      initialStock: 25_000,
      minimumThreshold: 500,
      maximumCapacity: 100_000,
    });
  });

  it('is varied: fifty products are of all categories, forty articles and ten brands or more', () => {
    const fifty = products(50);
    expect(distinct(fifty.map(({ sku }) => sku.slice(0, 3)))).toBe(CATEGORIES.length);
    expect(distinct(fifty.map(({ sku }) => sku.slice(0, 7)))).toBeGreaterThanOrEqual(40);
    expect(distinct(fifty.map(({ name }) => name.split(' ')[0]))).toBeGreaterThanOrEqual(10);
  });

  it('has plenty of the first three, and some of the first fifty low or out of stock', () => {
    const fifty = products(50);
    expect(fifty.slice(0, 3).every(({ initialStock }) => initialStock >= 10_000)).toBe(true);
    const out = fifty.filter(({ initialStock }) => initialStock === 0);
    const low = fifty.filter(
      ({ initialStock, minimumThreshold }) => initialStock > 0 && initialStock <= minimumThreshold!,
    );
    expect([out.length, low.length]).toEqual([3, 4]);
  });

  it('keeps within what the database and the API accept', () => {
    for (const { sku, name, priceMinor, initialStock, minimumThreshold, maximumCapacity } of products(3_000)) {
      expect(sku).toMatch(/^[A-Z0-9-]{8,64}$/);
      expect(name.length).toBeLessThanOrEqual(200);
      expect(Number.isInteger(priceMinor) && priceMinor >= 1 && priceMinor <= 99_999_999).toBe(true);
      expect(Number.isInteger(initialStock) && initialStock >= 0 && initialStock <= maximumCapacity!).toBe(true);
      expect(minimumThreshold).toBeLessThan(maximumCapacity!);
    }
  });
});
