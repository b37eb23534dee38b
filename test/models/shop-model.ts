/**
 * What orders and stock should do, without a database, a lock or a batch: small enough to be seen to be right. It shares no code
 * with the product, not even the table of transitions.
 */
export type ModelStatus = 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'failed';

export const NEXT: Partial<Record<ModelStatus, ModelStatus>> = {
  pending: 'processing',
  processing: 'shipped',
  shipped: 'delivered',
};
const EVENTS: Record<ModelStatus, string> = {
  pending: 'order.put_back.v1',
  processing: 'order.processing_started.v1',
  shipped: 'order.shipped.v1',
  delivered: 'order.delivered.v1',
  cancelled: 'order.cancelled.v1',
  failed: 'order.failed.v1',
};
export const PUT_BACKS_MAX = 2;

export interface ModelRequest {
  orderId: string;
  orderIdGiven: boolean;
  lines: { product: number; quantity: number }[];
  key?: string;
  body: string;
  reference?: string;
}

export interface ModelEvent {
  type: string;
  version: number;
  status: ModelStatus;
}

interface ModelOrder {
  lines: ModelRequest['lines'];
  status: ModelStatus;
  version: number;
  putBacks: number;
  stale: boolean;
  stock: 'held' | 'fulfilled' | 'released';
  events: ModelEvent[];
}

interface ModelLevel {
  onHand: number;
  reserved: number;
  capacity: number;
  movements: Record<string, number>;
}

export class ShopModel {
  levels = new Map<number, ModelLevel>();
  orders = new Map<string, ModelOrder>();
  private keys = new Map<string, { body: string; orderId: string }>();
  private references = new Set<string>();

  copy(): ShopModel {
    return Object.assign(new ShopModel(), structuredClone(Object.fromEntries(Object.entries(this))));
  }

  addProduct(product: number, onHand: number, capacity: number): void {
    this.levels.set(product, { onHand, reserved: 0, capacity, movements: onHand > 0 ? { receive: 1 } : {} });
  }

  /** A batch: each request sees what those before it took. `inUse`: those whose key another batch was working on when it looked. */
  place(requests: readonly ModelRequest[], inUse: ReadonlySet<number> = new Set()): string[] {
    const before = new Map(this.keys);
    return requests.map((request, index) => {
      const { orderId, key, body, reference, lines } = request;
      if (inUse.has(index)) return 'IDEMPOTENCY_KEY_IN_USE';
      const earlier = key === undefined ? undefined : before.get(key);
      if (earlier) return earlier.body === body ? `replayed ${earlier.orderId}` : 'IDEMPOTENCY_KEY_REUSED';
      if (key !== undefined && this.keys.has(key)) return 'IDEMPOTENCY_KEY_IN_USE';
      if (request.orderIdGiven && this.orders.has(orderId)) return 'ORDER_DUPLICATE';
      if (reference !== undefined && this.references.has(reference)) return 'ORDER_DUPLICATE';
      if (new Set(lines.map(({ product }) => product)).size < lines.length) return 'ORDER_REPEATED_PRODUCT';
      if (lines.some(({ product }) => !this.levels.has(product))) return 'ORDER_UNKNOWN_PRODUCT';
      if (lines.some(({ product, quantity }) => this.available(product) < quantity))
        return 'INVENTORY_INSUFFICIENT_STOCK';
      for (const { product, quantity } of lines) this.moveStock('reserve', product, 0, quantity);
      const placed: ModelEvent = { type: 'order.placed.v1', version: 1, status: 'pending' };
      const order = { lines, status: 'pending', version: 1, putBacks: 0, stale: false, stock: 'held' } as const;
      this.orders.set(orderId, { ...order, events: [placed] });
      if (key !== undefined) this.keys.set(key, { body, orderId });
      if (reference !== undefined) this.references.add(reference);
      return 'placed';
    });
  }

