import { check } from '../checks/check';
import type { Scenario } from '../scenario';
import type { SeededRandom } from '../seeded-random';
import type { Wish } from '../workload/plan-workload';

const UNITS = 50;
const BUYERS = 500;
const CROSSING = 200;

/** Everybody comes at once: for the last units of one product, and for the same products in different orders. */
export const crossingBuyers: Scenario = {
  name: 'crossing-buyers',
  number: 12,
  title: `${UNITS} units and ${BUYERS} buyers of one at once; ${CROSSING} multi-line orders that cross`,
  backends: ['postgres', 'redis'],
  workload: { unitsPerProduct: UNITS },
  plan: (random, products) => [
    ...Array.from({ length: BUYERS }, (_, index) => wish(random, `buyer ${index + 1}`, [[products[0]!, 1]])),
    ...Array.from({ length: CROSSING }, (_, index) =>
      wish(
        random,
        `crossing ${index + 1}`,
        random
          .shuffled(products.slice(1))
          .slice(0, random.whole(2, 4))
          .map((id) => [id, 1]),
      ),
    ),
  ],
  inject: async ({ served }) => served,
  async check({ database, products, history }) {
    const [row] = await database.query<[{ orders: number }]>(
      'select count(*)::int as orders from orders.order_lines where product_id = $1',
      [products[0]],
    );
    const buyers = history.entries.filter(({ wish }) => wish.startsWith('buyer'));
    const sold = buyers.filter(({ outcome, kind }) => kind === 'place' && outcome === 'ok').length;
    const broken =
      row.orders === UNITS && sold === UNITS ? [] : [`${row.orders} orders, ${sold} confirmed, for ${UNITS} units`];
    return [check('I1', 'the last units are sold exactly once', broken, { sold })];
  },
};

function wish(random: SeededRandom, name: string, items: [product: number, quantity: number][]): Wish {
  return {
    name,
    atMs: 0,
    key: random.uuid(),
    items: items.map(([product_id, quantity]) => ({ product_id, quantity })),
    reusesKey: false,
    readAfterMs: [],
  };
}
