import { randomUUID } from 'node:crypto';
import {
  type ReservedOrder,
  INVENTORY_INVARIANTS,
  type ReserveOutcome,
  type ResolveOutcome,
  type StockRequest,
} from '@app/inventory';
import { checkInvariants } from '@app/platform';
import type { TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { contexts } from './contexts';
import { type TestDatabase, testDatabase } from './database';
import { someProducts } from './factories';

/** A stock gate with all that stands around it: each call is over when every order has its answer and what comes of it is committed. */
export interface AskedStockGate {
  reserve(orders: readonly StockRequest[]): Promise<ReserveOutcome[]>;
  fulfill(orders: readonly ReservedOrder[]): Promise<ResolveOutcome[]>;
  release(orders: readonly ReservedOrder[]): Promise<ResolveOutcome[]>;
}

/** What holds for orders and their stock, whatever is behind the gate. `makeGate` is asked once for each of two processes. */
export function describeStockGate(name: string, makeGate: (app: TestingModule) => AskedStockGate): void {
  describe(`stock ${name}`, () => {
    let database: TestDatabase;
    let apps: TestingModule[];
    let gates: [AskedStockGate, AskedStockGate];
    let gate: AskedStockGate;

    beforeAll(async () => {
      database = await testDatabase();
      apps = [await contexts(database.config), await contexts(database.config)];
      gates = [makeGate(apps[0]!), makeGate(apps[1]!)];
      [gate] = gates;
    });
    afterEach(async () => {
      const results = await checkInvariants(apps[0]!.get(DataSource), INVENTORY_INVARIANTS);
      expect(results.filter(({ holds }) => !holds)).toEqual([]);
    });
    afterAll(async () => {
      await Promise.all((apps ?? []).map((app) => app.close()));
      await database?.drop();
    });

    const stocked = (...units: number[]) => someProducts(apps[0]!, units);
    const levels = (...ids: number[]) =>
      database.query(
        'select on_hand, reserved from inventory.stock_levels where product_id = any($1) order by product_id',
        [ids],
      );
    const resultsOf = (outcomes: readonly { result: string }[]) => outcomes.map(({ result }) => result);
    /** Whoever is told nothing but an error got nothing. */
    const attempt = <T>(work: Promise<T[]>): Promise<T[]> => work.catch(() => []);
    const deadlocks = async () => {
      const [row] = await database.query<{ deadlocks: number }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
      );
      return row!.deadlocks;
    };

    it('is reserved for all lines of an order, or for none', async () => {
      const [plenty, scarce] = (await stocked(10, 3)) as [number, number];
      const outcomes = await gate.reserve([wanting([plenty, 2], [scarce, 5]), wanting([plenty, 4], [scarce, 3])]);
      expect(resultsOf(outcomes)).toEqual(['short', 'reserved']);
      expect(await levels(plenty, scarce)).toEqual([
        { on_hand: 10, reserved: 4 },
        { on_hand: 3, reserved: 3 },
      ]);
    });

    it('goes to the orders in the order in which they are given, each on what those before it left', async () => {
      const [product] = (await stocked(5)) as [number];
      const outcomes = await gate.reserve([wanting([product, 3]), wanting([product, 3]), wanting([product, 2])]);
      expect(outcomes).toEqual([
        { result: 'reserved' },
        { result: 'short', shortages: [{ index: 0, productId: product, available: 2 }] },
        { result: 'reserved' },
      ]);
    });

    it('that is short is named with its line, its product and what is available, or that there is no such product', async () => {
      const [plenty, scarce] = (await stocked(10, 3)) as [number, number];
      const unknown = 999_999_999;
      const outcomes = await gate.reserve([wanting([plenty, 1], [scarce, 4], [unknown, 1])]);
      expect(outcomes).toEqual([
        {
          result: 'short',
          shortages: [
            { index: 1, productId: scarce, available: 3 },
            { index: 2, productId: unknown, available: undefined },
          ],
        },
      ]);
      expect(await levels(plenty)).toEqual([{ on_hand: 10, reserved: 0 }]);
    });

    it('is reserved once for an order that asks twice', async () => {
      const [product] = (await stocked(10)) as [number];
      const order = wanting([product, 4]);
      await gate.reserve([order]);
      await attempt(gate.reserve([order]));
      expect(await levels(product)).toEqual([{ on_hand: 10, reserved: 4 }]);
    });

    it.each([
      ['fulfill', 'fulfill', { on_hand: 6, reserved: 5 }],
      ['fulfill', 'release', { on_hand: 6, reserved: 5 }],
      ['release', 'release', { on_hand: 10, reserved: 5 }],
      ['release', 'fulfill', { on_hand: 10, reserved: 5 }],
    ] as const)('of an order is resolved once: %s, then %s', async (first, second, left) => {
      const [product] = (await stocked(10)) as [number];
      const order = wanting([product, 4]);
      await gate.reserve([order, wanting([product, 5])]);
      expect(resultsOf(await gate[first]([reservedOrder(order), reservedOrder(order)]))).toEqual([
        'resolved',
        'mismatch',
      ]);
      expect(resultsOf(await gate[second]([reservedOrder(order)]))).toEqual(['mismatch']);
      expect(await levels(product)).toEqual([left]);
    });

    it('of an order that holds none is a mismatch, and its neighbours give theirs', async () => {
      const [product] = (await stocked(10)) as [number];
      const order = wanting([product, 4]);
      await gate.reserve([order]);
      const outcomes = await gate.release([reservedOrder(wanting([product, 1])), reservedOrder(order)]);
      expect(resultsOf(outcomes)).toEqual(['mismatch', 'resolved']);
      expect(await levels(product)).toEqual([{ on_hand: 10, reserved: 0 }]);
    });

    it('is given back and can be reserved again', async () => {
      const [product] = (await stocked(4)) as [number];
      const order = wanting([product, 4]);
      await gate.reserve([order]);
      expect(resultsOf(await gate.reserve([wanting([product, 1])]))).toEqual(['short']);
      await gate.release([reservedOrder(order)]);
      expect(resultsOf(await gate.reserve([wanting([product, 4])]))).toEqual(['reserved']);
    });

    it('of 10 units is reserved for 10 of 40 orders that arrive at once in two processes', async () => {
      const [product] = (await stocked(10)) as [number];
      const orders = Array.from({ length: 40 }, () => wanting([product, 1]));
      const outcomes = await Promise.all(orders.map((order, index) => gates[index % 2]!.reserve([order])));
      expect(resultsOf(outcomes.flat()).filter((result) => result === 'reserved')).toHaveLength(10);
      expect(await levels(product)).toEqual([{ on_hand: 10, reserved: 10 }]);
    });

    it('of one order is resolved once by ten who ask at once', async () => {
      const [product] = (await stocked(10)) as [number];
      const order = wanting([product, 4]);
      await gate.reserve([order]);
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const asked = gates[index % 2]!;
          return attempt(index % 3 ? asked.fulfill([reservedOrder(order)]) : asked.release([reservedOrder(order)]));
        }),
      );
      expect(resultsOf(outcomes.flat()).filter((result) => result === 'resolved')).toHaveLength(1);
    });

    it('is taken by crossing orders without a deadlock', async () => {
      const before = await deadlocks();
      const ids = (await stocked(1000, 1000, 1000)) as [number, number, number];
      const [low, middle, high] = ids;
      const waves = Array.from({ length: 40 }, async (_, index) => {
        const asked = gates[index % 2]!;
        const orders = [wanting([low, 1], [middle, 1], [high, 1]), wanting([high, 1], [middle, 1], [low, 1])];
        if (index % 3) orders.reverse();
        await asked.reserve(orders);
        await (index % 4 ? asked.release(orders.map(reservedOrder)) : asked.fulfill(orders.map(reservedOrder)));
      });
      await Promise.all(waves);
      expect(await levels(...ids)).toEqual(ids.map(() => ({ on_hand: 980, reserved: 0 })));
      expect(await deadlocks()).toBe(before);
    });
  });
}

/** A new order that wants these quantities of these products. */
export function wanting(...lines: [productId: number, quantity: number][]): StockRequest {
  return {
    orderId: randomUUID(),
    lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
    processedBy: 'system:test',
  };
}

function reservedOrder({ orderId, lines, processedBy }: StockRequest): ReservedOrder {
  return { orderId, lineCount: lines.length, processedBy };
}
