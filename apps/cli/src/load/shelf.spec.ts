import fc from 'fast-check';
import { Shelf } from './shelf';

const total = (baskets: { quantity: number }[][]) => baskets.flat().reduce((sum, { quantity }) => sum + quantity, 0);

describe('Shelf', () => {
  it('sells every unit, none twice, and never a product twice in one basket', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }), (stock) => {
        fc.pre(stock.some((units) => units > 0));
        const shelf = new Shelf(stock.map((available, id) => ({ id, available })));
        const units = stock.reduce((sum, each) => sum + each, 0);
        const baskets = [];
        while (total(baskets) < units) baskets.push(shelf.fillBasket());
        for (const basket of baskets) {
          expect(basket.length).toBeLessThanOrEqual(3);
          expect(new Set(basket.map(({ product_id }) => product_id)).size).toBe(basket.length);
        }
        for (const [id, available] of stock.entries())
          expect(total([baskets.flat().filter(({ product_id }) => product_id === id)])).toBe(available);
      }),
    );
  });

  it('goes on asking for one unit when everything is sold out', () => {
    const shelf = new Shelf([
      { id: 4, available: 1 },
      { id: 5, available: 0 },
    ]);
    expect([shelf.fillBasket(), shelf.fillBasket()]).toEqual([
      [{ product_id: 4, quantity: 1 }],
      [{ product_id: 4, quantity: 1 }],
    ]);
  });

  it('needs something to sell', () => {
    expect(() => new Shelf([{ id: 5, available: 0 }])).toThrow('There is nothing to sell.');
  });
});
