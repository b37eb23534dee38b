import type { SeededRandom } from '../seeded-random';

/** What one customer is going to do; the same again for the same seed. */
export interface Wish {
  /** Names the wish; written into the order's notes, so that the order can be traced to it. */
  name: string;
  /** Milliseconds after the start of the load. */
  atMs: number;
  /** Without one the customer does not ask again after an answer that leaves it open what happened. */
  key: string | undefined;
  items: { product_id: number; quantity: number }[];
  /** Sends the same request again after its success, this many milliseconds later. */
  repeatAfterMs?: number;
  /** Sends another body under the same key. */
  reusesKey: boolean;
  cancelAfterMs?: number;
  readAfterMs: number[];
}

export interface WorkloadShape {
  /** How long the wishes take to arrive. */
  overMs: number;
  /** Units wished for, as a multiple of the units there are. */
  demand: number;
  linesMax: number;
  cancelShare: number;
  repeatShare: number;
  readsMax: number;
}

export const USUAL_SHAPE: WorkloadShape = {
  overMs: 9000,
  demand: 3,
  linesMax: 3,
  cancelShare: 0.15,
  repeatShare: 0.2,
  readsMax: 3,
};

const QUANTITY_MAX = 4;
const REUSE_SHARE = 0.05;
const KEYED_SHARE = 0.6;

/** Wishes for more than there is: their units add up to `demand` times the stock. */
export function planWorkload(
  random: SeededRandom,
  products: readonly number[],
  unitsPerProduct: number,
  shape: WorkloadShape,
): Wish[] {
  const wishes: Wish[] = [];
  for (let units = products.length * unitsPerProduct * shape.demand; units > 0;) {
    const items = random
      .shuffled(products)
      .slice(0, random.whole(1, shape.linesMax))
      .map((product_id) => ({ product_id, quantity: random.whole(1, QUANTITY_MAX) }));
    units -= items.reduce((sum, { quantity }) => sum + quantity, 0);
    const isKeyed = random.chance(KEYED_SHARE);
    wishes.push({
      name: `wish ${wishes.length + 1}`,
      atMs: random.next() * shape.overMs,
      key: isKeyed ? random.uuid() : undefined,
      items,
      repeatAfterMs: isKeyed && random.chance(shape.repeatShare) ? random.whole(0, 1500) : undefined,
      reusesKey: isKeyed && random.chance(REUSE_SHARE),
      cancelAfterMs: random.chance(shape.cancelShare) ? random.whole(0, 800) : undefined,
      readAfterMs: Array.from({ length: random.whole(0, shape.readsMax) }, () => random.whole(0, 2000)).sort(
        (a, b) => a - b,
      ),
    });
  }
  return wishes.sort((one, other) => one.atMs - other.atMs);
}
