const LINES_MAX = 3;
const UNITS_MAX = 3;

export interface SellableProduct {
  id: number;
  available: number;
}

export interface BasketLine {
  product_id: number;
  quantity: number;
}

/**
 * Fills baskets at random with products that should still be there: it counts what it has handed out, so that a run alone on a
 * shop is not refused. When everything is sold out it goes on asking, to see the refusals.
 */
export class Shelf {
  private readonly inStock: SellableProduct[];
  private readonly ids: number[];

  constructor(
    products: readonly SellableProduct[],
    private readonly random: () => number = Math.random,
  ) {
    this.inStock = products.filter(({ available }) => available > 0).map((product) => ({ ...product }));
    this.ids = this.inStock.map(({ id }) => id);
    if (this.ids.length === 0) throw new Error('There is nothing to sell.');
  }

  /** One to three lines of different products, one to three units each. */
  fillBasket(): BasketLine[] {
    if (this.inStock.length === 0) return [{ product_id: this.ids[this.below(this.ids.length)]!, quantity: 1 }];
    const lines = Math.min(1 + this.below(LINES_MAX), this.inStock.length);
    // What was chosen goes behind what can still be chosen, so that no product comes twice.
    const chosen = Array.from({ length: lines }, (_, taken) => this.moveToEnd(this.inStock.length - taken));
    const basket = chosen.map((product) => {
      const quantity = Math.min(1 + this.below(UNITS_MAX), product.available);
      product.available -= quantity;
      return { product_id: product.id, quantity };
    });
    for (let index = this.inStock.length - 1; index >= 0 && index >= this.inStock.length - lines; index--)
      if (this.inStock[index]!.available === 0) this.inStock.splice(index, 1);
    return basket;
  }

  private moveToEnd(choices: number): SellableProduct {
    const index = this.below(choices);
    const product = this.inStock[index]!;
    this.inStock[index] = this.inStock[choices - 1]!;
    this.inStock[choices - 1] = product;
    return product;
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}