  cancel(orderId: string): string {
    const status = this.orders.get(orderId)?.status;
    if (status === undefined) return 'ORDER_NOT_FOUND';
    if (status !== 'pending' && status !== 'processing') return `Cannot cancel order in ${status} status`;
    return this.move(orderId, 'cancelled');
  }

  /** The stage that begins in `from`; of two events for it the second finds the order moved on. */
  runStage(orderId: string, from: ModelStatus): string {
    const to = NEXT[from];
    return to && this.orders.get(orderId)?.status === from ? this.move(orderId, to) : 'not moved';
  }

  putBack(orderId: string): string {
    return this.orders.get(orderId)?.status === 'processing' ? this.move(orderId, 'pending') : 'not moved';
  }

  fail(orderId: string): string {
    const status = this.orders.get(orderId)?.status;
    return status !== undefined && NEXT[status] ? this.move(orderId, 'failed') : 'not moved';
  }

  grownOld(orderId: string): void {
    const order = this.orders.get(orderId);
    if (order) order.stale = true;
  }

  /** Orders that one part of a sweep acts on, and what it makes of them. */
  sweep(part: 'delivered' | 'failed' | 'putBack' | 'requeued'): number {
    const found = [...this.orders].filter(([, { status, stale, putBacks }]) => {
      if (!stale) return false;
      if (part === 'delivered') return status === 'shipped';
      if (part === 'requeued') return status === 'pending';
      return status === 'processing' && putBacks >= PUT_BACKS_MAX === (part === 'failed');
    });
    for (const [orderId, order] of found)
      if (part === 'requeued') {
        order.stale = false;
        order.events.push({ type: 'order.requeued.v1', version: order.version, status: 'pending' });
      } else this.move(orderId, part === 'putBack' ? 'pending' : part);
    return found.length;
  }

  /** Of orders that have not grown old, the newest event still waits to be sent. */
  resume(): number {
    const lost = [...this.orders.values()].filter(({ status, stale }) => NEXT[status] && stale);
    for (const order of lost) {
      order.stale = false;
      order.events.push({ type: 'order.resumed.v1', version: order.version, status: order.status });
    }
    return lost.length;
  }

  adjust(product: number, type: 'add' | 'remove' | 'set' | 'damage', quantity: number): string {
    const level = this.levels.get(product)!;
    const delta = { add: quantity, remove: -quantity, set: quantity - level.onHand, damage: -quantity }[type];
    if (-delta > this.available(product)) return 'INVENTORY_CANNOT_REMOVE';
    if (delta > 0 && level.onHand + delta > level.capacity) return 'INVENTORY_CAPACITY_EXCEEDED';
    this.moveStock(
      ({ add: 'receive', remove: 'adjust', set: 'adjust', damage: 'damage' } as const)[type],
      product,
      delta,
      0,
    );
    return `${level.onHand - delta} to ${level.onHand}`;
  }

  private available(product: number): number {
    const { onHand, reserved } = this.levels.get(product)!;
    return onHand - reserved;
  }

  private move(orderId: string, to: ModelStatus): string {
    const order = this.orders.get(orderId)!;
    const leaves = order.stock === 'held' && to === 'shipped';
    const givesBack = order.stock === 'held' && (to === 'cancelled' || to === 'failed');
    for (const { product, quantity } of leaves || givesBack ? order.lines : [])
      this.moveStock(leaves ? 'fulfill' : 'release', product, leaves ? -quantity : 0, -quantity);
    if (leaves) order.stock = 'fulfilled';
    if (givesBack) order.stock = 'released';
    if (to === 'pending') order.putBacks++;
    Object.assign(order, { status: to, version: order.version + 1, stale: false });
    order.events.push({ type: EVENTS[to], version: order.version, status: to });
    return `moved to version ${order.version}`;
  }

  private moveStock(kind: string, product: number, onHand: number, reserved: number): void {
    const level = this.levels.get(product)!;
    level.onHand += onHand;
    level.reserved += reserved;
    level.movements[kind] = (level.movements[kind] ?? 0) + 1;
  }
}
